import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";

/** The bytes of a block's tag and size. */
export const blockHeaderSize = 8;

/** Gives the text of a tag of four bytes. */
export function decodeTag(bytes: Uint8Array): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return String.fromCharCode(a, b, c, d);
}

/**
 * Calls a function for each block that is left of a cursor; what is behind the last one,
 * and too short for another, is skipped.
 *
 * Source: the SSB specification, as the GSF specification refers to it; a size counts the
 * block's header.
 *
 * @param readers What reads the blocks that are known; others are skipped.
 * @throws {FormatError} If a block is too short for its header, or ends behind what it is
 * in; or if one that is known is there twice.
 */
export function readBlocks(
  cursor: ByteCursor,
  readers: Readonly<Record<string, BlockReader>>,
): void {
  const seen = new Set<string>();
  while (cursor.left >= blockHeaderSize) {
    const { offset } = cursor;
    const tag = decodeTag(cursor.readBytes(4));
    const size = cursor.readUint32();
    if (size < blockHeaderSize) {
      throw cursor.createError(
        `block ${JSON.stringify(tag)} has a size of ${size}, and its header alone has ${blockHeaderSize}`,
        4,
      );
    }
    const block = cursor.readPart(
      size - blockHeaderSize,
      `block ${JSON.stringify(tag)}`,
    );
    const reader = Object.hasOwn(readers, tag) ? readers[tag] : undefined;
    if (reader === undefined) continue;
    if (!reader.isRepeated && seen.has(tag)) {
      throw cursor.createError(
        `a second block ${JSON.stringify(tag)}`,
        cursor.offset - offset,
      );
    }
    seen.add(tag);
    reader.read(block);
  }
}

/** What becomes of a block that is known. */
export interface BlockReader {
  /** Reads what is behind its header. */
  readonly read: (block: ByteCursor) => void;
  /** Whether there may be several. */
  readonly isRepeated?: boolean;
}

/**
 * Writes a block: its header, and what a function writes.
 *
 * @param extra How many bytes belong to it that are written elsewhere.
 */
export function writeBlock(
  builder: ByteBuilder,
  tag: string,
  write: () => void,
  extra = 0,
): void {
  const start = builder.length;
  for (let at = 0; at < 4; at += 1) builder.writeUint8(tag.charCodeAt(at));
  builder.writeUint32(0);
  write();
  builder.setUint32(start + 4, builder.length - start + extra);
}
