import fc, { type Arbitrary } from "fast-check";
import { Timestamp } from "../instant/timestamp.ts";
import type { Inclusivity } from "../range/range-text.ts";
import { TimeRange } from "../range/time-range.ts";
import { TimeRanges } from "../range/time-ranges.ts";
import { Rate } from "../rate/rate.ts";

/** Between which timestamps an arbitrary gives some. */
export interface TimestampConstraints {
  /** The earliest; the earliest there is unless said otherwise. */
  readonly min?: Timestamp;
  /** The latest; the latest there is unless said otherwise. */
  readonly max?: Timestamp;
}

/**
 * Gives timestamps, as fast-check does: those at the ends and near 0 more often.
 *
 * @param constraints Between which.
 * @returns The arbitrary; it shrinks towards `0:0`.
 *
 * @example A law
 * ```ts
 * import { Timestamp } from "@sluice/time";
 * import { timestamps } from "@sluice/time/testing";
 * import fc from "fast-check";
 *
 * fc.assert(
 *   fc.property(timestamps(), (time) => Timestamp.parse(`${time}`).equals(time)),
 * );
 * ```
 */
export function timestamps(
  constraints?: TimestampConstraints,
): Arbitrary<Timestamp> {
  const { min = Timestamp.lowest, max = Timestamp.highest } = constraints ?? {};
  return fc
    .bigInt({ min: min.nanoseconds, max: max.nanoseconds })
    .map((nanoseconds) => Timestamp.fromNanoseconds(nanoseconds));
}

/**
 * Gives ranges of every kind: `()`, `_`, instants, and each kind of end.
 *
 * @param constraints Between which timestamps.
 * @returns The arbitrary.
 */
export function timeRanges(
  constraints?: TimestampConstraints,
): Arbitrary<TimeRange> {
  const end = fc.option(timestamps(constraints), { nil: undefined });
  const words: Inclusivity[] = ["[)", "[]", "(]", "()"];
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(TimeRange.never) },
    {
      weight: 2,
      arbitrary: timestamps(constraints).map((time) => TimeRange.at(time)),
    },
    {
      weight: 7,
      arbitrary: fc
        .tuple(end, end, fc.constantFrom(...words))
        .map(([one, other, word]) =>
          one && other && one.isAfter(other)
            ? TimeRange.of(other, one, word)
            : TimeRange.of(one, other, word),
        ),
    },
  );
}

/**
 * Gives sets of ranges.
 *
 * @param constraints Between which timestamps.
 * @returns The arbitrary.
 */
export function timeRangeSets(
  constraints?: TimestampConstraints,
): Arbitrary<TimeRanges> {
  return fc
    .array(timeRanges(constraints), { maxLength: 6 })
    .map((ranges) => TimeRanges.of(ranges));
}

/**
 * Gives rates: those of the field more often than others, which are at most 500 MHz.
 *
 * @returns The arbitrary.
 */
export function rates(): Arbitrary<Rate> {
  const known = ["25", "30000/1001", "24000/1001", "48000", "44100", "90000"];
  return fc.oneof(
    fc.constantFrom(...known).map((text) => Rate.parse(text)),
    fc
      .tuple(
        fc.integer({ min: 1, max: 500_000_000 }),
        fc.integer({ min: 1, max: 100_000 }),
      )
      .map(([numerator, denominator]) => Rate.of(numerator, denominator)),
  );
}
