import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { highestUint32 } from "../../grain/check-integer.ts";
import type { GsfFlow } from "../gsf-head.ts";
import { writeBlock } from "../ssb/block.ts";
import {
  encodeText,
  readPaddedText,
  readText,
  writePaddedText,
} from "../ssb/text.ts";
import { readUuid, writeUuid } from "../ssb/uuid.ts";

const formatSize = 64;

/** Reads what is told of a flow. */
export function readFlow(block: ByteCursor): GsfFlow {
  const sourceId = readUuid(block);
  const flowId = readUuid(block);
  const format = readPaddedText(block, formatSize);
  const json = readText(block, block.readUint32());
  return { sourceId, flowId, format, json };
}

/** Writes what is told of a flow. */
export function writeFlow(builder: ByteBuilder, flow: GsfFlow): void {
  writeBlock(builder, "flow", () => {
    writeUuid(builder, flow.sourceId);
    writeUuid(builder, flow.flowId);
    writePaddedText(builder, flow.format, formatSize);
    const json = encodeText(flow.json, highestUint32);
    builder.writeUint32(json.length);
    builder.writeBytes(json);
  });
}
