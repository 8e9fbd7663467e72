/** A fraction with a numerator and a denominator that are whole and positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Gives the greatest number that divides both, of two that are positive. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [greater, less] = [a, b];
  while (less !== 0n) [greater, less] = [less, greater % less];
  return greater;
}

/**
 * Finds the fraction with the least denominator within an interval.
 *
 * Source: the continued fractions of both ends agree up to where the simplest
 * fraction between them ends (Stern and Brocot).
 *
 * @param low The interval's start, positive and finite.
 * @param high Its end, not below its start.
 */
export function findSimplestFraction(low: number, high: number): Fraction {
  const whole = Math.ceil(low);
  if (whole <= high) return { numerator: BigInt(whole), denominator: 1n };
  const floor = Math.floor(low);
  const rest = findSimplestFraction(1 / (high - floor), 1 / (low - floor));
  return {
    numerator: BigInt(floor) * rest.numerator + rest.denominator,
    denominator: rest.numerator,
  };
}
