/** The greatest number of 32 bits without a sign. */
export const highestUint32 = 0xffff_ffff;

/**
 * Refuses what is not a whole number within bounds.
 *
 * @param name What it stands for, such as `width`.
 * @param value The number.
 * @param max The greatest that will do.
 * @param min The least.
 * @throws {RangeError} If it is none of them.
 */
export function checkInteger(
  name: string,
  value: number,
  max: number = highestUint32,
  min = 0,
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(
    `Cannot use ${value} as ${name}: it is not a whole number from ${min} to ${max}`,
  );
}
