import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { createEmptyGrain } from "../../grain/empty-grain.ts";
import type { GrainInit } from "../../grain/grain-common.ts";
import type { Grain } from "../../grain/grain.ts";
import type { GrainTimeLabel } from "../../grain/time-label.ts";
import type { GsfGrain } from "../gsf-part.ts";
import type { GsfVersion } from "../gsf-version.ts";
import { readBlocks, writeBlock } from "../ssb/block.ts";
import {
  readRate,
  readRational,
  writeRate,
  writeRational,
} from "../ssb/rational.ts";
import { readTimestamp, writeTimestamp } from "../ssb/timestamp.ts";
import { readUuid, writeUuid } from "../ssb/uuid.ts";
import { readAudioHeader, writeAudioHeader } from "./aghd.ts";
import { readCodedAudioHeader, writeCodedAudioHeader } from "./cahd.ts";
import { readCodedVideoHeader, writeCodedVideoHeader } from "./cghd.ts";
import { readDataHeader, writeDataHeader } from "./eghd.ts";
import { readTimeLabels, writeTimeLabels } from "./tils.ts";
import { readVideoHeader, writeVideoHeader } from "./vghd.ts";

const unusedSize = 16;

/** The header of a grain, which its payload is still missing from. */
export interface GrainHeader {
  /** Makes the grain. */
  readonly complete: (data: Uint8Array) => Grain;
  /** The bytes that version 7 has no use for, where they are not all 0. */
  readonly unused: Uint8Array | undefined;
}

/** Reads the header of a grain. */
export function readGrainHeader(
  block: ByteCursor,
  version: GsfVersion,
): GrainHeader {
  const sourceId = readUuid(block);
  const flowId = readUuid(block);
  const unused = version.major === 7 ? readUnused(block) : undefined;
  const common = {
    sourceId,
    flowId,
    originTimestamp: readTimestamp(block, version),
    syncTimestamp: readTimestamp(block, version),
    rate: readRate(block),
    duration: readRational(block),
  };
  const { complete, timeLabels } = readChildren(block, version);
  return {
    complete: (data) => complete({ ...common, timeLabels, data }),
    unused,
  };
}

function readUnused(block: ByteCursor): Uint8Array | undefined {
  const bytes = block.readBytes(unusedSize);
  return bytes.some((byte) => byte !== 0) ? bytes : undefined;
}

/** What makes a grain of what all grains have. */
type Complete = (init: GrainInit) => Grain;

interface Children {
  readonly complete: Complete;
  readonly timeLabels: readonly GrainTimeLabel[];
}

function readChildren(block: ByteCursor, version: GsfVersion): Children {
  let complete: Complete | undefined;
  let timeLabels: readonly GrainTimeLabel[] = [];
  const header = (readHeader: (child: ByteCursor) => Complete) => ({
    read: (child: ByteCursor) => {
      if (complete !== undefined) {
        throw child.createError("a grain of two kinds");
      }
      complete = readHeader(child);
    },
  });
  readBlocks(block, {
    tils: {
      read: (child) => {
        timeLabels = readTimeLabels(child);
      },
    },
    vghd: header(readVideoHeader),
    cghd: header((child) => readCodedVideoHeader(child, version)),
    aghd: header(readAudioHeader),
    cahd: header(readCodedAudioHeader),
    eghd: header(readDataHeader),
  });
  return { complete: complete ?? createEmptyGrain, timeLabels };
}

/** Writes the header of a grain. */
export function writeGrainHeader(
  builder: ByteBuilder,
  { grain, unused }: GsfGrain,
  version: GsfVersion,
): void {
  writeBlock(builder, "gbhd", () => {
    writeUuid(builder, grain.sourceId);
    writeUuid(builder, grain.flowId);
    if (version.major === 7) writeUnused(builder, unused);
    writeTimestamp(builder, grain.originTimestamp, version);
    writeTimestamp(builder, grain.syncTimestamp, version);
    writeRate(builder, grain.rate);
    writeRational(builder, grain.duration);
    writeTimeLabels(builder, grain.timeLabels);
    writeKindHeader(builder, grain, version);
  });
}

function writeUnused(
  builder: ByteBuilder,
  unused: Uint8Array | undefined,
): void {
  if (unused === undefined) {
    builder.writeZeros(unusedSize);
    return;
  }
  if (unused.length !== unusedSize) {
    throw new RangeError(
      `Cannot write ${unused.length} unused bytes: there are ${unusedSize}`,
    );
  }
  builder.writeBytes(unused);
}

function writeKindHeader(
  builder: ByteBuilder,
  grain: Grain,
  version: GsfVersion,
): void {
  switch (grain.kind) {
    case "video":
      writeVideoHeader(builder, grain);
      break;
    case "coded-video":
      writeCodedVideoHeader(builder, grain, version);
      break;
    case "audio":
      writeAudioHeader(builder, grain);
      break;
    case "coded-audio":
      writeCodedAudioHeader(builder, grain);
      break;
    case "data":
      writeDataHeader(builder, grain);
      break;
    case "empty":
      break;
  }
}
