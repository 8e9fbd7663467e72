import { toCommon, type GrainCommon, type GrainInit } from "./grain-common.ts";

/** An instant of a flow for which nothing says what the payload is; mostly there is none. */
export interface EmptyGrain extends GrainCommon {
  /** Tells it from the other kinds. */
  readonly kind: "empty";
}

/**
 * Makes a grain of which nothing is known but when it is. It never changes.
 *
 * @param init What it is made of.
 * @returns The grain.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, the rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds.
 *
 * @example A mark on a timeline
 * ```ts
 * import { createEmptyGrain } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createEmptyGrain({
 *   sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
 *   flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
 *   originTimestamp: Timestamp.zero,
 * });
 * assert.equal(grain.data.byteLength, 0);
 * ```
 */
export function createEmptyGrain(init: GrainInit): EmptyGrain {
  return Object.freeze({ kind: "empty", ...toCommon(init) });
}
