import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { AudioEssence } from "../essence/essence.ts";
import type { CodedAudioGrain } from "../grain/coded-audio-grain.ts";
import type { Grain } from "../grain/grain.ts";
import type { MovieSample } from "../iso-base-media/sample.ts";
import { checkCodedSound } from "./check-grains.ts";
import type { GrainTimer, TimedSamples } from "./cmaf-encoder.ts";
import type { ObjectClock } from "./object-clock.ts";

/**
 * Prepares the coded sound of one object.
 *
 * @throws {TypeError} If there is none, or one is of another kind.
 * @throws {UnsupportedMediaError} If one has another sample rate than the essence, or
 * begins before the one before it ends.
 */
export function prepareSound(
  grains: readonly Grain[],
  essence: AudioEssence,
): GrainTimer {
  const sound = checkCodedSound(grains, essence, essence.sampleRate);
  return {
    times: sound.map(({ originTimestamp }) => originTimestamp),
    apply: (clock) => timeSound(sound, clock),
  };
}

function timeSound(
  sound: readonly CodedAudioGrain[],
  clock: ObjectClock,
): TimedSamples | undefined {
  const runs: MovieSample[][] = [];
  let end: bigint | undefined;
  let start: bigint | undefined;
  let sampleCount = 0;
  for (const grain of sound) {
    const tick = clock.toTick(grain.originTimestamp);
    if (tick < 0n) return undefined;
    if (end !== undefined && tick < end) throw refuseOverlap(grain);
    const duration = countHeard(grain, clock.rate.numerator);
    const sample = {
      decodeTime: tick,
      presentationTime: tick,
      duration,
      isSync: true,
      data: grain.data,
    };
    if (tick === end) runs.at(-1)?.push(sample);
    else runs.push([sample]);
    start ??= tick;
    end = tick + BigInt(duration);
    sampleCount += grain.samples - grain.remainder;
  }
  return {
    runs,
    start: start ?? 0n,
    end: end ?? 0n,
    lastDuration: 1n,
    sampleCount,
    keyFrameCount: sound.length,
  };
}

/** Gives how many ticks the samples take that do not only fill the frame. */
function countHeard(grain: CodedAudioGrain, timescale: number): number {
  const { samples, remainder, sampleRate } = grain;
  const ticks = ((samples - remainder) * timescale) / sampleRate;
  if (Number.isInteger(ticks) && ticks > 0) return ticks;
  throw new UnsupportedMediaError(
    "CMAF",
    `the ${samples - remainder} samples at ${grain.originTimestamp} are no whole ticks of 1/${timescale} s`,
  );
}

function refuseOverlap({ originTimestamp }: CodedAudioGrain): Error {
  return new UnsupportedMediaError(
    "CMAF",
    `the grain at ${originTimestamp} begins before the one before it ends`,
  );
}
