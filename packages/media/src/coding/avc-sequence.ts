import { BitReader } from "./bit-reader.ts";
import type { PictureFormat } from "./picture-format.ts";
import { readPictureSize, type PictureSize } from "./picture-size.ts";
import {
  readVideoUsability,
  toRate,
  type VideoUsability,
} from "./video-usability.ts";

/** What a sequence parameter set of H.264 says. */
export interface AvcSequence extends PictureFormat {
  /** The profile's number: 100 for High. */
  readonly profile: number;
  /** The constraints beside the profile: the byte behind it. */
  readonly compatibility: number;
  /** Ten times the level: 31 for 3.1. */
  readonly level: number;
  /** The number by which picture parameter sets refer to it. */
  readonly id: number;
  /** Bits of a frame's number in a slice. */
  readonly frameNumberBits: number;
  /** Whether slices tell which of the three planes they are of. */
  readonly hasSeparatePlanes: boolean;
}

/** Profiles that say more of colour: Rec. ITU-T H.264, 7.3.2.1.1. */
const HIGH_PROFILES: ReadonlySet<number> = new Set([
  100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135,
]);

/**
 * Reads a sequence parameter set of H.264.
 *
 * Source: Rec. ITU-T H.264, 7.3.2.1.1 and E.1.1.
 *
 * @param unit The NAL unit, as it is in the stream.
 * @returns What it says.
 * @throws {FormatError} If it ends too early, or says what cannot be.
 */
export function parseAvcSequence(unit: Uint8Array): AvcSequence {
  const bits = new BitReader(unit, {
    format: "a sequence parameter set of H.264",
    isEscaped: true,
  });
  bits.skip(8);
  const [profile, compatibility, level] = [
    bits.read(8),
    bits.read(8),
    bits.read(8),
  ];
  const id = bits.readUnsigned();
  const colours = readColours(bits, profile);
  const frameNumberBits = bits.readUnsigned() + 4;
  skipOrder(bits);
  // Reference frames, and whether there may be gaps between them.
  bits.readUnsigned();
  bits.skip(1);
  const size = readSize(bits, colours);
  const usability = bits.readFlag() ? readUsability(bits) : undefined;
  return {
    profile,
    compatibility,
    level,
    id,
    frameNumberBits,
    ...colours,
    ...size,
    pixelAspectRatio: usability?.pixelAspectRatio,
    colour: usability?.colour,
    rate: usability?.rate,
  };
}

type Colours = Pick<
  AvcSequence,
  "chromaFormat" | "lumaBits" | "chromaBits" | "hasSeparatePlanes"
>;

function readColours(bits: BitReader, profile: number): Colours {
  if (!HIGH_PROFILES.has(profile)) {
    return {
      chromaFormat: 1,
      lumaBits: 8,
      chromaBits: 8,
      hasSeparatePlanes: false,
    };
  }
  const chromaFormat = bits.readUnsigned();
  if (chromaFormat > 3) {
    throw bits.createError(`there is no chroma format ${chromaFormat}`);
  }
  const hasSeparatePlanes = chromaFormat === 3 && bits.readFlag();
  const [lumaBits, chromaBits] = [readDepth(bits), readDepth(bits)];
  bits.skip(1);
  if (bits.readFlag()) skipScalingLists(bits, chromaFormat === 3 ? 12 : 8);
  return { chromaFormat, lumaBits, chromaBits, hasSeparatePlanes };
}

function readDepth(bits: BitReader): number {
  const depth = bits.readUnsigned() + 8;
  if (depth > 14) throw bits.createError(`values have ${depth} bits`);
  return depth;
}

function skipScalingLists(bits: BitReader, count: number): void {
  for (let list = 0; list < count; list++) {
    if (bits.readFlag()) skipScalingList(bits, list < 6 ? 16 : 64);
  }
}

function skipScalingList(bits: BitReader, size: number): void {
  let [last, next] = [8, 8];
  for (let at = 0; at < size && next !== 0; at++) {
    next = (last + bits.readSigned() + 256) % 256;
    if (next !== 0) last = next;
  }
}

/** Passes over how the order of presentation is told. */
function skipOrder(bits: BitReader): void {
  const type = bits.readUnsigned();
  if (type === 0) bits.readUnsigned();
  if (type !== 1) return;
  bits.skip(1);
  bits.readSigned();
  bits.readSigned();
  for (let count = bits.readUnsigned(); count > 0; count--) bits.readSigned();
}

function readSize(
  bits: BitReader,
  { chromaFormat, hasSeparatePlanes }: Colours,
): PictureSize & Pick<AvcSequence, "isInterlaced"> {
  const codedWidth = (bits.readUnsigned() + 1) * 16;
  const units = bits.readUnsigned() + 1;
  const isInterlaced = !bits.readFlag();
  if (isInterlaced) bits.skip(1);
  bits.skip(1);
  const lines = isInterlaced ? 2 : 1;
  const size = readPictureSize(bits, {
    codedWidth,
    codedHeight: units * 16 * lines,
    chromaFormat: hasSeparatePlanes ? 0 : chromaFormat,
    lines,
  });
  return { ...size, isInterlaced };
}

function readUsability(
  bits: BitReader,
): VideoUsability & Pick<AvcSequence, "rate"> {
  const usability = readVideoUsability(bits);
  if (!bits.readFlag()) return { ...usability, rate: undefined };
  const [units, ticks] = [bits.read(32), bits.read(32)];
  // A tick is that of a field.
  return { ...usability, rate: toRate(ticks, 2 * units) };
}
