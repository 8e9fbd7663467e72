import { checkInteger } from "./check-integer.ts";

/**
 * A positive fraction of two whole numbers, as it was given: 2/50 stays 2/50.
 *
 * A rate is not written like this, but as a `Rate`.
 */
export interface Rational {
  /** At least 1, at most 4294967295. */
  readonly numerator: number;
  /** At least 1, at most 4294967295. */
  readonly denominator: number;
}

/**
 * Copies a fraction, so that nobody can change it.
 *
 * @param name What it stands for, such as `duration`.
 * @param value The fraction, if there is one.
 * @throws {RangeError} If a number is not whole, or out of bounds.
 */
export function toRational(
  name: string,
  value: Rational | undefined,
): Rational | undefined {
  if (value === undefined) return undefined;
  const { numerator, denominator } = value;
  checkInteger(`the numerator of ${name}`, numerator, undefined, 1);
  checkInteger(`the denominator of ${name}`, denominator, undefined, 1);
  return Object.freeze({ numerator, denominator });
}
