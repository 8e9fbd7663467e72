import type { Rate, Timestamp } from "@sluice/time";
import {
  findCodedAudioFormat,
  findCodedVideoFormat,
} from "../essence/codec-names.ts";
import type { AudioEssence, VideoEssence } from "../essence/essence.ts";
import {
  createCodedAudioGrain,
  type CodedAudioGrain,
} from "../grain/coded-audio-grain.ts";
import {
  createCodedVideoGrain,
  type CodedVideoGrain,
} from "../grain/coded-video-grain.ts";
import type { Rational } from "../grain/rational.ts";
import type { GrainIds } from "../container/container.ts";

/** Whose grain it is, and what all of them have in common. */
export interface GrainOwner<E> {
  readonly ids: GrainIds;
  readonly essence: E;
}

/** What an object tells of a run of coded sound. */
export interface SoundFacts {
  /** When it is presented, on the flow's timeline. */
  readonly presentation: Timestamp;
  /** How long it is heard, in ticks. */
  readonly duration: number;
  /** Ticks in a second. */
  readonly timescale: number;
  /** The payload. */
  readonly data: Uint8Array;
}

/** What an object tells of a coded picture. */
export interface PictureFacts extends SoundFacts {
  /** When it is decoded, if that is told. */
  readonly decode: Timestamp | undefined;
  /** Whether decoding can begin with it. */
  readonly isKeyFrame: boolean;
}

/** Makes a grain of a coded picture. At a constant rate it lasts whole frames. */
export function createPictureGrain(
  { ids, essence }: GrainOwner<VideoEssence>,
  picture: PictureFacts,
): CodedVideoGrain {
  const { rate } = essence;
  return createCodedVideoGrain({
    ...ids,
    originTimestamp: picture.presentation,
    decodeTimestamp: picture.decode,
    rate,
    duration:
      rate === undefined
        ? toRational(picture.duration, picture.timescale)
        : toFrames(picture, rate),
    format: findCodedVideoFormat(essence.codec) ?? "UNKNOWN",
    originWidth: essence.frameWidth,
    originHeight: essence.frameHeight,
    isKeyFrame: picture.isKeyFrame,
    temporalOffset: 0,
    data: picture.data,
  });
}

/** Makes a grain of coded sound; what is not heard of a whole frame only fills it. */
export function createSoundGrain(
  { ids, essence }: GrainOwner<AudioEssence>,
  sound: SoundFacts,
): CodedAudioGrain {
  const { sampleRate, channels, codec, codecParameter } = essence;
  const { timescale, duration } = sound;
  const heard = Math.round((duration * sampleRate) / timescale);
  const format = findCodedAudioFormat(codec, codecParameter) ?? "0x0";
  // The last frame of FLAC is shorter, and not filled.
  const isFilled = format !== "FLAC" && essence.codedFrameSize !== undefined;
  const samples = isFilled ? essence.codedFrameSize : heard;
  return createCodedAudioGrain({
    ...ids,
    originTimestamp: sound.presentation,
    duration: toRational(Math.min(heard, samples), sampleRate),
    format,
    channels,
    samples,
    remainder: Math.max(0, samples - heard),
    sampleRate,
    data: sound.data,
  });
}

function toFrames({ duration, timescale }: PictureFacts, rate: Rate): Rational {
  const { numerator, denominator } = rate;
  const frames = Math.round((duration * numerator) / (timescale * denominator));
  return {
    numerator: Math.max(1, frames) * denominator,
    denominator: numerator,
  };
}

function toRational(
  numerator: number,
  denominator: number,
): Rational | undefined {
  return numerator > 0 ? { numerator, denominator } : undefined;
}
