import {
  createAudioGrain,
  createCodedAudioGrain,
  type AudioGrain,
  type CodedAudioGrain,
} from "@sluice/media";
import { Rate } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { addTicks } from "./add-ticks.ts";

/** Which samples of a grain of sound are wanted: from `first` on, and before `past`. */
export interface SampleWindow {
  readonly first: number;
  readonly past: number;
}

/**
 * Gives the part of sound that is wanted.
 *
 * Samples that are not coded are cut out. A coded frame stays whole, as its codec needs it;
 * its `priming` and `remainder` tell what of it is to be thrown away once it is decoded.
 *
 * @throws {InvalidRequestError} If nothing is known of how the samples lie.
 */
export function trimSound(
  grain: AudioGrain | CodedAudioGrain,
  { first, past }: SampleWindow,
): AudioGrain | CodedAudioGrain {
  if (first === 0 && past === grain.samples) return grain;
  if (grain.kind === "audio") return cutSamples(grain, { first, past });
  return createCodedAudioGrain({
    ...grain,
    priming: Math.max(grain.priming, first),
    remainder: Math.max(grain.remainder, grain.samples - past),
  });
}

function cutSamples(
  grain: AudioGrain,
  { first, past }: SampleWindow,
): AudioGrain {
  const samples = past - first;
  const clock = Rate.of(grain.sampleRate);
  return createAudioGrain({
    ...grain,
    originTimestamp: addTicks(grain.originTimestamp, BigInt(first), clock),
    syncTimestamp: addTicks(grain.syncTimestamp, BigInt(first), clock),
    duration:
      samples > 0
        ? { numerator: samples, denominator: grain.sampleRate }
        : undefined,
    samples,
    data: cutPlanes(grain, { first, past }),
  });
}

function cutPlanes(
  grain: AudioGrain,
  { first, past }: SampleWindow,
): Uint8Array {
  const { data } = grain;
  const planes = countPlanes(grain);
  const planeBytes = data.byteLength / planes;
  const sampleBytes = planeBytes / grain.samples;
  if (!Number.isInteger(sampleBytes)) {
    throw createUnknownLayout(grain);
  }
  const from = first * sampleBytes;
  const length = (past - first) * sampleBytes;
  if (planes === 1) return data.subarray(from, from + length);
  const cut = new Uint8Array(planes * length);
  for (let plane = 0; plane < planes; plane++) {
    const at = plane * planeBytes + from;
    cut.set(data.subarray(at, at + length), plane * length);
  }
  return cut;
}

/** How many stretches of bytes there are that each have all samples of some channels. */
function countPlanes({ format, channels }: AudioGrain): number {
  if (format.endsWith("_INTERLEAVED")) return 1;
  if (format.endsWith("_PLANES")) return channels;
  if (format.endsWith("_PAIRS")) return Math.ceil(channels / 2);
  throw createUnknownLayout({ format });
}

function createUnknownLayout({
  format,
}: Pick<AudioGrain, "format">): InvalidRequestError {
  return new InvalidRequestError(
    `Cannot cut sound of the format '${format}': nothing is known of how its samples lie; ask for whole grains`,
  );
}
