import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Reads so many bytes as a text.
 *
 * @throws {FormatError} If they are no UTF-8.
 */
export function readText(cursor: ByteCursor, size: number): string {
  return decode(cursor, cursor.readBytes(size), size);
}

/**
 * Reads a text that is filled up with zeros.
 *
 * @throws {FormatError} If it is no UTF-8.
 */
export function readPaddedText(cursor: ByteCursor, size: number): string {
  const bytes = cursor.readBytes(size);
  const end = bytes.indexOf(0);
  return decode(cursor, end === -1 ? bytes : bytes.subarray(0, end), size);
}

/**
 * Writes a text, and zeros behind it.
 *
 * @throws {UnsupportedMediaError} If it is too long, has a zero in it, or is no text that
 * UTF-8 has.
 */
export function writePaddedText(
  builder: ByteBuilder,
  text: string,
  size: number,
): void {
  const bytes = encodeText(text, size);
  if (bytes.includes(0)) {
    throw new UnsupportedMediaError(
      "GSF",
      `a text that is filled up with zeros has none in it, as ${JSON.stringify(text)} has`,
    );
  }
  builder.writeBytes(bytes);
  builder.writeZeros(size - bytes.length);
}

/**
 * Gives a text as bytes.
 *
 * @throws {UnsupportedMediaError} If it is too long, or no text that UTF-8 has.
 */
export function encodeText(text: string, mostBytes: number): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.length <= mostBytes && decoder.decode(bytes) === text) return bytes;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new UnsupportedMediaError(
    "GSF",
    bytes.length > mostBytes
      ? `it has ${mostBytes} bytes for a text, and that which begins with ${shown} has ${bytes.length}`
      : `the text ${shown} has half a surrogate pair`,
  );
}

function decode(cursor: ByteCursor, bytes: Uint8Array, size: number): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw cursor.createError("a text that is no UTF-8", size, { cause });
  }
}
