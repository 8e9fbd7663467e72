import type { UnlistedFormat } from "./unlisted-format.ts";

/** How a value of sound is written; little endian. */
export type SampleType = "U8" | "S16" | "S24" | "S32" | "FLOAT" | "DOUBLE";

/**
 * How the values lie: each channel by itself, in pairs of channels (the last has a silent
 * second one, if there is an odd number), or all channels of an instant together.
 */
export type SampleOrder = "PLANES" | "PAIRS" | "INTERLEAVED";

/**
 * How sound lies in its bytes.
 *
 * Source: `CogAudioFormat` of the BBC's GSF specification, whose names these are; U8, without a sign,
 * is beside them, and GSF has no number for it.
 */
export type AudioFormat = `${SampleType}_${SampleOrder}` | UnlistedFormat;

/** What tells how long sound is. */
export interface AudioExtent {
  readonly format: AudioFormat;
  readonly channels: number;
  readonly samples: number;
}

const sampleSizes: Partial<Record<string, number>> = {
  U8: 1,
  S16: 2,
  S24: 3,
  S32: 4,
  FLOAT: 4,
  DOUBLE: 8,
};

/**
 * Tells how many bytes sound takes, if its format tells.
 *
 * Source: the BBC's `CogAudioFormat`; a value of S24 has three bytes, but in planes four.
 */
export function computeAudioLength(extent: AudioExtent): number | undefined {
  const { format, channels, samples } = extent;
  const [type = "", order] = format.split("_");
  const size = format === "S24_PLANES" ? 4 : sampleSizes[type];
  if (size === undefined) return undefined;
  const stored = order === "PAIRS" ? channels + (channels % 2) : channels;
  return stored * samples * size;
}
