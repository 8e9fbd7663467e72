import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import type { GrainInit } from "../../grain/grain-common.ts";
import type { VideoComponent } from "../../grain/video-components.ts";
import { toVideoGrain, type VideoGrain } from "../../grain/video-grain.ts";
import { frameLayouts, videoFormats } from "../format-codes.ts";
import { readBlocks, writeBlock } from "../ssb/block.ts";
import { writeCount } from "../ssb/count.ts";
import { toCode } from "../ssb/format.ts";
import { readRational, writeRational } from "../ssb/rational.ts";

/** Reads the header of a picture. */
export function readVideoHeader(
  block: ByteCursor,
): (init: GrainInit) => VideoGrain {
  const header = {
    format: videoFormats.getName(block.readUint32()),
    layout: frameLayouts.getName(block.readUint32()),
    width: block.readUint32(),
    height: block.readUint32(),
    extension: block.readUint32(),
    aspectRatio: readRational(block),
    pixelAspectRatio: readRational(block),
  };
  let components: VideoComponent[] = [];
  readBlocks(block, {
    comp: {
      read: (child) => {
        components = readComponents(child);
      },
    },
  });
  return (init) => toVideoGrain({ ...init, ...header, components });
}

function readComponents(block: ByteCursor): VideoComponent[] {
  const components: VideoComponent[] = [];
  for (let left = block.readUint16(); left > 0; left -= 1) {
    components.push({
      width: block.readUint32(),
      height: block.readUint32(),
      stride: block.readUint32(),
      length: block.readUint32(),
    });
  }
  return components;
}

/** Writes the header of a picture. */
export function writeVideoHeader(
  builder: ByteBuilder,
  grain: VideoGrain,
): void {
  writeBlock(builder, "vghd", () => {
    builder.writeUint32(toCode(videoFormats, grain.format));
    builder.writeUint32(toCode(frameLayouts, grain.layout));
    builder.writeUint32(grain.width);
    builder.writeUint32(grain.height);
    builder.writeUint32(grain.extension);
    writeRational(builder, grain.aspectRatio);
    writeRational(builder, grain.pixelAspectRatio);
    if (grain.components.length > 0) writeComponents(builder, grain.components);
  });
}

function writeComponents(
  builder: ByteBuilder,
  components: readonly VideoComponent[],
): void {
  writeBlock(builder, "comp", () => {
    writeCount(builder, "components", components.length);
    for (const { width, height, stride, length } of components) {
      builder.writeUint32(width);
      builder.writeUint32(height);
      builder.writeUint32(stride);
      builder.writeUint32(length);
    }
  });
}
