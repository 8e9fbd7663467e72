import type { TimeRange } from "@sluice/time";
import { MediaError } from "./media-error.ts";

/**
 * A range cannot be exported: nothing of a track is within it, or decoding cannot begin
 * before it.
 *
 * What was written before it is no file.
 *
 * @example What it says
 * ```ts
 * import { ExportRangeError } from "@sluice/media";
 * import { TimeRange } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const range = TimeRange.parse("[10:0_20:0)");
 * const error = new ExportRangeError(range, "no grain of video/h264 begins within it");
 * assert.equal(
 *   error.message,
 *   "Cannot export [10:0_20:0): no grain of video/h264 begins within it",
 * );
 * ```
 */
export class ExportRangeError extends MediaError {
  /** @inheritDoc */
  readonly code = "MEDIA_EXPORT_RANGE";
  /** What was to be exported. */
  readonly range: TimeRange;

  /**
   * @param range What was to be exported.
   * @param problem What is missing, in words that follow a colon.
   */
  constructor(range: TimeRange, problem: string) {
    super(`Cannot export ${range}: ${problem}`);
    this.range = range;
  }

  /** @inheritDoc */
  get name(): string {
    return "ExportRangeError";
  }
}
