import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import {
  createCodedAudioGrain,
  type CodedAudioGrain,
} from "../../grain/coded-audio-grain.ts";
import type { GrainInit } from "../../grain/grain-common.ts";
import { codedAudioFormats } from "../format-codes.ts";
import { writeBlock } from "../ssb/block.ts";
import { toCode } from "../ssb/format.ts";

/** Reads the header of a coded run of sound. */
export function readCodedAudioHeader(
  block: ByteCursor,
): (init: GrainInit) => CodedAudioGrain {
  const header = {
    format: codedAudioFormats.getName(block.readUint32()),
    channels: block.readUint16(),
    samples: block.readUint32(),
    priming: block.readUint32(),
    remainder: block.readUint32(),
    sampleRate: block.readUint32(),
  };
  return (init) => createCodedAudioGrain({ ...init, ...header });
}

/** Writes the header of a coded run of sound. */
export function writeCodedAudioHeader(
  builder: ByteBuilder,
  grain: CodedAudioGrain,
): void {
  writeBlock(builder, "cahd", () => {
    builder.writeUint32(toCode(codedAudioFormats, grain.format));
    builder.writeUint16(grain.channels);
    builder.writeUint32(grain.samples);
    builder.writeUint32(grain.priming);
    builder.writeUint32(grain.remainder);
    builder.writeUint32(grain.sampleRate);
  });
}
