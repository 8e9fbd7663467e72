import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { toAudioGrain, type AudioGrain } from "../../grain/audio-grain.ts";
import type { GrainInit } from "../../grain/grain-common.ts";
import { audioFormats } from "../format-codes.ts";
import { writeBlock } from "../ssb/block.ts";
import { toCode } from "../ssb/format.ts";

/** Reads the header of a run of sound. */
export function readAudioHeader(
  block: ByteCursor,
): (init: GrainInit) => AudioGrain {
  const header = {
    format: audioFormats.getName(block.readUint32()),
    channels: block.readUint16(),
    samples: block.readUint32(),
    sampleRate: block.readUint32(),
  };
  return (init) => toAudioGrain({ ...init, ...header });
}

/** Writes the header of a run of sound. */
export function writeAudioHeader(
  builder: ByteBuilder,
  grain: AudioGrain,
): void {
  writeBlock(builder, "aghd", () => {
    builder.writeUint32(toCode(audioFormats, grain.format));
    builder.writeUint16(grain.channels);
    builder.writeUint32(grain.samples);
    builder.writeUint32(grain.sampleRate);
  });
}
