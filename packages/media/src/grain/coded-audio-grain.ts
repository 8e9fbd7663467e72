import { mostChannels } from "./audio-grain.ts";
import { checkInteger } from "../bytes/check-integer.ts";
import { toCommon, type GrainCommon, type GrainInit } from "./grain-common.ts";
import type { UnlistedFormat } from "./unlisted-format.ts";

/**
 * How sound is coded.
 *
 * Source: the compressed ones of `CogAudioFormat` of the BBC's GSF specification, whose
 * names these are; those from MP3 on are beside them, and GSF has no number for them.
 */
export type CodedAudioFormat =
  | "MP1"
  | "AAC"
  | "OPUS"
  | "MP3"
  | "FLAC"
  | "VORBIS"
  | "AC3"
  | "EAC3"
  | UnlistedFormat;

/** A coded run of sound: a frame of its codec, or several. */
export interface CodedAudioGrain extends GrainCommon {
  /** Tells it from the other kinds. */
  readonly kind: "coded-audio";
  /** How it is coded. */
  readonly format: CodedAudioFormat;
  /** How many channels there are. */
  readonly channels: number;
  /** How many values each channel has when it is decoded. */
  readonly samples: number;
  /** How many of them, from the start, are there only for the decoder to settle. */
  readonly priming: number;
  /** How many of them, at the end, only fill the frame. */
  readonly remainder: number;
  /** How many values there are in a second. */
  readonly sampleRate: number;
}

/** What a coded run of sound is made of. */
export interface CodedAudioGrainInit extends GrainInit {
  /** How it is coded. */
  readonly format: CodedAudioFormat;
  /** How many channels there are, at most 65535. */
  readonly channels: number;
  /** How many values each channel has when it is decoded. */
  readonly samples: number;
  /** How many of them, from the start, are for the decoder; 0 unless said otherwise. */
  readonly priming?: number;
  /** How many of them, at the end, fill the frame; 0 unless said otherwise. */
  readonly remainder?: number;
  /** How many values there are in a second. */
  readonly sampleRate: number;
}

/**
 * Makes a grain of a coded run of sound. It never changes; its payload is not copied.
 *
 * @param init What it is made of.
 * @returns The grain.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, the rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds.
 *
 * @example A frame of AAC
 * ```ts
 * import { createCodedAudioGrain } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createCodedAudioGrain({
 *   sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
 *   flowId: "e615296b-ff40-4d95-8398-6a4082305f3a",
 *   originTimestamp: Timestamp.parse("1420102800:0"),
 *   format: "AAC",
 *   channels: 2,
 *   samples: 1024,
 *   sampleRate: 48_000,
 *   data: Uint8Array.of(0xff, 0xf1),
 * });
 * assert.equal(grain.priming, 0);
 * ```
 */
export function createCodedAudioGrain(
  init: CodedAudioGrainInit,
): CodedAudioGrain {
  const { format, channels, samples, sampleRate } = init;
  const { priming = 0, remainder = 0 } = init;
  checkInteger("channels", channels, mostChannels);
  checkInteger("samples", samples);
  checkInteger("priming", priming);
  checkInteger("remainder", remainder);
  checkInteger("sampleRate", sampleRate);
  return Object.freeze({
    kind: "coded-audio",
    ...toCommon(init),
    format,
    channels,
    samples,
    priming,
    remainder,
    sampleRate,
  });
}
