import { Rate, Timestamp } from "@sluice/time";
import { range, type Stream } from "sluice";
import { checkInteger } from "../bytes/check-integer.ts";
import type { GrainIds } from "../container/container.ts";
import { createVideoGrain, type VideoGrain } from "../grain/video-grain.ts";

/** Which pictures are computed. */
export interface TestPictureOptions extends GrainIds {
  /** How many. */
  readonly count: number;
  /** Pictures in a second; 25 unless said otherwise. */
  readonly rate?: Rate;
  /** When the first is presented; `0:0` unless said otherwise. */
  readonly start?: Timestamp;
  /** Pixels in a line, a multiple of 2; 320 unless said otherwise. */
  readonly width?: number;
  /** Lines, a multiple of 2; 180 unless said otherwise. */
  readonly height?: number;
}

/**
 * Luminance and both differences of colour, of white to black: the bars of 75 %.
 *
 * Source: Rec. ITU-R BT.709, and SMPTE RP 219, 8 bits.
 */
const BARS: readonly (readonly [number, number, number])[] = [
  [180, 128, 128],
  [168, 44, 136],
  [145, 147, 44],
  [133, 63, 52],
  [63, 193, 204],
  [51, 109, 212],
  [28, 212, 120],
  [16, 128, 128],
];

/** By so many pixels they move to the left with each picture. */
const STEP = 2;

/**
 * Computes test pictures: eight bars of colour (U8_420), which move to the left by two
 * pixels with each picture, and come in again at the right.
 *
 * Each picture is computed when it is asked for, and the same each time. Holds none.
 *
 * @param options How many, whose, and of which size.
 * @returns The pictures; each time it is read, from the first.
 * @throws {RangeError} If a size is odd or no whole number; at once.
 *
 * @example Two pictures
 * ```ts
 * import { testPictures } from "@sluice/media/testing";
 * import assert from "node:assert/strict";
 *
 * const pictures = await testPictures({
 *   sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
 *   flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
 *   count: 2,
 * }).toArray();
 * assert.deepEqual(
 *   pictures.map(({ originTimestamp }) => `${originTimestamp}`),
 *   ["0:0", "0:40000000"],
 * );
 * ```
 */
export function testPictures(options: TestPictureOptions): Stream<VideoGrain> {
  const { sourceId, flowId, count, width = 320, height = 180 } = options;
  const { rate = Rate.of(25), start = Timestamp.zero } = options;
  checkSide("width", width);
  checkSide("height", height);
  const duration = { numerator: rate.denominator, denominator: rate.numerator };
  return range(count).map((index) =>
    createVideoGrain({
      sourceId,
      flowId,
      originTimestamp: start.add(Timestamp.fromCount(index, rate)),
      rate,
      duration,
      format: "U8_420",
      width,
      height,
      data: drawPicture(index, width, height),
    }),
  );
}

function checkSide(name: string, side: number): void {
  checkInteger(name, side, 0xffff, 2);
  if (side % 2 === 0) return;
  throw new RangeError(`Cannot use ${side} as ${name}: it is odd`);
}

function drawPicture(index: number, width: number, height: number): Uint8Array {
  const chroma = width / 2;
  const data = new Uint8Array(width * height + 2 * chroma * (height / 2));
  let at = 0;
  for (const [plane, across, lines] of [
    [0, width, height],
    [1, chroma, height / 2],
    [2, chroma, height / 2],
  ] as const) {
    const line = drawLine(plane, across, (STEP * index * across) / width);
    for (let drawn = 0; drawn < lines; drawn++, at += across) {
      data.set(line, at);
    }
  }
  return data;
}

/** Draws a line of one plane, which all of its lines are like. */
function drawLine(plane: 0 | 1 | 2, across: number, moved: number): Uint8Array {
  return Uint8Array.from({ length: across }, (_, x) => {
    const place = ((x + moved) % across) / across;
    return BARS[Math.floor(place * BARS.length)]?.[plane] ?? 0;
  });
}
