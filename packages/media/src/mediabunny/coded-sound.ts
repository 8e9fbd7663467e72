import { Rate, type Timestamp } from "@sluice/time";
import type { EncodedPacket } from "mediabunny";
import type { AudioEssence } from "../essence/essence.ts";
import {
  createCodedAudioGrain,
  type CodedAudioFormat,
} from "../grain/coded-audio-grain.ts";
import type { SampleCounter } from "./sample-counter.ts";
import type { TimedPacket } from "./select-packets.ts";
import type { TrackContent } from "./track-content.ts";
import type { TrackTimes } from "./track-times.ts";

/** What a track of coded sound is read with. */
export interface CodedSound {
  readonly essence: AudioEssence;
  readonly format: CodedAudioFormat;
  readonly times: TrackTimes;
  readonly samples: SampleCounter;
  /** How many samples before zero are only for the decoder; 0 if that is not told. */
  readonly preSkip: number;
  /** Makes the payload of a grain of that of a packet. */
  readonly convert: (data: Uint8Array) => Uint8Array;
}

/** Makes grains of packets of coded sound. */
export function createCodedSound(sound: CodedSound): TrackContent {
  const { essence, times } = sound;
  const { sampleRate, codedFrameSize } = essence;
  const rate =
    codedFrameSize === undefined
      ? undefined
      : Rate.of(sampleRate, codedFrameSize);
  return {
    essence,
    times,
    isReordered: false,
    measure: (timed) => toDuration(countLasting(sound, timed), sampleRate),
    createGrains:
      () =>
      ({ packet, start }, owner) => {
        const parts = toParts(sound, packet, start);
        const lasting = parts.samples - parts.remainder;
        return createCodedAudioGrain({
          ...owner,
          ...parts,
          originTimestamp: start,
          rate,
          duration: toDuration(lasting, sampleRate),
          format: sound.format,
          channels: essence.channels,
          sampleRate,
          data: sound.convert(packet.data),
        });
      },
  };
}

/** Tells how many samples a packet lasts, which may have no data. */
function countLasting(
  sound: CodedSound,
  { packet, start }: TimedPacket,
): number {
  const { samples, essence } = sound;
  if (packet.data.length > 0) {
    const parts = toParts(sound, packet, start);
    return parts.samples - parts.remainder;
  }
  const presented = samples.countPresented(packet);
  if (presented !== undefined && presented > 0) return presented;
  const { frameSize } = samples;
  return frameSize ?? Math.round(packet.duration * essence.sampleRate);
}

interface Parts {
  readonly samples: number;
  readonly priming: number;
  readonly remainder: number;
}

/** Tells which samples are for the decoder, and which only fill the last frame. */
function toParts(
  { samples, preSkip, essence }: CodedSound,
  packet: EncodedPacket,
  start: Timestamp,
): Parts {
  const count = samples.count(packet);
  const before = -start.toCount(Rate.of(essence.sampleRate));
  if (preSkip > 0 && before > 0) {
    const isPriming = before <= preSkip;
    const priming = isPriming ? Math.min(before, count) : 0;
    return { samples: count, priming, remainder: 0 };
  }
  const presented = samples.countPresented(packet) ?? count;
  const isCut = presented > 0 && presented < count;
  return {
    samples: count,
    priming: 0,
    remainder: isCut ? count - presented : 0,
  };
}

/** Gives how long samples last, if there are any. */
export function toDuration(
  samples: number,
  sampleRate: number,
): { numerator: number; denominator: number } | undefined {
  if (samples <= 0) return undefined;
  return { numerator: samples, denominator: sampleRate };
}
