import type { BitReader } from "./bit-reader.ts";
import type { PictureFormat } from "./picture-format.ts";

/** What a picture's size is. */
export type PictureSize = Pick<
  PictureFormat,
  "width" | "height" | "codedWidth" | "codedHeight"
>;

/** What of a picture was coded. */
export interface CodedSize {
  /** Pixels in a line. */
  readonly codedWidth: number;
  /** Lines of a frame. */
  readonly codedHeight: number;
  /** By chroma format, or 0 if the planes are coded apart. */
  readonly chromaFormat: number;
  /** How many lines one line of what was coded stands for: 2 if pictures may be fields. */
  readonly lines: number;
}

/** Columns and lines for one of colour, by chroma format. */
const [ACROSS, DOWN] = [
  [1, 2, 2, 1],
  [1, 2, 1, 1],
] as const;

/** More than any level of H.264 or HEVC has. */
const HIGHEST = 65_536;

/**
 * Reads which edges of a picture are not shown, and tells what is left.
 *
 * Source: Rec. ITU-T H.264, 7.4.2.1.1 (frame_cropping_flag); H.265, 7.4.3.2.1
 * (conformance_window_flag).
 *
 * @throws {FormatError} If nothing is left, or a picture is larger than any can be.
 */
export function readPictureSize(
  bits: BitReader,
  coded: CodedSize,
): PictureSize {
  const { codedWidth, codedHeight, chromaFormat, lines } = coded;
  const edges = bits.readFlag()
    ? [0, 0, 0, 0].map(() => bits.readUnsigned())
    : [];
  const [left = 0, right = 0, top = 0, bottom = 0] = edges;
  const across = ACROSS[chromaFormat] ?? 1;
  const down = (DOWN[chromaFormat] ?? 1) * lines;
  const width = codedWidth - across * (left + right);
  const height = codedHeight - down * (top + bottom);
  const isPossible =
    Math.min(width, height) > 0 && Math.max(codedWidth, codedHeight) <= HIGHEST;
  if (!isPossible) {
    throw bits.createError(`pictures have ${width} by ${height} pixels`);
  }
  return { width, height, codedWidth, codedHeight };
}
