import type { UnlistedFormat } from "./unlisted-format.ts";

/** Pictures with a plane for each component, of 8, 16 or 32 bits a value. */
export type PlanarVideoFormat =
  | "U8_444"
  | "U8_422"
  | "U8_420"
  | "U8_444_RGB"
  | "S16_444_10BIT"
  | "S16_422_10BIT"
  | "S16_420_10BIT"
  | "S16_444_10BIT_RGB"
  | "S16_444_12BIT"
  | "S16_422_12BIT"
  | "S16_420_12BIT"
  | "S16_444_12BIT_RGB"
  | "S16_444"
  | "S16_422"
  | "S16_420"
  | "S16_444_RGB"
  | "S32_444"
  | "S32_422"
  | "S32_420"
  | "S32_444_RGB";

/** Pictures with one plane, of transparency. */
export type AlphaVideoFormat =
  | "ALPHA_U8_1BIT"
  | "ALPHA_U8"
  | "ALPHA_S16_10BIT"
  | "ALPHA_S16_12BIT"
  | "ALPHA_S16"
  | "ALPHA_S32";

/** Pictures with one plane, in which the components of a pixel lie together. */
export type PackedVideoFormat =
  | "YUYV"
  | "UYVY"
  | "AYUV"
  | "RGB"
  | "RGBx"
  | "xRGB"
  | "BGRx"
  | "xBGR"
  | "RGBA"
  | "ARGB"
  | "BGRA"
  | "ABGR"
  | "v210"
  | "v216";

/**
 * How the pixels of a picture lie in its bytes.
 *
 * Source: `CogFrameFormat` of the BBC's GSF specification, whose names these are.
 */
export type VideoFormat =
  | PlanarVideoFormat
  | AlphaVideoFormat
  | PackedVideoFormat
  | "UNKNOWN"
  | UnlistedFormat;
