import { Timestamp } from "@sluice/time";
import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";
import type { GsfVersion } from "../gsf-version.ts";

const second = 1_000_000_000;

/**
 * Reads an instant: 48 bits of seconds, 32 of nanoseconds, and, but in version 7, a sign
 * before them.
 *
 * @throws {FormatError} If there are as many nanoseconds as a second has, or more.
 */
export function readTimestamp(
  cursor: ByteCursor,
  { major }: GsfVersion,
): Timestamp {
  const isNegative = major > 7 && cursor.readUint8() === 0;
  const seconds = cursor.readUint48();
  const nanoseconds = cursor.readUint32();
  if (nanoseconds >= second) {
    throw cursor.createError(`a timestamp with ${nanoseconds} nanoseconds`, 4);
  }
  const sum = BigInt(seconds) * BigInt(second) + BigInt(nanoseconds);
  return Timestamp.fromNanoseconds(isNegative ? -sum : sum);
}

/**
 * Writes an instant.
 *
 * @throws {UnsupportedMediaError} If it is before 0, in version 7.
 */
export function writeTimestamp(
  builder: ByteBuilder,
  time: Timestamp,
  { major }: GsfVersion,
): void {
  const { sign, seconds, nanoseconds } = time.toParts();
  if (major > 7) builder.writeUint8(sign === 1 ? 1 : 0);
  else if (sign === -1) {
    throw new UnsupportedMediaError(
      `GSF ${major}`,
      `it has no times before 0, such as ${time.toString()}`,
    );
  }
  builder.writeUint48(seconds);
  builder.writeUint32(nanoseconds);
}
