import type { AudioFormat } from "../grain/audio-format.ts";
import type { CodedAudioFormat } from "../grain/coded-audio-grain.ts";
import type { CodedVideoFormat } from "../grain/coded-video-grain.ts";
import type { DataFormat } from "../grain/data-grain.ts";
import type { FrameLayout } from "../grain/frame-layout.ts";
import type { UnlistedFormat } from "../grain/unlisted-format.ts";
import type { VideoFormat } from "../grain/video-format.ts";

/** The numbers that stand for names; a name that is in no table has none, or is one. */
export interface FormatCodes<F extends string> {
  /** Gives the name of a number; the number itself, as `0x…`, where it has none. */
  getName(code: number): F | UnlistedFormat;
  /** Gives the number of a name, if there is one of 32 bits. */
  findCode(name: F | UnlistedFormat): number | undefined;
}

const unknown = 0xffff_fffe;

/** Source: the GSF specification, `CogFrameFormat`. */
export const videoFormats = defineCodes<VideoFormat>({
  ALPHA_U8_1BIT: 0x1080,
  U8_444: 0x2000,
  U8_422: 0x2001,
  U8_420: 0x2003,
  U8_444_RGB: 0x2010,
  ALPHA_U8: 0x2080,
  YUYV: 0x2100,
  UYVY: 0x2101,
  AYUV: 0x2102,
  RGB: 0x2104,
  RGBx: 0x2110,
  xRGB: 0x2111,
  BGRx: 0x2112,
  xBGR: 0x2113,
  RGBA: 0x2114,
  ARGB: 0x2115,
  BGRA: 0x2116,
  ABGR: 0x2117,
  S16_444_10BIT: 0x2804,
  S16_444_10BIT_RGB: 0x2814,
  S16_422_10BIT: 0x2805,
  S16_420_10BIT: 0x2807,
  ALPHA_S16_10BIT: 0x2884,
  v210: 0x2906,
  S16_444_12BIT: 0x3004,
  S16_444_12BIT_RGB: 0x3014,
  S16_422_12BIT: 0x3005,
  S16_420_12BIT: 0x3007,
  ALPHA_S16_12BIT: 0x3084,
  S16_444: 0x4004,
  S16_444_RGB: 0x4014,
  S16_422: 0x4005,
  S16_420: 0x4007,
  ALPHA_S16: 0x4084,
  v216: 0x4105,
  S32_444: 0x8008,
  S32_444_RGB: 0x8018,
  S32_422: 0x8009,
  S32_420: 0x800b,
  ALPHA_S32: 0x8088,
  UNKNOWN: unknown,
});

/** Source: the GSF specification, `CogFrameFormat`. */
export const codedVideoFormats = defineCodes<CodedVideoFormat>({
  MJPEG: 0x0200,
  DNxHD: 0x0201,
  MPEG2: 0x0202,
  AVCI: 0x0203,
  H264: 0x0204,
  DV: 0x0205,
  D10: 0x0206,
  VC2: 0x0207,
  VP8: 0x0208,
  H265: 0x0209,
  UNKNOWN: unknown,
});

/** Source: the GSF specification, `CogFrameLayout`. */
export const frameLayouts = defineCodes<FrameLayout>({
  FULL_FRAME: 0,
  SEPARATE_FIELDS: 1,
  SINGLE_FIELD: 2,
  MIXED_FIELDS: 3,
  SEGMENTED_FRAME: 4,
  UNKNOWN: unknown,
});

/** Source: the GSF specification, `CogAudioFormat`. */
export const audioFormats = defineCodes<AudioFormat>({
  S16_PLANES: 0x00,
  S16_PAIRS: 0x01,
  S16_INTERLEAVED: 0x02,
  S24_PLANES: 0x04,
  S24_PAIRS: 0x05,
  S24_INTERLEAVED: 0x06,
  S32_PLANES: 0x08,
  S32_PAIRS: 0x09,
  S32_INTERLEAVED: 0x0a,
  FLOAT_PLANES: 0x18,
  FLOAT_PAIRS: 0x19,
  FLOAT_INTERLEAVED: 0x1a,
  DOUBLE_PLANES: 0x2c,
  DOUBLE_PAIRS: 0x2d,
  DOUBLE_INTERLEAVED: 0x2e,
});

/** Source: the GSF specification, `CogAudioFormat`. */
export const codedAudioFormats = defineCodes<CodedAudioFormat>({
  MP1: 0x200,
  AAC: 0x201,
  OPUS: 0x202,
});

/** Source: the GSF specification, block "eghd". */
export const dataFormats = defineCodes<DataFormat>({ JSON: 0 });

function defineCodes<F extends string>(
  table: Readonly<Partial<Record<F, number>>>,
): FormatCodes<F> {
  const codes = new Map<string, number>();
  const names = new Map<number, F>();
  for (const [name, code] of Object.entries<number | undefined>(table)) {
    if (code === undefined) continue;
    codes.set(name, code);
    // The keys of the table are names.
    names.set(code, name as F);
  }
  return {
    getName: (code) => names.get(code) ?? `0x${code.toString(16)}`,
    findCode: (name) => codes.get(name) ?? parseCode(name),
  };
}

function parseCode(name: string): number | undefined {
  return /^0x[\da-f]{1,8}$/i.test(name) ? Number(name) : undefined;
}
