import { ByteCursor } from "../bytes/byte-cursor.ts";
import { FormatError } from "../error/format-error.ts";
import type { GsfVersion } from "./gsf-version.ts";

const signature = Uint8Array.from("SSBBgrsg", (letter) => letter.charCodeAt(0));

/** How many bytes a file begins with: the signature, and the version. */
export const signatureSize = 12;

/**
 * Refuses what a file does not begin with.
 *
 * @param start Its first bytes, as many as there are.
 * @param offset Where they are.
 * @throws {FormatError} If they differ from the signature.
 */
export function checkSignature(start: Uint8Array, offset: number): void {
  const wrong = start
    .subarray(0, signature.length)
    .findIndex((byte, index) => byte !== signature[index]);
  if (wrong === -1) return;
  throw new FormatError({
    code: "MEDIA_MALFORMED",
    format: "GSF",
    offset: offset + wrong,
    problem: 'the file does not begin with "SSBBgrsg"',
  });
}

/**
 * Reads the version.
 *
 * @param start The first bytes of a file.
 * @param offset Where they are.
 * @throws {FormatError} If it is none that is known.
 */
export function readVersion(start: Uint8Array, offset: number): GsfVersion {
  const cursor = new ByteCursor(start, {
    format: "GSF",
    what: "the signature",
    offset,
  });
  cursor.readBytes(signature.length);
  const major = cursor.readUint16();
  const minor = cursor.readUint16();
  if (major === 7 || major === 8 || major === 9) return { major, minor };
  throw cursor.createError(
    `version ${major}.${minor}, and only 7, 8 and 9 are known`,
    4,
  );
}

/** Gives the first bytes of a file. */
export function writeSignature({ major, minor }: GsfVersion): Uint8Array {
  const bytes = new Uint8Array(signatureSize);
  bytes.set(signature);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, major, true);
  view.setUint16(10, minor, true);
  return bytes;
}
