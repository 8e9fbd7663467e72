import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import type { GsfHead, GsfSegment, GsfTag } from "../gsf-head.ts";
import type { GsfVersion } from "../gsf-version.ts";
import { readBlocks, writeBlock } from "../ssb/block.ts";
import { readDateTime, writeDateTime } from "../ssb/date-time.ts";
import { readUuid, writeUuid } from "../ssb/uuid.ts";
import { readSegment, writeSegment } from "./segm.ts";
import { readTag, writeTags } from "./tag.ts";

/** Reads the head of a file. */
export function readHead(block: ByteCursor, version: GsfVersion): GsfHead {
  const id = readUuid(block);
  const created = readDateTime(block);
  const segments: GsfSegment[] = [];
  const tags: GsfTag[] = [];
  const localIds = new Set<number>();
  readBlocks(block, {
    segm: {
      read: (child) => {
        const { offset } = child;
        const segment = readSegment(child);
        if (localIds.has(segment.localId)) {
          throw child.createError(
            `a second segment ${segment.localId}`,
            child.offset - offset,
          );
        }
        localIds.add(segment.localId);
        segments.push(segment);
      },
      isRepeated: true,
    },
    "tag ": {
      read: (child) => {
        tags.push(readTag(child));
      },
      isRepeated: true,
    },
  });
  return { kind: "head", version, id, created, segments, tags };
}

/** Writes the head of a file. */
export function writeHead(builder: ByteBuilder, head: GsfHead): void {
  writeBlock(builder, "head", () => {
    writeUuid(builder, head.id);
    writeDateTime(builder, head.created);
    for (const segment of head.segments) writeSegment(builder, segment);
    writeTags(builder, head.tags);
  });
}
