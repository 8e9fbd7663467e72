import { Rate, TimeRange, Timestamp } from "@sluice/time";
import type { Grain } from "./grain.ts";

/**
 * Tells how often what a grain holds comes in a second: samples of sound, coded or not;
 * pictures, and others, as often as grains.
 *
 * Source: mediagrains, `media_rate`.
 *
 * @param grain The grain.
 * @returns The rate, if it is known.
 */
export function getMediaRate(grain: Grain): Rate | undefined {
  if (grain.kind !== "audio" && grain.kind !== "coded-audio") return grain.rate;
  return grain.sampleRate > 0 ? Rate.of(grain.sampleRate) : undefined;
}

/**
 * Tells from when to when a grain's instants are, on its flow's timeline: its origin
 * timestamp; for sound, up to that of its last sample. Both ends are within.
 *
 * Source: mediagrains, `origin_timerange`.
 *
 * @param grain The grain.
 * @returns The range.
 * @throws {RangeError} If the last sample is beyond what a timestamp holds.
 *
 * @example 1024 samples
 * ```ts
 * import { createAudioGrain, getOriginTimeRange } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createAudioGrain({
 *   sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
 *   flowId: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
 *   originTimestamp: Timestamp.parse("10:0"),
 *   format: "S16_INTERLEAVED",
 *   channels: 2,
 *   samples: 1024,
 *   sampleRate: 48_000,
 * });
 * assert.equal(`${getOriginTimeRange(grain)}`, "[10:0_10:21312500]");
 * ```
 */
export function getOriginTimeRange(grain: Grain): TimeRange {
  const start = grain.originTimestamp;
  const isSound = grain.kind === "audio" || grain.kind === "coded-audio";
  const rate = getMediaRate(grain);
  if (!isSound || rate === undefined || grain.samples <= 1) {
    return TimeRange.at(start);
  }
  const end = start.add(Timestamp.fromCount(grain.samples - 1, rate));
  return TimeRange.of(start, end, "[]");
}

/**
 * Tells when a grain is presented: coded pictures may be stored in another order.
 *
 * Source: mediagrains, `presentation_origin_timestamp`.
 *
 * @param grain The grain.
 * @returns The origin timestamp, moved by the temporal offset where there is one; or
 * nothing, if a coded picture does not tell its offset, or has one and no rate.
 * @throws {RangeError} If it is beyond what a timestamp holds.
 *
 * @example A picture that is stored two places early
 * ```ts
 * import { createCodedVideoGrain, getPresentationTimestamp } from "@sluice/media";
 * import { Rate, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createCodedVideoGrain({
 *   sourceId: "49578552-fb9e-4d3e-a197-3e3c437a895d",
 *   flowId: "b6b05efb-6067-4ff8-afac-ec735a85674e",
 *   originTimestamp: Timestamp.parse("10:0"),
 *   rate: Rate.of(50),
 *   format: "H264",
 *   originWidth: 1920,
 *   originHeight: 1080,
 *   temporalOffset: 2,
 * });
 * assert.equal(`${getPresentationTimestamp(grain)}`, "10:40000000");
 * ```
 */
export function getPresentationTimestamp(grain: Grain): Timestamp | undefined {
  const { originTimestamp, rate } = grain;
  if (grain.kind !== "coded-video") return originTimestamp;
  const { temporalOffset } = grain;
  if (temporalOffset === undefined || temporalOffset === 0) {
    return temporalOffset === undefined ? undefined : originTimestamp;
  }
  if (rate === undefined) return undefined;
  return originTimestamp.add(Timestamp.fromCount(temporalOffset, rate));
}
