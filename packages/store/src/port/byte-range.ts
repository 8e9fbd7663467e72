import type { ByteRange } from "./object-bucket.ts";

/** A range that is known to lie within an object. */
export interface KnownByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Checks what can be told of a range without its object.
 *
 * @throws {TypeError} If a bound is no number.
 * @throws {RangeError} If a bound is negative or not whole, or the end is before the start.
 */
export function checkByteRange(range: ByteRange): void {
  const { start = 0, end = start } = range;
  checkBound("start", start);
  checkBound("end", end);
  if (end < start) {
    throw new RangeError(
      `Cannot read bytes ${start} to ${end}: the end is before the start`,
    );
  }
}

/**
 * Places a range within an object.
 *
 * @throws {RangeError} If the range is not within the object.
 */
export function resolveByteRange(
  key: string,
  range: ByteRange,
  sizeBytes: number,
): KnownByteRange {
  const { start = 0, end = sizeBytes } = range;
  if (start > sizeBytes || end > sizeBytes) {
    throw new RangeError(
      `Cannot read bytes ${start} to ${end} of object '${key}': it has ${sizeBytes}`,
    );
  }
  return { start, end };
}

function checkBound(name: string, value: unknown): void {
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot read from a ${name} of type ${typeof value}: it must be a number of bytes`,
    );
  }
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(
      `Cannot read bytes with a ${name} of ${value}: it must be a whole number, and not negative`,
    );
  }
}
