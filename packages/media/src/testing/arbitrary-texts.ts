import fc, { type Arbitrary } from "fast-check";

const encoder = new TextEncoder();

/**
 * Gives texts of at most so many bytes of UTF-8, without zeros: those that fit into a
 * field of a fixed size.
 *
 * @param mostBytes How many bytes.
 * @returns The arbitrary; it shrinks towards the empty text.
 */
export function textsOfBytes(mostBytes: number): Arbitrary<string> {
  return fc
    .string({ unit: "binary", maxLength: mostBytes })
    .filter(
      (text) =>
        !text.includes("\0") && encoder.encode(text).length <= mostBytes,
    );
}
