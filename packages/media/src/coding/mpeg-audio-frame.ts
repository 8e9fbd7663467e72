import {
  splitFrames,
  type AudioFrame,
  type AudioFrameHeader,
} from "./audio-frame.ts";
import { BitReader } from "./bit-reader.ts";

/** What the header of a frame of MPEG audio tells. */
export interface MpegAudioHeader extends AudioFrameHeader {
  /** The layer: 3 for MP3. */
  readonly layer: 1 | 2 | 3;
}

const FORMAT = "MPEG audio";
/** The mode of one channel. */
const MONO = 3;

/** By version: 2.5, none, 2, 1. Source: ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3. */
const SAMPLE_RATES: readonly (readonly number[])[] = [
  [11_025, 12_000, 8_000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
];

/** In kbit/s; those of version 1 by layer, then those of 2. */
const BIT_RATES = {
  1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
} as const;
const LOW_BIT_RATES = {
  1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

/**
 * Reads the header of a frame of MPEG audio: MP3, and the layers I and II.
 *
 * Source: ISO/IEC 11172-3, 2.4.1.3; ISO/IEC 13818-3, 2.4.1.3.
 *
 * @param bytes Where a frame begins; the header has 4 bytes.
 * @param offset Where that is in all that is read, for errors; 0 by default.
 * @returns What it tells.
 * @throws {FormatError} If there is no header, or it says what cannot be; also if the rate
 * of bits is free, of which the header does not tell the length.
 */
export function parseMpegAudioHeader(
  bytes: Uint8Array,
  offset = 0,
): MpegAudioHeader {
  const bits = new BitReader(bytes, { format: FORMAT, offset });
  if (bits.read(11) !== 0x7ff)
    throw bits.createError("no frame begins here", 0);
  const version = bits.read(2);
  const layer = readLayer(bits);
  bits.skip(1);
  const isLow = version !== 3;
  const bitRate = (isLow ? LOW_BIT_RATES : BIT_RATES)[layer][bits.read(4)] ?? 0;
  const sampleRate = SAMPLE_RATES[version]?.[bits.read(2)];
  if (bitRate === 0 || sampleRate === undefined) {
    throw bits.createError("a frame has a rate that is free, or not defined");
  }
  const padding = bits.read(1);
  bits.skip(1);
  const samples = getSamples(layer, isLow);
  // Layer I is counted in slots of four bytes.
  const slot = layer === 1 ? 4 : 1;
  const slots = Math.floor(
    (samples * bitRate * 1000) / (8 * slot * sampleRate),
  );
  return {
    frameBytes: (slots + padding) * slot,
    headerBytes: 0,
    samples,
    sampleRate,
    channels: bits.read(2) === MONO ? 1 : 2,
    layer,
  };
}

/**
 * Cuts MPEG audio into its frames, which are their own normal form.
 *
 * @param data Whole frames, one behind the other.
 * @returns The frames, in order; their data are views.
 * @throws {FormatError} If there is no frame where one should be, or the last is cut off.
 */
export function splitMpegAudio(
  data: Uint8Array,
): AudioFrame<MpegAudioHeader>[] {
  return splitFrames(data, FORMAT, parseMpegAudioHeader);
}

function readLayer(bits: BitReader): MpegAudioHeader["layer"] {
  switch (bits.read(2)) {
    case 1:
      return 3;
    case 2:
      return 2;
    case 3:
      return 1;
    default:
      throw bits.createError("a frame is of layer IV");
  }
}

function getSamples(layer: MpegAudioHeader["layer"], isLow: boolean): number {
  if (layer === 1) return 384;
  return layer === 3 && isLow ? 576 : 1152;
}
