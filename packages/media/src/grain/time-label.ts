import { TimeCode, type Rate } from "@sluice/time";
import { checkInteger } from "./check-integer.ts";

/** A time code that travels with a grain, and says which clock it is of. */
export interface GrainTimeLabel {
  /** Which clock, such as `ltc`; GSF has room for 16 bytes. */
  readonly tag: string;
  /** How many frames there are before it in the day. */
  readonly frameCount: number;
  /** How many frames there are in a second, if that is known. */
  readonly rate: Rate | undefined;
  /** Whether numbers are dropped. */
  readonly dropFrame: boolean;
}

/**
 * Copies labels, so that nobody can change them.
 *
 * @throws {RangeError} If a count is not a whole number of 32 bits.
 */
export function toTimeLabels(
  labels: readonly GrainTimeLabel[] = [],
): readonly GrainTimeLabel[] {
  return Object.freeze(
    labels.map(({ tag, frameCount, rate, dropFrame }) => {
      checkInteger("the frame count of a time label", frameCount);
      return Object.freeze({ tag, frameCount, rate, dropFrame });
    }),
  );
}

/**
 * Gives the SMPTE time code of a grain's label.
 *
 * A label is what a file says; not every label is a time code.
 *
 * @param label The label.
 * @returns The time code.
 * @throws {RangeError} If the label has no rate, or its day does not have the frame, or
 * its rate has no time codes: see `TimeCode.fromFrameCount`.
 *
 * @example What a viewer shows
 * ```ts
 * import { toTimeCode } from "@sluice/media";
 * import { Rate } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const code = toTimeCode({
 *   tag: "ltc",
 *   frameCount: 90_000,
 *   rate: Rate.of(25),
 *   dropFrame: false,
 * });
 * assert.equal(`${code}`, "01:00:00:00");
 * ```
 */
export function toTimeCode(label: GrainTimeLabel): TimeCode {
  const { tag, frameCount, rate, dropFrame } = label;
  if (rate === undefined) {
    throw new RangeError(
      `Cannot give the label ${JSON.stringify(tag)} a time code: it has no rate`,
    );
  }
  return TimeCode.fromFrameCount(frameCount, rate, { dropFrame });
}
