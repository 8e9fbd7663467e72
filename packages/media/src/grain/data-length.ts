import { computeAudioLength } from "./audio-format.ts";
import type { Grain } from "./grain.ts";
import { computeVideoLength } from "./video-components.ts";

/**
 * Tells how long a grain's payload has to be, by its header.
 *
 * A file may say otherwise: a reader gives the payload that is there.
 *
 * Source: the sizes of the BBC's `CogAudioFormat`: a value of S24 has three bytes, but in
 * planes four.
 *
 * @param grain The grain.
 * @returns Bytes; or nothing, if its kind or format does not tell.
 *
 * @example Whether it is all there
 * ```ts
 * import { computeDataLength, createAudioGrain } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createAudioGrain({
 *   sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
 *   flowId: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
 *   originTimestamp: Timestamp.zero,
 *   format: "S24_PLANES",
 *   channels: 2,
 *   samples: 1024,
 *   sampleRate: 48_000,
 * });
 * assert.equal(computeDataLength(grain), 8192);
 * ```
 */
export function computeDataLength(grain: Grain): number | undefined {
  if (grain.kind === "audio") return computeAudioLength(grain);
  if (grain.kind === "video") return computeVideoLength(grain.components);
  return undefined;
}
