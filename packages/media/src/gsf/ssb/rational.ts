import { Rate } from "@sluice/time";
import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";
import { highestUint32 } from "../../grain/check-integer.ts";
import type { Rational } from "../../grain/rational.ts";

/** Reads a fraction; with a 0 in it there is none. */
export function readRational(cursor: ByteCursor): Rational | undefined {
  const numerator = cursor.readUint32();
  const denominator = cursor.readUint32();
  if (numerator === 0 || denominator === 0) return undefined;
  return { numerator, denominator };
}

/** Writes a fraction; 0/1 if there is none, as mediagrains does. */
export function writeRational(
  builder: ByteBuilder,
  value: Rational | undefined,
): void {
  builder.writeUint32(value?.numerator ?? 0);
  builder.writeUint32(value?.denominator ?? 1);
}

/**
 * Reads a rate; with a 0 in it there is none.
 *
 * @throws {FormatError} If there are more units in a second than nanoseconds.
 */
export function readRate(cursor: ByteCursor): Rate | undefined {
  const value = readRational(cursor);
  if (value === undefined) return undefined;
  try {
    return Rate.from(value);
  } catch (cause) {
    const { numerator, denominator } = value;
    throw cursor.createError(`a rate of ${numerator}/${denominator}`, 8, {
      cause,
    });
  }
}

/**
 * Writes a rate; 0/1 if there is none.
 *
 * @throws {UnsupportedMediaError} If a number of it has more than 32 bits.
 */
export function writeRate(builder: ByteBuilder, rate: Rate | undefined): void {
  if (
    rate !== undefined &&
    Math.max(rate.numerator, rate.denominator) > highestUint32
  ) {
    throw new UnsupportedMediaError(
      "GSF",
      `it has 32 bits for each number of the rate ${rate.toString()}`,
    );
  }
  writeRational(builder, rate);
}
