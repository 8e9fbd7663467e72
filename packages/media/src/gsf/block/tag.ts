import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import type { GsfTag } from "../gsf-head.ts";
import { writeBlock } from "../ssb/block.ts";
import { encodeText, readText } from "../ssb/text.ts";

const mostBytes = 0xffff;

/** Reads a pair of texts. */
export function readTag(block: ByteCursor): GsfTag {
  const key = readText(block, block.readUint16());
  const value = readText(block, block.readUint16());
  return { key, value };
}

/** Writes pairs of texts, a block for each. */
export function writeTags(builder: ByteBuilder, tags: readonly GsfTag[]): void {
  for (const { key, value } of tags) {
    writeBlock(builder, "tag ", () => {
      writeText(builder, key);
      writeText(builder, value);
    });
  }
}

function writeText(builder: ByteBuilder, text: string): void {
  const bytes = encodeText(text, mostBytes);
  builder.writeUint16(bytes.length);
  builder.writeBytes(bytes);
}
