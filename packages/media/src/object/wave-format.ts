import { TimeRange, Timestamp } from "@sluice/time";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { AudioEssence, Essence } from "../essence/essence.ts";
import { createAudioGrain, type AudioGrain } from "../grain/audio-grain.ts";
import type { AudioFormat } from "../grain/audio-format.ts";
import type { Grain } from "../grain/grain.ts";
import { joinBytes } from "../bytes/join-bytes.ts";
import { readWave } from "../wave/read-wave.ts";
import type { WaveFormat, WaveSampleFormat } from "../wave/wave-format.ts";
import { writeWave } from "../wave/write-wave.ts";
import { checkKind } from "./check-grains.ts";
import { ObjectClock } from "./object-clock.ts";
import type {
  EncodedObject,
  ObjectFormat,
  ObjectToDecode,
} from "./object-format.ts";

/** How many samples a grain has that was made of an object, unless the flow tells. */
const defaultSamples = 2048;

/**
 * WAV: `audio/wav`, for samples that are not coded, and interleaved.
 *
 * A file's own times begin at zero; its `timestampOffset` is the time of its first sample.
 * It does not tell where grains were: `decode` gives runs of as many samples as the
 * essence's `codedFrameSize`, or of 2048; the last may be shorter.
 *
 * Source: our decision record 0063; TAMS 8.2, flow segments.
 */
export const waveObjectFormat: ObjectFormat = {
  contentType: "audio/wav",
  hasInit: false,
  canHold: (essence) => findProblem(essence) === undefined,
  createEncoder: (essence) => {
    const problem = findProblem(essence);
    if (problem !== undefined || essence.kind !== "audio") {
      const error = new UnsupportedMediaError("WAV", problem ?? "no sound");
      return Promise.reject(error);
    }
    const encode = async (grains: readonly Grain[]): Promise<EncodedObject> =>
      encodeWave(grains, essence);
    return Promise.resolve({ init: undefined, encode });
  },
  decode: decodeWave,
};

const sampleFormats: readonly (readonly [AudioFormat, WaveSampleFormat])[] = [
  ["U8_INTERLEAVED", "u8"],
  ["S16_INTERLEAVED", "s16"],
  ["S24_INTERLEAVED", "s24"],
  ["S32_INTERLEAVED", "s32"],
  ["FLOAT_INTERLEAVED", "f32"],
  ["DOUBLE_INTERLEAVED", "f64"],
];

function findProblem(essence: Essence): string | undefined {
  if (essence.kind !== "audio" || !/^audio\/x-raw/i.test(essence.codec)) {
    return `it has samples that are not coded, and no ${essence.codec}`;
  }
  const { format } = essence;
  if (format === undefined || findSampleFormat(format) !== undefined) {
    return undefined;
  }
  return `it has no samples as ${format}`;
}

function findSampleFormat(format: AudioFormat): WaveSampleFormat | undefined {
  return sampleFormats.find(([name]) => name === format)?.[1];
}

async function encodeWave(
  grains: readonly Grain[],
  essence: AudioEssence,
): Promise<EncodedObject> {
  const sound = checkKind(grains, "audio", essence);
  const [{ originTimestamp: timestampOffset, format }] = sound;
  const clock = new ObjectClock(essence.sampleRate, timestampOffset);
  const samples = countSamples(sound, essence, clock);
  const sampleFormat = findSampleFormat(format);
  if (sampleFormat === undefined) {
    throw new UnsupportedMediaError("WAV", `it has no samples as ${format}`);
  }
  const { channels: numberOfChannels, sampleRate } = essence;
  const wave: WaveFormat = { sampleFormat, numberOfChannels, sampleRate };
  const blocks = sound.map(({ data }) => data);
  const parts = await writeWave(blocks, wave, {
    numberOfFrames: samples,
  }).toArray();
  const end = BigInt(samples);
  return {
    bytes: joinBytes(parts),
    objectTimeRange: toRange(Timestamp.zero, clock.toObjectTime(end)),
    timeRange: toRange(timestampOffset, clock.toFlowTime(end)),
    timestampOffset,
    lastDuration: Timestamp.intervalOf(clock.rate),
    sampleCount: samples,
    keyFrameCount: sound.length,
  };
}

function toRange(start: Timestamp, end: Timestamp): TimeRange {
  return TimeRange.of(start, end, "[)");
}

/** Counts the samples, each of which has to follow the one before. */
function countSamples(
  sound: readonly AudioGrain[],
  essence: AudioEssence,
  clock: ObjectClock,
): number {
  let count = 0;
  for (const grain of sound) {
    const problem = findMismatch(grain, essence, sound[0]);
    if (problem !== undefined) throw new UnsupportedMediaError("WAV", problem);
    if (clock.toTick(grain.originTimestamp) !== BigInt(count)) {
      throw new UnsupportedMediaError(
        "WAV",
        `the grain at ${grain.originTimestamp} does not begin where the one before it ends, at ${clock.toFlowTime(BigInt(count))}`,
      );
    }
    count += grain.samples;
  }
  return count;
}

function findMismatch(
  grain: AudioGrain,
  { sampleRate, channels }: AudioEssence,
  first: AudioGrain | undefined,
): string | undefined {
  const isAlike =
    grain.sampleRate === sampleRate &&
    grain.channels === channels &&
    grain.format === first?.format;
  if (isAlike) return undefined;
  return `the grain at ${grain.originTimestamp} has ${grain.channels} channels of ${grain.format} at ${grain.sampleRate} Hz, other than the flow or the first`;
}

async function decodeWave(object: ObjectToDecode): Promise<readonly Grain[]> {
  const { bytes, essence, timestampOffset, ids } = object;
  if (essence.kind !== "audio") {
    throw new UnsupportedMediaError(
      "WAV",
      `there is no track of ${essence.codec}`,
      { act: "read" },
    );
  }
  const framesPerBlock = essence.codedFrameSize ?? defaultSamples;
  const grains: Grain[] = [];
  let sound: WaveFormat | undefined;
  for await (const item of readWave([bytes], { framesPerBlock })) {
    if (item.kind === "header") sound = item.format;
    if (item.kind !== "block" || sound === undefined) continue;
    const { sampleRate, numberOfChannels: channels } = sound;
    const clock = new ObjectClock(sampleRate, timestampOffset);
    const samples = item.numberOfFrames;
    grains.push(
      createAudioGrain({
        ...ids,
        originTimestamp: clock.toFlowTime(BigInt(item.position)),
        duration: { numerator: samples, denominator: sampleRate },
        format: toAudioFormat(sound.sampleFormat),
        channels,
        samples,
        sampleRate,
        data: item.data,
      }),
    );
  }
  return grains;
}

function toAudioFormat(sampleFormat: WaveSampleFormat): AudioFormat {
  const found = sampleFormats.find(([, name]) => name === sampleFormat);
  return found?.[0] ?? "0x0";
}
