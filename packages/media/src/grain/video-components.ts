import type { VideoFormat } from "./video-format.ts";

/** One plane of a picture. */
export interface VideoComponent {
  /** Values in a line. */
  readonly width: number;
  /** Lines. */
  readonly height: number;
  /** Bytes from the start of a line to the start of the next. */
  readonly stride: number;
  /** Bytes from the start of the plane to the start of the next. */
  readonly length: number;
}

/** Bytes of a pixel, where its components lie together. */
const packedPixels: Partial<Record<VideoFormat, number>> = {
  YUYV: 2,
  UYVY: 2,
  RGB: 3,
  AYUV: 4,
  RGBx: 4,
  xRGB: 4,
  BGRx: 4,
  xBGR: 4,
  RGBA: 4,
  ARGB: 4,
  BGRA: 4,
  ABGR: 4,
  v216: 4,
};

/**
 * Tells which planes a picture has, without any padding.
 *
 * Source: the bit fields of `CogFrameFormat`; a line of v210 has 128 bytes for each 48
 * pixels begun.
 *
 * @param format How the pixels lie.
 * @param width Pixels in a line.
 * @param height Lines.
 * @returns The planes, or nothing if the format does not tell, or the planes of colour
 * would not have whole numbers of values and lines.
 *
 * @example The planes of a small picture
 * ```ts
 * import { computeVideoComponents } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const planes = computeVideoComponents("U8_420", 480, 270);
 * assert.deepEqual(
 *   planes?.map(({ length }) => length),
 *   [129_600, 32_400, 32_400],
 * );
 * ```
 */
export function computeVideoComponents(
  format: VideoFormat,
  width: number,
  height: number,
): VideoComponent[] | undefined {
  if (format === "v210") {
    const stride = Math.ceil(width / 48) * 128;
    return [{ width, height, stride, length: stride * height }];
  }
  const pixel = packedPixels[format];
  if (pixel !== undefined) return [createPlane(width, height, pixel)];
  const planar = /^(ALPHA_)?(U8|S16|S32)(?:_(444|422|420))?/.exec(format);
  if (planar === null || format === "ALPHA_U8_1BIT") return undefined;
  const [, alpha, type, subsampling] = planar;
  const bytes = { U8: 1, S16: 2, S32: 4 }[type as "U8" | "S16" | "S32"];
  const first = createPlane(width, height, bytes);
  if (alpha !== undefined) return [first];
  const [across, down] = [
    subsampling === "444" ? 1 : 2,
    subsampling === "420" ? 2 : 1,
  ];
  if (width % across !== 0 || height % down !== 0) return undefined;
  const second = createPlane(width / across, height / down, bytes);
  return [first, second, second];
}

/** Tells how many bytes planes take, if there are any. */
export function computeVideoLength(
  components: readonly VideoComponent[],
): number | undefined {
  if (components.length === 0) return undefined;
  return components.reduce((sum, { length }) => sum + length, 0);
}

function createPlane(
  width: number,
  height: number,
  bytes: number,
): VideoComponent {
  const stride = width * bytes;
  return { width, height, stride, length: stride * height };
}
