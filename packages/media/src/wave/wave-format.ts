/** How a WAV file spells one sample of one channel: little endian, without compression. */
export type WaveSampleFormat = "u8" | "s16" | "s24" | "s32" | "f32" | "f64";

/** What a WAV file says of its sound. */
export interface WaveFormat {
  /** How each sample is spelled; 8 bits are unsigned, as WAV has it. */
  readonly sampleFormat: WaveSampleFormat;
  /** How many channels are interleaved; 1 to 65535. */
  readonly numberOfChannels: number;
  /** Frames in a second; 1 to 4294967295. */
  readonly sampleRate: number;
  /**
   * How many of a sample's bits carry sound, from the highest down, if not all do: 20 in
   * `s24`. Only for integers.
   */
  readonly validBitsPerSample?: number;
  /** Which loudspeakers the channels are for: a bit for each, from front left (1) on. */
  readonly channelMask?: number;
}

const SAMPLE_BYTES: Readonly<Record<WaveSampleFormat, number>> = {
  u8: 1,
  s16: 2,
  s24: 3,
  s32: 4,
  f32: 4,
  f64: 8,
};

/**
 * Gives the bytes of one frame: one sample of each channel.
 *
 * @param format What the file says of its sound.
 * @returns The number of bytes.
 *
 * @example Where a frame begins
 * ```ts
 * import { getWaveFrameBytes } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const frameBytes = getWaveFrameBytes({
 *   sampleFormat: "s24",
 *   numberOfChannels: 2,
 *   sampleRate: 48000,
 * });
 *
 * assert.equal(44 + 48000 * frameBytes, 288044);
 * ```
 */
export function getWaveFrameBytes(format: WaveFormat): number {
  return SAMPLE_BYTES[format.sampleFormat] * format.numberOfChannels;
}

/** Gives the bytes of one sample of one channel. */
export function getSampleBytes(sampleFormat: WaveSampleFormat): number {
  return SAMPLE_BYTES[sampleFormat];
}

/** Whether samples are floating numbers. */
export function isFloat(sampleFormat: WaveSampleFormat): boolean {
  return sampleFormat.startsWith("f");
}

/**
 * @throws {TypeError} If it names no way to spell samples.
 * @throws {RangeError} If a number is beyond what a WAV file can say.
 */
export function checkWaveFormat(format: WaveFormat): void {
  const { sampleFormat, numberOfChannels, sampleRate } = format;
  if (!Object.hasOwn(SAMPLE_BYTES, sampleFormat)) {
    throw new TypeError(
      `Cannot write WAV with samples as '${sampleFormat}': there is no such format`,
    );
  }
  checkInteger("numberOfChannels", numberOfChannels, 1, 0xffff);
  checkInteger("sampleRate", sampleRate, 1, 0xffffffff);
  const frameBytes = getWaveFrameBytes(format);
  checkInteger("bytes in a frame", frameBytes, 1, 0xffff);
  checkInteger("bytes in a second", frameBytes * sampleRate, 1, 0xffffffff);
  const bits = getSampleBytes(sampleFormat) * 8;
  const least = isFloat(sampleFormat) ? bits : 1;
  checkInteger(
    "validBitsPerSample",
    format.validBitsPerSample ?? bits,
    least,
    bits,
  );
  checkInteger("channelMask", format.channelMask ?? 0, 0, 0xffffffff);
}

/** @throws {RangeError} If a number is no integer within the bounds. */
export function checkInteger(
  name: string,
  value: number,
  least: number,
  most: number,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `Cannot take ${value} as ${name} of WAV: it is no integer from ${least} to ${most}`,
  );
}
