import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";

/**
 * Takes a whole number, of either type, as a `bigint`.
 *
 * @param name What it is, for messages.
 * @param value The number.
 * @throws {TimeOutOfRangeError} If it has a fraction, or is a `number` above what
 * that holds exactly.
 * @throws {TypeError} If it is no number.
 */
export function toBigInt(name: string, value: bigint | number): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot use a value as ${name}: it is neither a bigint nor a number but ${typeof value}`,
    );
  }
  throw new TimeOutOfRangeError(
    `Cannot use ${value} as ${name}: it is not a whole number that is exact`,
  );
}

/**
 * Gives a whole number as a `number`.
 *
 * @param name What it is, for messages.
 * @param value The number.
 * @throws {TimeOutOfRangeError} If a `number` does not hold it exactly.
 */
export function toNumber(name: string, value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new TimeOutOfRangeError(
    `Cannot give ${name} ${value} as a number: it is above what a number holds exactly`,
  );
}

/** Divides, and rounds down, also below zero, where a `bigint` rounds up. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const isExact = quotient * divisor === dividend;
  return isExact || dividend < 0n === divisor < 0n ? quotient : quotient - 1n;
}
