import { BitReader } from "./bit-reader.ts";
import type { PictureFormat } from "./picture-format.ts";
import { toRate, toRatio } from "./video-usability.ts";

/** Source: ISO/IEC 13818-2, table 6-4, from number 1 on. */
const RATES: readonly (readonly [number, number])[] = [
  [24_000, 1001],
  [24, 1],
  [25, 1],
  [30_000, 1001],
  [30, 1],
  [50, 1],
  [60_000, 1001],
  [60, 1],
];

/** Of the picture on a screen, by number. Source: ISO/IEC 13818-2, table 6-3. */
const SCREENS: readonly (readonly [number, number] | undefined)[] = [
  undefined,
  undefined,
  [4, 3],
  [16, 9],
  [221, 100],
];
const SQUARE = 1;

const [SEQUENCE_HEADER, EXTENSION] = [0xb3, 0xb5] as const;
const [SEQUENCE_EXTENSION, DISPLAY_EXTENSION] = [1, 2] as const;

/**
 * Reads what a sequence of MPEG-2 video says of its pictures.
 *
 * Source: ISO/IEC 13818-2, 6.2.2.1, 6.2.2.3 and 6.2.2.4.
 *
 * @param units What is behind the start codes of an access unit.
 * @returns What it says; nothing, if there is no sequence header.
 * @throws {FormatError} If that ends too early, or says what cannot be.
 */
export function findMpeg2Sequence(
  units: readonly Uint8Array[],
): PictureFormat | undefined {
  const header = units.find(([code]) => code === SEQUENCE_HEADER);
  if (header === undefined) return undefined;
  const bits = open(header);
  const [low, lines] = [bits.read(12), bits.read(12)];
  const aspect = bits.read(4);
  const more = readExtension(findExtension(units, SEQUENCE_EXTENSION));
  const width = low + more.width;
  const height = lines + more.height;
  const rate = toPictureRate(bits.read(4), more);
  if (width === 0 || height === 0) {
    throw bits.createError(`pictures have ${width} by ${height} pixels`);
  }
  return {
    width,
    height,
    codedWidth: Math.ceil(width / 16) * 16,
    codedHeight: Math.ceil(height / 16) * 16,
    chromaFormat: more.chromaFormat,
    lumaBits: 8,
    chromaBits: 8,
    pixelAspectRatio: toPixelAspectRatio(aspect, width, height),
    colour: readColour(findExtension(units, DISPLAY_EXTENSION)),
    rate,
    isInterlaced: more.isInterlaced,
  };
}

function open(unit: Uint8Array): BitReader {
  const format = "a sequence of MPEG-2 video";
  return new BitReader(unit.subarray(1), { format, offset: 1 });
}

function findExtension(
  units: readonly Uint8Array[],
  kind: number,
): BitReader | undefined {
  const unit = units.find(
    ([code, first = 0]) => code === EXTENSION && first >> 4 === kind,
  );
  if (unit === undefined) return undefined;
  const bits = open(unit);
  bits.skip(4);
  return bits;
}

/** What the extension of a sequence says. */
interface SequenceExtension {
  readonly isInterlaced: boolean;
  readonly chromaFormat: number;
  /** The high bits of both sizes. */
  readonly width: number;
  readonly height: number;
  /** What the header's rate is multiplied with. */
  readonly rateNumerator: number;
  readonly rateDenominator: number;
}

/** MPEG-1 video has none, and is as if it said this. */
const PLAIN: SequenceExtension = {
  isInterlaced: false,
  chromaFormat: 1,
  width: 0,
  height: 0,
  rateNumerator: 1,
  rateDenominator: 1,
};

function readExtension(bits: BitReader | undefined): SequenceExtension {
  if (bits === undefined) return PLAIN;
  bits.skip(8);
  const isInterlaced = !bits.readFlag();
  const chromaFormat = bits.read(2);
  const [width, height] = [bits.read(2) << 12, bits.read(2) << 12];
  bits.skip(12 + 1 + 8 + 1);
  return {
    isInterlaced,
    chromaFormat,
    width,
    height,
    rateNumerator: bits.read(2) + 1,
    rateDenominator: bits.read(5) + 1,
  };
}

function toPictureRate(
  code: number,
  { rateNumerator, rateDenominator }: SequenceExtension,
): PictureFormat["rate"] {
  const [numerator, denominator] = RATES[code - 1] ?? [0, 0];
  return toRate(numerator * rateNumerator, denominator * rateDenominator);
}

function readColour(bits: BitReader | undefined): PictureFormat["colour"] {
  if (bits === undefined) return undefined;
  bits.skip(3);
  if (!bits.readFlag()) return undefined;
  const [primaries, transfer, matrix] = [
    bits.read(8),
    bits.read(8),
    bits.read(8),
  ];
  return { primaries, transfer, matrix, isFullRange: false };
}

function toPixelAspectRatio(
  aspect: number,
  width: number,
  height: number,
): PictureFormat["pixelAspectRatio"] {
  if (aspect === SQUARE) return { numerator: 1, denominator: 1 };
  const [across, down] = SCREENS[aspect] ?? [0, 0];
  const [numerator, denominator] = [across * height, down * width];
  const divisor = findDivisor(numerator, denominator);
  return toRatio(numerator / divisor, denominator / divisor);
}

function findDivisor(a: number, b: number): number {
  return b === 0 ? Math.max(a, 1) : findDivisor(b, a % b);
}
