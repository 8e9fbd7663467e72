import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";
import {
  createCodedVideoGrain,
  type CodedVideoGrain,
} from "../../grain/coded-video-grain.ts";
import type { GrainInit } from "../../grain/grain-common.ts";
import { codedVideoFormats, frameLayouts } from "../format-codes.ts";
import type { GsfVersion } from "../gsf-version.ts";
import { readBlocks, writeBlock } from "../ssb/block.ts";
import { writeCount } from "../ssb/count.ts";
import { toCode } from "../ssb/format.ts";

/** What mediagrains writes where it is not known whether a picture is a key frame. */
const unknownKeyFrame = 3;
const unknownOffset = 0x7fff_ffff;

/** Reads the header of a coded picture. */
export function readCodedVideoHeader(
  block: ByteCursor,
  version: GsfVersion,
): (init: GrainInit) => CodedVideoGrain {
  const header = {
    format: codedVideoFormats.getName(block.readUint32()),
    layout: frameLayouts.getName(block.readUint32()),
    originWidth: block.readUint32(),
    originHeight: block.readUint32(),
    codedWidth: block.readUint32(),
    codedHeight: block.readUint32(),
    isKeyFrame: readKeyFrame(block, version),
    temporalOffset: readTemporalOffset(block),
  };
  let unitOffsets: number[] = [];
  readBlocks(block, {
    unof: {
      read: (child) => {
        unitOffsets = readUnitOffsets(child);
      },
    },
  });
  return (init) => createCodedVideoGrain({ ...init, ...header, unitOffsets });
}

function readKeyFrame(
  block: ByteCursor,
  { major }: GsfVersion,
): boolean | undefined {
  const value = block.readUint8();
  return major >= 9 && value > 1 ? undefined : value !== 0;
}

function readTemporalOffset(block: ByteCursor): number | undefined {
  const offset = block.readInt32();
  return offset === unknownOffset ? undefined : offset;
}

function readUnitOffsets(block: ByteCursor): number[] {
  const offsets: number[] = [];
  for (let left = block.readUint16(); left > 0; left -= 1) {
    offsets.push(block.readUint32());
  }
  return offsets;
}

/** Writes the header of a coded picture. */
export function writeCodedVideoHeader(
  builder: ByteBuilder,
  grain: CodedVideoGrain,
  version: GsfVersion,
): void {
  writeBlock(builder, "cghd", () => {
    const { unitOffsets } = grain;
    builder.writeUint32(toCode(codedVideoFormats, grain.format));
    builder.writeUint32(toCode(frameLayouts, grain.layout));
    builder.writeUint32(grain.originWidth);
    builder.writeUint32(grain.originHeight);
    builder.writeUint32(grain.codedWidth);
    builder.writeUint32(grain.codedHeight);
    builder.writeUint8(toKeyFrame(grain.isKeyFrame, version));
    builder.writeInt32(grain.temporalOffset ?? unknownOffset);
    if (unitOffsets.length > 0) writeUnitOffsets(builder, unitOffsets);
  });
}

function toKeyFrame(
  isKeyFrame: boolean | undefined,
  { major }: GsfVersion,
): number {
  if (isKeyFrame !== undefined) return isKeyFrame ? 1 : 0;
  if (major >= 9) return unknownKeyFrame;
  throw new UnsupportedMediaError(
    `GSF ${major}`,
    "it has to say whether a picture is a key frame, and this one does not tell",
  );
}

function writeUnitOffsets(
  builder: ByteBuilder,
  offsets: readonly number[],
): void {
  writeBlock(builder, "unof", () => {
    writeCount(builder, "coded units", offsets.length);
    for (const offset of offsets) builder.writeUint32(offset);
  });
}
