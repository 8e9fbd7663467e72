import {
  splitFrames,
  type AudioFrame,
  type AudioFrameHeader,
} from "./audio-frame.ts";
import { BitReader } from "./bit-reader.ts";

/** What the header of a frame of AC-3 or E-AC-3 tells. */
export interface Ac3Header extends AudioFrameHeader {
  /** Whether it is E-AC-3. */
  readonly isEnhanced: boolean;
  /**
   * Whether it only adds to the frame before it, of which it is a part then: a dependent
   * substream of E-AC-3, or one of another programme.
   */
  readonly isDependent: boolean;
}

const FORMAT = "AC-3";
const SYNC = 0x0b77;
const SAMPLE_RATES: readonly number[] = [48_000, 44_100, 32_000];
/** In kbit/s. Source: ETSI TS 102 366, table 4.13. */
const BIT_RATES: readonly number[] = [
  32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512,
  576, 640,
];
/** Channels of a mode, without that of low frequencies. */
const CHANNELS: readonly number[] = [2, 1, 2, 3, 3, 4, 4, 5];
const BLOCKS: readonly number[] = [1, 2, 3, 6];
const [BLOCK_SAMPLES, FRAME_BLOCKS] = [256, 6] as const;
const [HIGHEST_AC3, HIGHEST_ENHANCED] = [10, 16] as const;

/**
 * Reads the header of a frame of AC-3 or E-AC-3.
 *
 * Source: ETSI TS 102 366, 4.3, 4.4 and E.1.2.
 *
 * @param bytes Where a frame begins; the header has at most 8 bytes.
 * @param offset Where that is in all that is read, for errors; 0 by default.
 * @returns What it tells.
 * @throws {FormatError} If there is no header, or it says what cannot be.
 */
export function parseAc3Header(bytes: Uint8Array, offset = 0): Ac3Header {
  const bits = new BitReader(bytes, { format: FORMAT, offset });
  if (bits.read(16) !== SYNC) throw bits.createError("no frame begins here", 0);
  // Both have their version at the same place.
  const version = (bytes[5] ?? 0) >> 3;
  if (version > HIGHEST_ENHANCED) {
    throw bits.createError(`a frame is of version ${version}`);
  }
  return version > HIGHEST_AC3
    ? parseEnhanced(bits)
    : parsePlain(bits, version);
}

/**
 * Cuts AC-3 or E-AC-3 into its frames, which are their own normal form.
 *
 * A frame that only adds to the one before it is not joined with it: see `isDependent`.
 *
 * @param data Whole frames, one behind the other.
 * @returns The frames, in order; their data are views.
 * @throws {FormatError} If there is no frame where one should be, or the last is cut off.
 */
export function splitAc3(data: Uint8Array): AudioFrame<Ac3Header>[] {
  return splitFrames(data, FORMAT, parseAc3Header);
}

function parsePlain(bits: BitReader, version: number): Ac3Header {
  bits.skip(16);
  const rateCode = bits.read(2);
  const fullRate = readSampleRate(bits, rateCode);
  const size = bits.read(6);
  const bitRate = BIT_RATES[size >> 1];
  if (bitRate === undefined) {
    throw bits.createError(`there is no frame size number ${size}`);
  }
  bits.skip(5 + 3);
  const mode = bits.read(3);
  // Levels of the centre, of the surround, and whether there is one.
  if ((mode & 1) !== 0 && mode !== 1) bits.skip(2);
  if ((mode & 4) !== 0) bits.skip(2);
  if (mode === 2) bits.skip(2);
  const low = bits.read(1);
  const samples = BLOCK_SAMPLES * FRAME_BLOCKS;
  const words = Math.floor((bitRate * 1000 * samples) / (16 * fullRate));
  const padding = fullRate === 44_100 ? size & 1 : 0;
  return {
    frameBytes: (words + padding) * 2,
    headerBytes: 0,
    samples,
    // Above version 8 all is at a half, or a quarter, of the rate.
    sampleRate: fullRate >> Math.max(0, version - 8),
    channels: (CHANNELS[mode] ?? 0) + low,
    isEnhanced: false,
    isDependent: false,
  };
}

function parseEnhanced(bits: BitReader): Ac3Header {
  const type = bits.read(2);
  const substream = bits.read(3);
  const words = bits.read(11) + 1;
  const rateCode = bits.read(2);
  const isHalf = rateCode === 3;
  const sampleRate = isHalf
    ? readSampleRate(bits, bits.read(2)) / 2
    : readSampleRate(bits, rateCode);
  const blocks = isHalf ? FRAME_BLOCKS : (BLOCKS[bits.read(2)] ?? FRAME_BLOCKS);
  const mode = bits.read(3);
  const low = bits.read(1);
  return {
    frameBytes: words * 2,
    headerBytes: 0,
    samples: BLOCK_SAMPLES * blocks,
    sampleRate,
    channels: (CHANNELS[mode] ?? 0) + low,
    isEnhanced: true,
    isDependent: type === 1 || substream > 0,
  };
}

function readSampleRate(bits: BitReader, code: number): number {
  const rate = SAMPLE_RATES[code];
  if (rate !== undefined) return rate;
  throw bits.createError(`there is no sample rate number ${code}`);
}
