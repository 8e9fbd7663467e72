import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import type { GsfFlow, GsfSegment, GsfTag } from "../gsf-head.ts";
import { readBlocks, writeBlock } from "../ssb/block.ts";
import { readUuid, writeUuid } from "../ssb/uuid.ts";
import { readFlow, writeFlow } from "./flow.ts";
import { readTag, writeTags } from "./tag.ts";

const unknownCount = -1n;

/** Reads what is told of a segment. */
export function readSegment(block: ByteCursor): GsfSegment {
  const localId = block.readUint16();
  const id = readUuid(block);
  const count = readCount(block);
  let flow: GsfFlow | undefined;
  const tags: GsfTag[] = [];
  readBlocks(block, {
    flow: {
      read: (child) => {
        flow = readFlow(child);
      },
    },
    "tag ": {
      read: (child) => {
        tags.push(readTag(child));
      },
      isRepeated: true,
    },
  });
  return { localId, id, count, flow, tags };
}

function readCount(block: ByteCursor): number | undefined {
  const count = block.readInt64();
  if (count === unknownCount) return undefined;
  if (count >= 0n && count <= Number.MAX_SAFE_INTEGER) return Number(count);
  throw block.createError(`a segment of ${count} grains`, 8);
}

/** Writes what is told of a segment. */
export function writeSegment(builder: ByteBuilder, segment: GsfSegment): void {
  writeBlock(builder, "segm", () => {
    const { localId, id, count, flow, tags } = segment;
    builder.writeUint16(localId);
    writeUuid(builder, id);
    builder.writeInt64(count === undefined ? unknownCount : BigInt(count));
    if (flow !== undefined) writeFlow(builder, flow);
    writeTags(builder, tags);
  });
}
