import type { Rate } from "@sluice/time";
import type { VideoEssence } from "../../essence/essence.ts";
import type { PictureDescription } from "./picture-syntax.ts";

/** Columns and lines for one of colour, by chroma format. */
const SUBSAMPLING: readonly (readonly [number, number] | undefined)[] = [
  undefined,
  [2, 2],
  [2, 1],
  [1, 1],
];

/** The matrix of what has no other colours than red, green and blue: ITU-T H.273. */
const NO_MATRIX = 0;

/**
 * Makes the essence of a stream of what it tells of its pictures.
 *
 * @param rate How many there are in a second, by their times.
 */
export function toVideoEssence(
  { pictures, codec }: PictureDescription,
  rate: Rate | undefined,
): VideoEssence {
  const { chromaFormat, colour } = pictures;
  const [across, down] = SUBSAMPLING[chromaFormat] ?? [];
  return {
    kind: "video",
    ...codec,
    frameWidth: pictures.width,
    frameHeight: pictures.height,
    rate,
    pixelAspectRatio: pictures.pixelAspectRatio,
    // Which field is first, only each picture tells.
    interlaceMode: pictures.isInterlaced ? undefined : "progressive",
    bitDepth: pictures.lumaBits,
    componentType: colour?.matrix === NO_MATRIX ? "RGB" : "YCbCr",
    horizontalChromaSubsampling: across,
    verticalChromaSubsampling: down,
    colour,
  };
}
