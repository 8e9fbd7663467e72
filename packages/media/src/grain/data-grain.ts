import { toCommon, type GrainCommon, type GrainInit } from "./grain-common.ts";
import type { UnlistedFormat } from "./unlisted-format.ts";

/** How data are written. */
export type DataFormat = "JSON" | UnlistedFormat;

/** An event, or other data. */
export interface DataGrain extends GrainCommon {
  /** Tells it from the other kinds. */
  readonly kind: "data";
  /** How the payload is written. */
  readonly format: DataFormat;
}

/** What an event is made of. */
export interface DataGrainInit extends GrainInit {
  /** How the payload is written; `JSON` unless said otherwise. */
  readonly format?: DataFormat;
}

/**
 * Makes a grain of an event, or of other data. It never changes; its payload is neither
 * copied nor looked into.
 *
 * @param init What it is made of.
 * @returns The grain.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, the rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds.
 *
 * @example A subtitle
 * ```ts
 * import { createDataGrain } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createDataGrain({
 *   sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
 *   flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
 *   originTimestamp: Timestamp.parse("1447176512:400000000"),
 *   data: new TextEncoder().encode('{"topic":"/subtitles"}'),
 * });
 * assert.equal(grain.format, "JSON");
 * ```
 */
export function createDataGrain(init: DataGrainInit): DataGrain {
  const { format = "JSON" } = init;
  return Object.freeze({ kind: "data", ...toCommon(init), format });
}
