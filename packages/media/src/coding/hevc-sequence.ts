import { BitReader } from "./bit-reader.ts";
import { skipReferenceSets, skipScalingLists } from "./hevc-lists.ts";
import type { PictureFormat } from "./picture-format.ts";
import { readPictureSize, type PictureSize } from "./picture-size.ts";
import { readVideoUsability, toRate } from "./video-usability.ts";

/** Profile, tier, constraints and level: 12 bytes, as they are in the stream. */
export type HevcProfile = Uint8Array;

/** What a sequence parameter set of HEVC says. */
export interface HevcSequence extends PictureFormat {
  /** Profile, tier, constraints and level. */
  readonly profile: HevcProfile;
  /** How many layers of time there are. */
  readonly layers: number;
  /** Whether one can go up to a higher layer anywhere. */
  readonly isNested: boolean;
}

/**
 * Reads a sequence parameter set of HEVC.
 *
 * Source: Rec. ITU-T H.265, 7.3.2.2.1 and E.2.1.
 *
 * @param unit The NAL unit, as it is in the stream.
 * @returns What it says.
 * @throws {FormatError} If it ends too early, or says what cannot be.
 */
export function parseHevcSequence(unit: Uint8Array): HevcSequence {
  const bits = new BitReader(unit, {
    format: "a sequence parameter set of HEVC",
    isEscaped: true,
  });
  bits.skip(16 + 4);
  const layers = bits.read(3) + 1;
  const isNested = bits.readFlag();
  const profile = readProfile(bits, layers);
  bits.readUnsigned();
  const chroma = readChroma(bits);
  const size = readSize(bits, chroma);
  const [lumaBits, chromaBits] = [readDepth(bits), readDepth(bits)];
  skipTools(bits, layers);
  const usability = bits.readFlag() ? readUsability(bits) : undefined;
  return {
    profile,
    layers,
    isNested,
    chromaFormat: chroma.chromaFormat,
    ...size,
    lumaBits,
    chromaBits,
    pixelAspectRatio: usability?.pixelAspectRatio,
    colour: usability?.colour,
    rate: usability?.rate,
    isInterlaced: usability?.isInterlaced ?? false,
  };
}

/** Reads profile, tier and level, and passes over those of lower layers. */
function readProfile(bits: BitReader, layers: number): HevcProfile {
  const profile = Uint8Array.from({ length: 12 }, () => bits.read(8));
  if (layers === 1) return profile;
  const told: number[] = [];
  for (let layer = 1; layer < 9; layer++) {
    const [hasProfile, hasLevel] = [bits.readFlag(), bits.readFlag()];
    if (layer < layers) told.push((hasProfile ? 88 : 0) + (hasLevel ? 8 : 0));
  }
  for (const size of told) bits.skip(size);
  return profile;
}

interface Chroma {
  readonly chromaFormat: number;
  readonly hasSeparatePlanes: boolean;
}

function readChroma(bits: BitReader): Chroma {
  const chromaFormat = bits.readUnsigned();
  if (chromaFormat > 3) {
    throw bits.createError(`there is no chroma format ${chromaFormat}`);
  }
  return {
    chromaFormat,
    hasSeparatePlanes: chromaFormat === 3 && bits.readFlag(),
  };
}

function readDepth(bits: BitReader): number {
  const depth = bits.readUnsigned() + 8;
  if (depth > 16) throw bits.createError(`values have ${depth} bits`);
  return depth;
}

function readSize(
  bits: BitReader,
  { chromaFormat, hasSeparatePlanes }: Chroma,
): PictureSize {
  return readPictureSize(bits, {
    codedWidth: bits.readUnsigned(),
    codedHeight: bits.readUnsigned(),
    chromaFormat: hasSeparatePlanes ? 0 : chromaFormat,
    lines: 1,
  });
}

/** Passes over all between the depths and the VUI. */
function skipTools(bits: BitReader, layers: number): void {
  const orderBits = bits.readUnsigned() + 4;
  const told = bits.readFlag() ? layers : 1;
  for (let at = 0; at < told * 3; at++) bits.readUnsigned();
  // Sizes of blocks, and how deep they are divided.
  for (let at = 0; at < 6; at++) bits.readUnsigned();
  if (bits.readFlag() && bits.readFlag()) skipScalingLists(bits);
  bits.skip(2);
  if (bits.readFlag()) {
    bits.skip(8);
    bits.readUnsigned();
    bits.readUnsigned();
    bits.skip(1);
  }
  skipReferenceSets(bits);
  if (bits.readFlag()) {
    for (let count = bits.readUnsigned(); count > 0; count--) {
      bits.skip(orderBits + 1);
    }
  }
  bits.skip(2);
}

function readUsability(
  bits: BitReader,
): Pick<HevcSequence, "pixelAspectRatio" | "colour" | "rate" | "isInterlaced"> {
  const usability = readVideoUsability(bits);
  bits.skip(1);
  const isInterlaced = bits.readFlag();
  bits.skip(1);
  if (bits.readFlag()) for (let at = 0; at < 4; at++) bits.readUnsigned();
  if (!bits.readFlag()) return { ...usability, isInterlaced, rate: undefined };
  const [units, ticks] = [bits.read(32), bits.read(32)];
  return { ...usability, isInterlaced, rate: toRate(ticks, units) };
}
