import { computeAudioLength, type AudioFormat } from "./audio-format.ts";
import { checkDataLength } from "./check-data-length.ts";
import { checkInteger } from "./check-integer.ts";
import { toCommon, type GrainCommon, type GrainInit } from "./grain-common.ts";

/** The most channels that there can be. */
export const mostChannels = 0xffff;

/** A run of sound. */
export interface AudioGrain extends GrainCommon {
  /** Tells it from the other kinds. */
  readonly kind: "audio";
  /** How the values lie in the payload. */
  readonly format: AudioFormat;
  /** How many channels there are. */
  readonly channels: number;
  /** How many values each channel has. */
  readonly samples: number;
  /** How many values there are in a second. */
  readonly sampleRate: number;
}

/** What a run of sound is made of. */
export interface AudioGrainInit extends GrainInit {
  /** How the values lie in the payload. */
  readonly format: AudioFormat;
  /** How many channels there are, at most 65535. */
  readonly channels: number;
  /** How many values each channel has. */
  readonly samples: number;
  /** How many values there are in a second. */
  readonly sampleRate: number;
}

/**
 * Makes a grain of a run of sound. It never changes; its payload is not copied.
 *
 * @param init What it is made of.
 * @returns The grain.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, the rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds, or the payload, where there is
 * one, is not as long as so many samples of so many channels.
 *
 * @example A fiftieth of a second of silence
 * ```ts
 * import { createAudioGrain } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createAudioGrain({
 *   sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
 *   flowId: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
 *   originTimestamp: Timestamp.parse("1420102800:0"),
 *   format: "S24_INTERLEAVED",
 *   channels: 2,
 *   samples: 960,
 *   sampleRate: 48_000,
 *   data: new Uint8Array(960 * 2 * 3),
 * });
 * assert.equal(grain.data.byteLength, 5760);
 * ```
 */
export function createAudioGrain(init: AudioGrainInit): AudioGrain {
  const grain = toAudioGrain(init);
  checkDataLength(grain, computeAudioLength(grain));
  return grain;
}

/** Makes a grain whose payload is what it is. */
export function toAudioGrain(init: AudioGrainInit): AudioGrain {
  const { format, channels, samples, sampleRate } = init;
  checkInteger("channels", channels, mostChannels);
  checkInteger("samples", samples);
  checkInteger("sampleRate", sampleRate);
  return Object.freeze({
    kind: "audio",
    ...toCommon(init),
    format,
    channels,
    samples,
    sampleRate,
  });
}
