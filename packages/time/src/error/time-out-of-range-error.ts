/**
 * A value is not among those that there are, or that an operation takes: a
 * `RangeError`.
 *
 * Nothing is ever clamped: what would not fit fails with this error.
 *
 * @example Nothing is clamped
 * ```ts
 * import { Timestamp, TimeOutOfRangeError } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * assert.throws(
 *   () => Timestamp.highest.add(Timestamp.parse("0:1")),
 *   (error) => error instanceof TimeOutOfRangeError && error instanceof RangeError,
 * );
 * ```
 */
export class TimeOutOfRangeError extends RangeError {
  /** Identifies the condition; never changes between versions. */
  readonly code = "TIME_OUT_OF_RANGE";

  /** Says what is wrong in one word; it is on the prototype. */
  override get name(): string {
    return "TimeOutOfRangeError";
  }
}
