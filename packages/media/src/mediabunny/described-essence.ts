import type { AudioCodec, VideoCodec } from "mediabunny";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import {
  findCodedAudioFormat,
  findCodedVideoFormat,
} from "../essence/codec-names.ts";
import type {
  AudioEssence,
  Essence,
  VideoEssence,
} from "../essence/essence.ts";
import type { CodedAudioFormat } from "../grain/coded-audio-grain.ts";
import type { CodedVideoFormat } from "../grain/coded-video-grain.ts";

/** A codec that MP4 can hold. */
interface KnownCodec<Name> {
  /** What mediabunny calls it. */
  readonly name: Name;
  /** What RFC 6381 calls it, where the essence does not tell, and it does not matter. */
  readonly parameter?: string;
  /** Whether nothing can be decoded without a configuration. */
  readonly needsConfig?: true;
  /** Whether a grain tells what the essence does not. */
  readonly needsGrain?: true;
}

/** What mediabunny is told of a track. */
interface TrackConfig {
  readonly codec: string;
  readonly description?: Uint8Array;
}

/** Pictures, as mediabunny is told of them. */
export interface DescribedVideo extends KnownCodec<VideoCodec> {
  readonly kind: "video";
  readonly essence: VideoEssence;
  readonly config: TrackConfig;
}

/** Sound, as mediabunny is told of it. */
export interface DescribedAudio extends KnownCodec<AudioCodec> {
  readonly kind: "audio";
  readonly essence: AudioEssence;
  readonly config: TrackConfig;
}

/** What mediabunny is told of an essence. */
export type Described = DescribedVideo | DescribedAudio;

const video: Partial<Record<CodedVideoFormat, KnownCodec<VideoCodec>>> = {
  H264: { name: "avc", parameter: "avc1.640028", needsConfig: true },
  H265: { name: "hevc", parameter: "hvc1.1.6.L93.B0", needsConfig: true },
  VP8: { name: "vp8", parameter: "vp8" },
  // The parameter of these is all that their configuration is made of.
  VP9: { name: "vp9" },
  AV1: { name: "av1" },
  PRORES: { name: "prores" },
};

const audio: Partial<Record<CodedAudioFormat, KnownCodec<AudioCodec>>> = {
  AAC: { name: "aac", parameter: "mp4a.40.2", needsConfig: true },
  OPUS: { name: "opus", parameter: "opus", needsConfig: true },
  FLAC: { name: "flac", parameter: "flac", needsConfig: true },
  MP3: { name: "mp3", parameter: "mp3" },
  AC3: { name: "ac3", parameter: "ac-3", needsGrain: true },
  EAC3: { name: "eac3", parameter: "ec-3", needsGrain: true },
};

/**
 * Finds how an essence is described in MP4.
 *
 * @throws {UnsupportedMediaError} If it cannot be, or lacks what it takes.
 */
export function findDescribed(essence: Essence): Described {
  const described = tryDescribe(essence);
  if (typeof described !== "string") return described;
  throw new UnsupportedMediaError("MP4", described);
}

/**
 * Tells how an essence is described in MP4.
 *
 * @returns It; or, if that is not possible, why.
 */
export function tryDescribe(essence: Essence): Described | string {
  if (essence.kind === "data") return "it has no track for data";
  const known = findKnown(essence);
  if (known === undefined) return `it has no sample entry for ${essence.codec}`;
  const { decoderConfig: description } = essence;
  const codec = essence.codecParameter ?? known.codec.parameter;
  if (known.codec.needsConfig && description === undefined) {
    return `the essence of ${essence.codec} has no decoderConfig`;
  }
  if (codec === undefined) {
    return `the essence of ${essence.codec} has no codecParameter`;
  }
  const config = description === undefined ? { codec } : { codec, description };
  return known.kind === "video"
    ? { ...known.codec, kind: "video", essence: known.essence, config }
    : { ...known.codec, kind: "audio", essence: known.essence, config };
}

type Known =
  | (Pick<DescribedVideo, "kind" | "essence"> & {
      readonly codec: KnownCodec<VideoCodec>;
    })
  | (Pick<DescribedAudio, "kind" | "essence"> & {
      readonly codec: KnownCodec<AudioCodec>;
    });

function findKnown(essence: VideoEssence | AudioEssence): Known | undefined {
  if (essence.kind === "video") {
    const format = findCodedVideoFormat(essence.codec);
    const codec = format && video[format];
    return codec && { kind: "video", essence, codec };
  }
  const format = findCodedAudioFormat(essence.codec, essence.codecParameter);
  const codec = format && audio[format];
  return codec && { kind: "audio", essence, codec };
}
