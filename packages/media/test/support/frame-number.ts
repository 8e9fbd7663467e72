import { ffmpeg } from "./ffmpeg.ts";

/** The pictures of `samples/`: how large they are, and where their bar code is. */
const [width, height] = [320, 180];
const [left, top] = [16, 116];
const block = 24;
const bits = 12;

/** Values of grey that are surely black, or white, whatever coding did to them. */
const [darkest, brightest] = [64, 192];

/** Which pictures are read: all by default. */
export interface PictureRange {
  /** The first, by its place in the order of presentation. */
  readonly first: number;
  /** How many. */
  readonly count: number;
}

/**
 * Decodes a file with ffmpeg, and reads the numbers that are burnt into its pictures.
 *
 * @param file A path, or what is in the file.
 * @param range Which pictures.
 * @returns The numbers, in the order of presentation.
 */
export function readFrameNumbers(
  file: string | Uint8Array,
  range?: PictureRange,
): number[] {
  const isPath = typeof file === "string";
  const raw = ffmpeg(
    [
      ...["-i", isPath ? file : "pipe:0", "-map", "0:v:0"],
      // Their times do not matter, and might be too close for a raw file's clock.
      ...["-vf", `${select(range)}settb=1/25,setpts=N,fps=25`],
      ...["-fps_mode", "passthrough", "-pix_fmt", "gray"],
      ...["-f", "rawvideo", "-"],
    ],
    isPath ? undefined : file,
  );
  const size = width * height;
  if (raw.length % size !== 0) {
    throw new RangeError(
      `Cannot read pictures: ${raw.length} bytes are not so many of ${width}x${height}`,
    );
  }
  return Array.from({ length: raw.length / size }, (_, index) =>
    readFrameNumber(raw.subarray(index * size, (index + 1) * size)),
  );
}

/**
 * Reads the number that is burnt into a picture: twelve blocks, the highest bit first,
 * and their complement below them.
 *
 * @param picture 320 x 180 values of grey, of the full or of video's range.
 * @returns The number, 0 to 4095.
 * @throws {Error} If a block is neither black nor white, or the rows do not agree.
 */
export function readFrameNumber(picture: Uint8Array): number {
  const upper = readRow(picture, 0);
  const lower = readRow(picture, 1);
  const all = 2 ** bits - 1;
  if (upper + lower === all) return upper;
  throw new Error(
    `Cannot read a picture's number: the rows say ${upper} and ${all - lower}`,
  );
}

function readRow(picture: Uint8Array, row: number): number {
  let number = 0;
  for (let place = 0; place < bits; place++) {
    const grey = average(picture, left + place * block, top + row * block);
    if (grey > darkest && grey < brightest) {
      throw new Error(
        `Cannot read a picture's number: block ${place} has a grey of ${grey}`,
      );
    }
    number = number * 2 + (grey >= brightest ? 1 : 0);
  }
  return number;
}

/** The grey of a block without its edges, which coding blurs. */
function average(picture: Uint8Array, x: number, y: number): number {
  const edge = block / 4;
  let sum = 0;
  for (let line = y + edge; line < y + block - edge; line++) {
    const from = line * width + x;
    for (const value of picture.subarray(from + edge, from + block - edge)) {
      sum += value;
    }
  }
  return sum / (block - 2 * edge) ** 2;
}

function select(range: PictureRange | undefined): string {
  if (range === undefined) return "";
  const { first, count } = range;
  return `select=between(n\\,${first}\\,${first + count - 1}),`;
}
