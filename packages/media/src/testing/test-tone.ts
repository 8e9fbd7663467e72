import { Rate, Timestamp } from "@sluice/time";
import { range, type Stream } from "sluice";
import { checkInteger } from "../bytes/check-integer.ts";
import type { GrainIds } from "../container/container.ts";
import { createAudioGrain, type AudioGrain } from "../grain/audio-grain.ts";

/** Which tone is computed. */
export interface TestToneOptions extends GrainIds {
  /** How many grains. */
  readonly count: number;
  /** Samples in a second; 48000 unless said otherwise. */
  readonly sampleRate?: number;
  /** Samples in a grain; 1920, a twenty-fifth of a second, unless said otherwise. */
  readonly samples?: number;
  /** How many channels, which are all alike; 2 unless said otherwise. */
  readonly channels?: number;
  /** Waves in a second; 1000 unless said otherwise. */
  readonly frequency?: number;
  /** When the first sample is heard; `0:0` unless said otherwise. */
  readonly start?: Timestamp;
}

/**
 * How high a wave is: 18 dB below the highest that there can be.
 *
 * Source: EBU R 68.
 */
const AMPLITUDE = 0x7fff * 10 ** (-18 / 20);

/**
 * Computes a test tone: a sine at the level of alignment, in 16 bits (S16_INTERLEAVED),
 * which goes on from one grain to the next without a step.
 *
 * Each grain is computed when it is asked for, and the same each time. Holds none.
 *
 * @param options How many grains, whose, and which tone.
 * @returns The grains; each time it is read, from the first.
 * @throws {RangeError} If a number is out of bounds; at once.
 *
 * @example A second of it
 * ```ts
 * import { testTone } from "@sluice/media/testing";
 * import assert from "node:assert/strict";
 *
 * const grains = await testTone({
 *   sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
 *   flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
 *   count: 25,
 * }).toArray();
 * assert.equal(`${grains.at(-1)?.originTimestamp}`, "0:960000000");
 * ```
 */
export function testTone(options: TestToneOptions): Stream<AudioGrain> {
  const { sourceId, flowId, count, start = Timestamp.zero } = options;
  const { sampleRate = 48_000, samples = 1920, channels = 2 } = options;
  const { frequency = 1000 } = options;
  checkInteger("sampleRate", sampleRate, 0xffff_ffff, 1);
  checkInteger("samples", samples, 0xffff_ffff, 1);
  checkInteger("channels", channels, 0xffff, 1);
  if (!(frequency > 0 && frequency <= sampleRate / 2)) {
    throw new RangeError(
      `Cannot use ${frequency} as frequency: it is not above 0, and up to half of ${sampleRate}`,
    );
  }
  const rate = Rate.of(sampleRate);
  return range(count).map((index) =>
    createAudioGrain({
      sourceId,
      flowId,
      originTimestamp: start.add(Timestamp.fromCount(index * samples, rate)),
      rate: Rate.of(sampleRate, samples),
      duration: { numerator: samples, denominator: sampleRate },
      format: "S16_INTERLEAVED",
      channels,
      samples,
      sampleRate,
      data: computeTone(
        index * samples,
        samples,
        channels,
        frequency / sampleRate,
      ),
    }),
  );
}

/** Computes samples from a place on; waves are counted for each sample. */
function computeTone(
  from: number,
  samples: number,
  channels: number,
  waves: number,
): Uint8Array {
  const data = new Uint8Array(samples * channels * 2);
  const view = new DataView(data.buffer);
  for (let index = 0; index < samples; index++) {
    // Whole waves are left out, so that a late sample is as exact as an early one.
    const phase = ((from + index) * waves) % 1;
    const value = Math.round(AMPLITUDE * Math.sin(2 * Math.PI * phase));
    for (let channel = 0; channel < channels; channel++) {
      view.setInt16((index * channels + channel) * 2, value, true);
    }
  }
  return data;
}
