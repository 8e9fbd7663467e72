import { FormatError } from "../error/format-error.ts";

/** Samples in a second of all Opus. */
export const OPUS_SAMPLE_RATE = 48_000;

/** Samples of a frame at 48 kHz, by configuration. Source: RFC 6716, table 2. */
const SILK: readonly number[] = [480, 960, 1920, 2880];
const HYBRID: readonly number[] = [480, 960];
const CELT: readonly number[] = [120, 240, 480, 960];
/** A packet has at most 120 ms. */
const MOST_SAMPLES = 5760;

/**
 * Tells how many samples come out of a packet of Opus, at 48 kHz.
 *
 * Source: RFC 6716, 3.1 and 3.2.
 *
 * @param packet The packet.
 * @returns The number of samples of each channel.
 * @throws {FormatError} If it is empty, or has more than 120 ms.
 *
 * @example 20 ms
 * ```ts
 * import { getOpusSamples } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * assert.equal(getOpusSamples(Uint8Array.of(0xfc, 0xff, 0xfe)), 960);
 * ```
 */
export function getOpusSamples(packet: Uint8Array): number {
  const [first, second] = packet;
  if (first === undefined) throw packetError(0, "a packet is empty");
  const samples = getFrameSamples(first >> 3) * countFrames(first & 3, second);
  if (samples === 0 || samples > MOST_SAMPLES) {
    throw packetError(1, `a packet has ${samples} samples`);
  }
  return samples;
}

function getFrameSamples(configuration: number): number {
  if (configuration < 12) return SILK[configuration & 3] ?? 0;
  if (configuration < 16) return HYBRID[configuration & 1] ?? 0;
  return CELT[configuration & 3] ?? 0;
}

function countFrames(code: number, second: number | undefined): number {
  if (code === 0) return 1;
  if (code < 3) return 2;
  if (second === undefined) {
    throw packetError(
      1,
      "a packet ends before it tells how many frames it has",
    );
  }
  return second & 0x3f;
}

function packetError(offset: number, problem: string): FormatError {
  const code = "MEDIA_MALFORMED";
  return new FormatError({ code, format: "Opus", offset, problem });
}
