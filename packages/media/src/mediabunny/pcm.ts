import type { MediaCodec } from "mediabunny";
import type { AudioFormat } from "../grain/audio-format.ts";

/** How samples lie in a file, and how they are made to lie in a grain. */
export interface PcmLayout {
  /** How they lie in a grain. */
  readonly format: AudioFormat;
  /** The MIME type that TAMS has for them. */
  readonly codec: "audio/x-raw-int" | "audio/x-raw-float";
  /** Bytes of a value in the file. */
  readonly storedBytes: number;
  /** Significant bits of a value. */
  readonly bitDepth: number;
  /** Makes those of a grain of those of the file. */
  readonly convert: (stored: Uint8Array) => Uint8Array;
}

const integerFormats: Partial<Record<number, AudioFormat>> = {
  1: "U8_INTERLEAVED",
  2: "S16_INTERLEAVED",
  3: "S24_INTERLEAVED",
};

const layouts: Partial<Record<MediaCodec, PcmLayout>> = {
  "pcm-u8": integers(1, keep),
  "pcm-s8": integers(1, moveToUnsigned),
  "pcm-s16": integers(2, keep),
  "pcm-s16be": integers(2, swapper(2)),
  "pcm-s24": integers(3, keep),
  "pcm-s24be": integers(3, swapper(3)),
  "pcm-s32": integers(4, keep),
  "pcm-s32be": integers(4, swapper(4)),
  "pcm-f32": floats(4, keep),
  "pcm-f32be": floats(4, swapper(4)),
  "pcm-f64": floats(8, keep),
  "pcm-f64be": floats(8, swapper(8)),
  alaw: { ...integers(2, expander(expandALaw)), storedBytes: 1, bitDepth: 13 },
  ulaw: { ...integers(2, expander(expandMuLaw)), storedBytes: 1, bitDepth: 14 },
};

/** Tells how samples lie; nothing if they are coded. */
export function findPcmLayout(codec: MediaCodec): PcmLayout | undefined {
  return layouts[codec];
}

type Convert = PcmLayout["convert"];

function integers(bytes: number, convert: Convert): PcmLayout {
  return {
    format: integerFormats[bytes] ?? "S32_INTERLEAVED",
    codec: "audio/x-raw-int",
    storedBytes: bytes,
    bitDepth: 8 * bytes,
    convert,
  };
}

function floats(bytes: 4 | 8, convert: Convert): PcmLayout {
  return {
    format: bytes === 4 ? "FLOAT_INTERLEAVED" : "DOUBLE_INTERLEAVED",
    codec: "audio/x-raw-float",
    storedBytes: bytes,
    bitDepth: 8 * bytes,
    convert,
  };
}

function keep(stored: Uint8Array): Uint8Array {
  return stored;
}

/** Makes signed bytes unsigned ones, whose silence is 128. */
function moveToUnsigned(stored: Uint8Array): Uint8Array {
  return stored.map((value) => value ^ 0x80);
}

/** Makes little endian of big endian. */
function swapper(bytes: number): Convert {
  return (stored) => {
    const swapped = new Uint8Array(stored.length);
    for (let at = 0; at < stored.length; at += 1) {
      const place = at % bytes;
      swapped[at - place + (bytes - 1 - place)] = stored[at] ?? 0;
    }
    return swapped;
  };
}

/** Makes 16 bits of each byte, which loses nothing. */
function expander(expand: (code: number) => number): Convert {
  const values = Int16Array.from({ length: 256 }, (_, code) => expand(code));
  return (stored) => {
    const expanded = new DataView(new ArrayBuffer(2 * stored.length));
    for (const [index, code] of stored.entries()) {
      expanded.setInt16(2 * index, values[code] ?? 0, true);
    }
    return new Uint8Array(expanded.buffer);
  };
}

/** Source: ITU-T G.711, table 1; 13 bits, in the upper ones of 16. */
function expandALaw(code: number): number {
  const value = code ^ 0x55;
  const exponent = (value >> 4) & 7;
  const mantissa = ((value & 15) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return (value & 0x80) === 0 ? -size : size;
}

/** Source: ITU-T G.711, table 2; 14 bits, in the upper ones of 16. */
function expandMuLaw(code: number): number {
  const value = ~code & 0xff;
  const exponent = (value >> 4) & 7;
  const size = ((((value & 15) << 3) + 0x84) << exponent) - 0x84;
  return (value & 0x80) === 0 ? size : -size;
}
