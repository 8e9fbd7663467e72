import type { AudioFormat } from "../grain/audio-format.ts";
import type { CodedAudioFormat } from "../grain/coded-audio-grain.ts";
import type { CodedVideoFormat } from "../grain/coded-video-grain.ts";

/** What a flow's codec is called, and a grain's format; the first of a name is its own. */
const VIDEO: readonly (readonly [string, CodedVideoFormat])[] = [
  ["video/h264", "H264"],
  ["video/h264", "AVCI"],
  ["video/h265", "H265"],
  ["video/hevc", "H265"],
  ["video/vp8", "VP8"],
  ["video/vp9", "VP9"],
  ["video/av1", "AV1"],
  ["video/prores", "PRORES"],
  ["video/mpeg", "MPEG2"],
  ["video/mpeg2", "MPEG2"],
  ["video/mpeg", "D10"],
  ["video/jpeg", "MJPEG"],
  ["image/jpeg", "MJPEG"],
  ["video/dnxhd", "DNxHD"],
  ["video/vc2", "VC2"],
  ["video/dv", "DV"],
];

const AUDIO: readonly (readonly [string, CodedAudioFormat])[] = [
  ["audio/aac", "AAC"],
  ["audio/opus", "OPUS"],
  ["audio/mpeg", "MP3"],
  ["audio/mpeg", "MP1"],
  ["audio/flac", "FLAC"],
  ["audio/vorbis", "VORBIS"],
  ["audio/ac3", "AC3"],
  ["audio/eac3", "EAC3"],
];

/** MPEG audio of the layers I and II: ISO/IEC 14496-3, table 1.17. */
const LOWER_LAYERS: ReadonlySet<string | undefined> = new Set([
  "mp4a.40.32",
  "mp4a.40.33",
]);

/**
 * Finds the format of the grains of a flow with coded pictures.
 *
 * Source: the MIME types of TAMS flows, which are IANA's where IANA has one; `video/prores`
 * and `video/dnxhd` are not among those.
 *
 * @param codec A flow's `codec`, as `video/h264`; capitals do not matter.
 * @returns The format; absent if there is no such codec, or pictures are not coded.
 *
 * @example From a flow to its grains, and back
 * ```ts
 * import { findCodedVideoFormat, findVideoCodec } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * assert.equal(findCodedVideoFormat("video/h265"), "H265");
 * assert.equal(findVideoCodec("H265"), "video/h265");
 * ```
 */
export function findCodedVideoFormat(
  codec: string,
): CodedVideoFormat | undefined {
  const name = codec.toLowerCase();
  return VIDEO.find(([mime]) => mime === name)?.[1];
}

/**
 * Finds the codec of a flow whose grains are coded pictures of a format.
 *
 * AVC-Intra and D-10 are profiles of H.264 and MPEG-2, and have no name of their own.
 *
 * @param format A grain's format.
 * @returns The MIME type, as `video/h264`; absent if there is none.
 */
export function findVideoCodec(format: CodedVideoFormat): string | undefined {
  return VIDEO.find(([, name]) => name === format)?.[0];
}

/**
 * Finds the format of the grains of a flow with coded sound.
 *
 * @param codec A flow's `codec`, as `audio/aac`; capitals do not matter.
 * @param codecParameter The same in detail: it tells the layers of `audio/mpeg` apart, of
 * which I and II are `MP1`.
 * @returns The format; absent if there is no such codec, or sound is not coded.
 *
 * @example Layer II is not layer III
 * ```ts
 * import { findCodedAudioFormat } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * assert.equal(findCodedAudioFormat("audio/mpeg"), "MP3");
 * assert.equal(findCodedAudioFormat("audio/mpeg", "mp4a.40.33"), "MP1");
 * ```
 */
export function findCodedAudioFormat(
  codec: string,
  codecParameter?: string,
): CodedAudioFormat | undefined {
  const name = codec.toLowerCase();
  if (name === "audio/mpeg" && LOWER_LAYERS.has(codecParameter)) return "MP1";
  return AUDIO.find(([mime]) => mime === name)?.[1];
}

/**
 * Finds the codec of a flow whose grains are sound of a format, coded or not.
 *
 * Source: TAMS: `audio/x-raw-int` and `audio/x-raw-float` are what is not coded.
 *
 * @param format A grain's format, as `AAC` or `S24_INTERLEAVED`.
 * @returns The MIME type; absent if there is none.
 */
export function findAudioCodec(
  format: CodedAudioFormat | AudioFormat,
): string | undefined {
  if (/^(FLOAT|DOUBLE)_/.test(format)) return "audio/x-raw-float";
  if (/^[US]\d+_/.test(format)) return "audio/x-raw-int";
  return AUDIO.find(([, name]) => name === format)?.[0];
}
