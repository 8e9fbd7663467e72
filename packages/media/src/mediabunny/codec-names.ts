import type { MediaCodec } from "mediabunny";
import type { CodedAudioFormat } from "../grain/coded-audio-grain.ts";
import type { CodedVideoFormat } from "../grain/coded-video-grain.ts";

/** What a codec is called. */
export interface CodecName<Format> {
  /** Its MIME type. */
  readonly codec: string;
  /** What its grains call it. */
  readonly format: Format;
}

const videoCodecs: Partial<Record<MediaCodec, CodecName<CodedVideoFormat>>> = {
  avc: { codec: "video/h264", format: "H264" },
  hevc: { codec: "video/h265", format: "H265" },
  vp8: { codec: "video/vp8", format: "VP8" },
  vp9: { codec: "video/vp9", format: "VP9" },
  av1: { codec: "video/av1", format: "AV1" },
  prores: { codec: "video/prores", format: "PRORES" },
};

// Of codecs that mediabunny has no name for: by what the container calls them.
const otherVideoCodecs: Partial<Record<string, CodecName<CodedVideoFormat>>> = {
  jpeg: { codec: "video/jpeg", format: "MJPEG" },
  mjpa: { codec: "video/jpeg", format: "MJPEG" },
  mjpb: { codec: "video/jpeg", format: "MJPEG" },
  v_mjpeg: { codec: "video/jpeg", format: "MJPEG" },
  v_mpeg2: { codec: "video/mpeg2", format: "MPEG2" },
  m2v1: { codec: "video/mpeg2", format: "MPEG2" },
  mp2v: { codec: "video/mpeg2", format: "MPEG2" },
  v_prores: { codec: "video/prores", format: "PRORES" },
  avdn: { codec: "video/vc3", format: "DNxHD" },
  avdh: { codec: "video/vc3", format: "DNxHD" },
  drac: { codec: "video/vc2", format: "VC2" },
  v_dirac: { codec: "video/vc2", format: "VC2" },
  dvc: { codec: "video/dv", format: "DV" },
  dvcp: { codec: "video/dv", format: "DV" },
  dvpp: { codec: "video/dv", format: "DV" },
};

const audioCodecs: Partial<Record<MediaCodec, CodecName<CodedAudioFormat>>> = {
  aac: { codec: "audio/aac", format: "AAC" },
  opus: { codec: "audio/opus", format: "OPUS" },
  mp3: { codec: "audio/mpeg", format: "MP3" },
  flac: { codec: "audio/flac", format: "FLAC" },
  vorbis: { codec: "audio/vorbis", format: "VORBIS" },
  ac3: { codec: "audio/ac3", format: "AC3" },
  eac3: { codec: "audio/eac3", format: "EAC3" },
};

/**
 * Tells what a codec of pictures is called.
 *
 * @param codec Mediabunny's name, if it has one.
 * @param id What the container calls it.
 */
export function nameVideoCodec(
  codec: MediaCodec | null,
  id: string,
): CodecName<CodedVideoFormat> {
  const known = codec === null ? undefined : videoCodecs[codec];
  if (known !== undefined) return known;
  const word = id.trim().toLowerCase();
  const other = otherVideoCodecs[word];
  if (other !== undefined) return other;
  const name = word.replaceAll(/[^a-z0-9]+/g, "-");
  return { codec: `video/x-${name || "unknown"}`, format: "UNKNOWN" };
}

/** Tells what a codec of sound is called; nothing if there is no name for it. */
export function nameAudioCodec(
  codec: MediaCodec,
): CodecName<CodedAudioFormat> | undefined {
  return audioCodecs[codec];
}
