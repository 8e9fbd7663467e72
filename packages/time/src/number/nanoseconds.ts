import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";

/** Nanoseconds in a second. */
export const second = 1_000_000_000n;

/**
 * The highest timestamp: 48 bits of seconds, as of a PTP timestamp.
 *
 * Source: IEEE 1588-2008, 5.3.3; mediatimestamp has the same limit.
 */
export const highestNanoseconds: bigint = (1n << 48n) * second - 1n;

/** @throws {TimeOutOfRangeError} If a timestamp does not hold so many nanoseconds. */
export function checkNanoseconds(nanoseconds: bigint): bigint {
  if (nanoseconds <= highestNanoseconds && nanoseconds >= -highestNanoseconds) {
    return nanoseconds;
  }
  throw new TimeOutOfRangeError(
    `Cannot hold ${formatNanoseconds(nanoseconds)} in a timestamp: it is beyond ${formatNanoseconds(highestNanoseconds)}`,
  );
}

/** Writes nanoseconds as a timestamp's text. */
export function formatNanoseconds(nanoseconds: bigint): string {
  const [sign, magnitude] =
    nanoseconds < 0n ? ["-", -nanoseconds] : ["", nanoseconds];
  return `${sign}${magnitude / second}:${magnitude % second}`;
}
