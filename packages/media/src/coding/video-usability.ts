import { Rate } from "@sluice/time";
import type { Colour } from "../essence/essence.ts";
import type { Rational } from "../grain/rational.ts";
import type { BitReader } from "./bit-reader.ts";

/** What H.264 and HEVC say in the same words of how pictures are shown. */
export interface VideoUsability {
  /** Width of a pixel to its height, if it is told. */
  readonly pixelAspectRatio: Rational | undefined;
  /** How numbers become colours, if it is told. */
  readonly colour: Colour | undefined;
}

/** Source: Rec. ITU-T H.264, table E-1, from number 1 on. */
const ASPECT_RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 11],
  [10, 11],
  [16, 11],
  [40, 33],
  [24, 11],
  [20, 11],
  [32, 11],
  [80, 33],
  [18, 11],
  [15, 11],
  [64, 33],
  [160, 99],
  [4, 3],
  [3, 2],
  [2, 1],
];

/** The number that stands for a ratio that is written out. */
const EXTENDED_RATIO = 255;
/** The code point of what is not told. */
const UNSPECIFIED = 2;

/**
 * Reads the beginning of a VUI, up to where the chroma samples are.
 *
 * Source: Rec. ITU-T H.264 and H.265, E.1.1 and E.2.1.
 */
export function readVideoUsability(bits: BitReader): VideoUsability {
  const pixelAspectRatio = bits.readFlag() ? readAspectRatio(bits) : undefined;
  // Overscan.
  if (bits.readFlag()) bits.skip(1);
  const colour = bits.readFlag() ? readColour(bits) : undefined;
  if (bits.readFlag()) {
    bits.readUnsigned();
    bits.readUnsigned();
  }
  return { pixelAspectRatio, colour };
}

/** Makes a rate of two numbers of a stream; nothing, if they make none. */
export function toRate(units: number, seconds: number): Rate | undefined {
  if (units === 0 || seconds === 0) return undefined;
  return units / seconds > 1000 ? undefined : Rate.of(units, seconds);
}

/** Makes a ratio of two numbers of a stream; nothing, if they make none. */
export function toRatio(
  numerator: number,
  denominator: number,
): Rational | undefined {
  if (numerator === 0 || denominator === 0) return undefined;
  return { numerator, denominator };
}

function readAspectRatio(bits: BitReader): Rational | undefined {
  const number = bits.read(8);
  if (number === EXTENDED_RATIO) return toRatio(bits.read(16), bits.read(16));
  const [numerator = 0, denominator = 0] = ASPECT_RATIOS[number - 1] ?? [];
  return toRatio(numerator, denominator);
}

function readColour(bits: BitReader): Colour {
  bits.skip(3);
  const isFullRange = bits.readFlag();
  const [primaries, transfer, matrix] = bits.readFlag()
    ? [bits.read(8), bits.read(8), bits.read(8)].map(toCodePoint)
    : [];
  return { primaries, transfer, matrix, isFullRange };
}

function toCodePoint(number: number): number | undefined {
  return number === UNSPECIFIED ? undefined : number;
}
