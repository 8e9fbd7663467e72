import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { highestNanoseconds } from "../number/nanoseconds.ts";
import { readNanoseconds } from "../instant/timestamp-text.ts";
import { Timestamp, type PhaseOptions } from "../instant/timestamp.ts";
import type { Rate } from "../rate/rate.ts";
import { TextReader, type ParseOptions } from "../text/text-reader.ts";
import {
  boundsBetween,
  compareEnds,
  compareEndToStart,
  compareStarts,
  joinBounds,
  type Bounds,
} from "./bounds.ts";
import { CountRange } from "./count-range.ts";
import {
  checkStart,
  cut,
  listUnitsBetween,
  listUnitsFrom,
  stepThrough,
} from "./range-parts.ts";
import { roundEnds, type RangeCountOptions } from "./range-rounding.ts";
import { readRange, toInclusivity, type Inclusivity } from "./range-text.ts";

/** The whole nanoseconds of a range: from the start on, and before the end. */
export interface NanosecondBounds {
  /** The first; nothing if there is no first. */
  readonly start: bigint | undefined;
  /** The one after the last; nothing if there is no last. */
  readonly end: bigint | undefined;
}

/**
 * A stretch of the line of time: each end within it, just beyond it, or unbounded.
 *
 * The line is continuous, as it is for mediatimestamp: `[0:0_0:5]` and `[0:6_0:9]` do
 * not touch, for there is time between two nanoseconds, though no timestamp. A range
 * whose end is not behind its start is `()`, unless it is one instant that is within.
 * It never changes.
 *
 * Source: TAMS 8.2, schema `timerange` and application note 0008; mediatimestamp's
 * `TimeRange`.
 *
 * @example Segments of a flow
 * ```ts
 * import { TimeRange } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const first = TimeRange.parse("[0:0_10:0)");
 * const second = TimeRange.parse("[10:0_20:0)");
 * assert.ok(!first.overlaps(second) && first.isContiguousWith(second));
 * assert.equal(`${first.union(second)}`, "[0:0_20:0)");
 * ```
 */
export class TimeRange implements Bounds {
  /** No time at all: `()`. */
  static readonly never: TimeRange = new TimeRange({
    start: Timestamp.zero,
    includesStart: false,
    end: Timestamp.zero,
    includesEnd: false,
  });
  /** All of time: `_`. */
  static readonly eternity: TimeRange = new TimeRange({
    start: undefined,
    includesStart: true,
    end: undefined,
    includesEnd: true,
  });

  // Declared, and so not set twice: ranges are made for each frame.
  /** Where it starts; nothing if it has no start. For `()` it is `0:0`. */
  declare readonly start: Timestamp | undefined;
  /** Whether its start is within it; true if it has none, and false for `()`. */
  declare readonly includesStart: boolean;
  /** Where it ends; nothing if it has no end. For `()` it is `0:0`. */
  declare readonly end: Timestamp | undefined;
  /** Whether its end is within it; true if it has none, and false for `()`. */
  declare readonly includesEnd: boolean;

  /** The first nanosecond within it, and the one after the last, for `contains()`. */
  readonly #first: bigint;
  readonly #past: bigint;

  private constructor({ start, includesStart, end, includesEnd }: Bounds) {
    this.start = start;
    this.includesStart = includesStart || start === undefined;
    this.end = end;
    this.includesEnd = includesEnd || end === undefined;
    const first = start?.nanoseconds ?? -highestNanoseconds;
    this.#first = this.includesStart ? first : first + 1n;
    const past = end?.nanoseconds ?? highestNanoseconds;
    this.#past = this.includesEnd ? past + 1n : past;
  }

  /**
   * Makes a range.
   *
   * @param start Where it starts; nothing if it has no start.
   * @param end Where it ends; nothing if it has no end.
   * @param inclusivity Which of them are within; `[)` unless said otherwise.
   * @returns The range: `()` if the end is before the start, or is the start and not
   * both are within.
   *
   * @example Up to an instant
   * ```ts
   * import { TimeRange, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const end = Timestamp.parse("10:0");
   * assert.equal(`${TimeRange.of(Timestamp.zero, end)}`, "[0:0_10:0)");
   * assert.equal(`${TimeRange.of(undefined, end, "[]")}`, "_10:0]");
   * assert.equal(`${TimeRange.of(end, Timestamp.zero)}`, "()");
   * ```
   */
  static of(
    start: Timestamp | undefined,
    end: Timestamp | undefined,
    inclusivity: Inclusivity = "[)",
  ): TimeRange {
    return TimeRange.from({
      start,
      includesStart: inclusivity === "[)" || inclusivity === "[]",
      end,
      includesEnd: inclusivity === "[]" || inclusivity === "(]",
    });
  }

  /**
   * Makes a range out of its ends, as another range has them.
   *
   * @param bounds The ends.
   * @returns The range: `()` if the end is before the start, or is the start and not
   * both are within.
   *
   * @example The same stretch without its end
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const { start, includesStart, end } = TimeRange.parse("(0:0_10:0]");
   * const range = TimeRange.from({ start, includesStart, end, includesEnd: false });
   * assert.equal(`${range}`, "(0:0_10:0)");
   * ```
   */
  static from(bounds: Bounds): TimeRange {
    const { start, includesStart, end, includesEnd } = bounds;
    if (start === undefined && end === undefined) return TimeRange.eternity;
    if (start !== undefined && end !== undefined) {
      const isEmpty =
        start.nanoseconds >= end.nanoseconds &&
        !(
          includesStart &&
          includesEnd &&
          start.nanoseconds === end.nanoseconds
        );
      if (isEmpty) return TimeRange.never;
    }
    return new TimeRange(bounds);
  }

  /**
   * Makes a range out of its start and its length.
   *
   * @param start Where it starts.
   * @param length How long it is.
   * @param inclusivity Which of its ends are within; `[)` unless said otherwise.
   * @returns The range: `()` if the length is below 0, or is 0 and not both ends are
   * within.
   * @throws {TimeOutOfRangeError} If its end is beyond what a timestamp holds.
   *
   * @example Ten seconds
   * ```ts
   * import { TimeRange, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const [start, length] = [Timestamp.parse("5:0"), Timestamp.parse("10:0")];
   * assert.equal(`${TimeRange.fromStartLength(start, length)}`, "[5:0_15:0)");
   * ```
   */
  static fromStartLength(
    start: Timestamp,
    length: Timestamp,
    inclusivity?: Inclusivity,
  ): TimeRange {
    return TimeRange.of(start, start.add(length), inclusivity);
  }

  /**
   * Makes the range of one instant.
   *
   * @param time The instant.
   * @returns Such as `[5:0]`.
   *
   * @example An event
   * ```ts
   * import { TimeRange, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${TimeRange.at(Timestamp.parse("5:0"))}`, "[5:0]");
   * ```
   */
  static at(time: Timestamp): TimeRange {
    return TimeRange.of(time, time, "[]");
  }

  /**
   * Tells when units of a rate are: from the start of the first up to that of the one
   * after the last.
   *
   * @param counts Which units.
   * @param rate How many there are in a second.
   * @param options Where the unit 0 starts.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
   *
   * @example When frames are shown
   * ```ts
   * import { CountRange, Rate, TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const frames = CountRange.of(720, 1200);
   * const range = TimeRange.fromCountRange(frames, Rate.of(25));
   * assert.equal(`${range}`, "[28:800000000_48:0)");
   * ```
   */
  static fromCountRange(
    counts: CountRange,
    rate: Rate,
    options?: PhaseOptions,
  ): TimeRange {
    if (counts.isEmpty) return TimeRange.never;
    const [start, end] = [counts.start, counts.end].map((count) =>
      count === undefined
        ? undefined
        : Timestamp.fromCount(count, rate, options),
    );
    return TimeRange.of(start, end);
  }

  /**
   * Parses TAMS's text, such as `[0:0_10:0)`, `[5:0_`, `[5:0]`, `_` or `()`.
   *
   * An end that is unbounded has no marker, and what is empty is `()`.
   *
   * @param text The text.
   * @param options With the spelling `any`, what TAMS takes for the same is taken too:
   * no markers, for both ends included; one instant with two ends; an end that is not
   * behind its start, for `()`; `-0:0`.
   * @throws {TimeSyntaxError} If it is anything else.
   * @throws {TimeOutOfRangeError} If an end is beyond what a timestamp holds.
   *
   * @example What a store writes, and what it takes
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${TimeRange.parse("(0:0_10:0]")}`, "(0:0_10:0]");
   * assert.throws(() => TimeRange.parse("0:0_10:0"), SyntaxError);
   * const asked = TimeRange.parse("0:0_10:0", { spelling: "any" });
   * assert.equal(`${asked}`, "[0:0_10:0]");
   * ```
   */
  static parse(text: string, options?: ParseOptions): TimeRange {
    const spelling = options?.spelling ?? "canonical";
    const reader = new TextReader("a time range", text);
    const range = readRange(reader, spelling, {
      kind: "a timestamp",
      readValue: readTimestamp,
      compare: Timestamp.compare,
    });
    return range === undefined
      ? TimeRange.never
      : TimeRange.of(range.start, range.end, range.inclusivity);
  }

  /** Whether it is `()`. */
  get isEmpty(): boolean {
    return (
      !this.includesStart &&
      this.start !== undefined &&
      this.start.nanoseconds === this.end?.nanoseconds
    );
  }

  /** Whether it is one instant. */
  get isInstant(): boolean {
    return (
      this.includesStart &&
      this.start !== undefined &&
      this.start.nanoseconds === this.end?.nanoseconds
    );
  }

  /** Which of its ends are within it, as one word. */
  get inclusivity(): Inclusivity {
    return toInclusivity(this.includesStart, this.includesEnd);
  }

  /**
   * From its start to its end, whether they are within or not; nothing if it is
   * unbounded.
   *
   * @throws {TimeOutOfRangeError} If that is beyond what a timestamp holds.
   */
  get length(): Timestamp | undefined {
    return this.start && this.end?.subtract(this.start);
  }

  /**
   * Gives the whole nanoseconds within it, as a database wants them: `[0:1_0:5]` has
   * those from 1 on, and before 6.
   *
   * @returns The first, and the one after the last; a range with no nanosecond within
   * has an end that is not behind its start.
   *
   * @example For an index of half-open ranges
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const { start, end } = TimeRange.parse("[0:1_0:5]").toNanosecondBounds();
   * assert.deepEqual([start, end], [1n, 6n]);
   * ```
   */
  toNanosecondBounds(): NanosecondBounds {
    if (this.isEmpty) return { start: 0n, end: 0n };
    return {
      start: this.start && this.#first,
      end: this.end && this.#past,
    };
  }

  /**
   * Tells whether an instant is within it.
   *
   * @param time An instant.
   * @returns Whether it is within.
   *
   * @example The end is not
   * ```ts
   * import { TimeRange, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[0:0_10:0)");
   * assert.ok(range.contains(Timestamp.parse("9:999999999")));
   * assert.ok(!range.contains(Timestamp.parse("10:0")));
   * ```
   */
  contains(time: Timestamp): boolean {
    const { nanoseconds } = time;
    return this.#first <= nanoseconds && nanoseconds < this.#past;
  }

  /**
   * Tells whether a range is within it.
   *
   * @param other The other.
   * @returns Whether all of the other is within this; `()` is within every range.
   *
   * @example Deleting only what is wholly within
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const asked = TimeRange.parse("[0:0_10:0)");
   * assert.ok(asked.containsRange(TimeRange.parse("[8:0_10:0)")));
   * assert.ok(!asked.containsRange(TimeRange.parse("[8:0_10:0]")));
   * ```
   */
  containsRange(other: TimeRange): boolean {
    if (other.isEmpty) return true;
    return (
      !this.isEmpty &&
      compareStarts(this, other) <= 0 &&
      compareEnds(this, other) >= 0
    );
  }

  /**
   * Tells whether there is time that both have.
   *
   * @param other The other.
   * @returns Whether both have some time in common.
   *
   * @example Neighbours do not
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[1:0_2:0)");
   * assert.ok(!range.overlaps(TimeRange.parse("[2:0_3:0)")));
   * assert.ok(range.overlaps(TimeRange.parse("[1:999999999_3:0)")));
   * ```
   */
  overlaps(other: TimeRange): boolean {
    return (
      compareEndToStart(this, other) > 0 &&
      compareEndToStart(other, this) > 0 &&
      !this.isEmpty &&
      !other.isEmpty
    );
  }

  /**
   * Tells whether there is no gap between both.
   *
   * @param other The other.
   * @returns Whether they overlap, or one starts just where the other ends, so that
   * they are one range together. `()` touches nothing.
   *
   * @example With a gap of one instant, or none
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[1:0_2:0)");
   * assert.ok(range.isContiguousWith(TimeRange.parse("[2:0_3:0)")));
   * assert.ok(!range.isContiguousWith(TimeRange.parse("(2:0_3:0)")));
   * ```
   */
  isContiguousWith(other: TimeRange): boolean {
    return (
      compareEndToStart(this, other) >= 0 &&
      compareEndToStart(other, this) >= 0 &&
      !this.isEmpty &&
      !other.isEmpty
    );
  }

  /**
   * Tells whether it is over before another begins.
   *
   * @param other The other.
   * @returns Whether all of this is before all of the other.
   *
   * @example In order
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[1:0_2:0)");
   * assert.ok(range.isEarlierThan(TimeRange.parse("[2:0_3:0)")));
   * ```
   */
  isEarlierThan(other: TimeRange): boolean {
    return (
      compareEndToStart(this, other) <= 0 && !this.isEmpty && !other.isEmpty
    );
  }

  /**
   * Tells whether it begins after another is over.
   *
   * @param other The other.
   * @returns Whether all of this is after all of the other.
   *
   * @example In order
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[2:0_3:0)");
   * assert.ok(range.isLaterThan(TimeRange.parse("[1:0_2:0)")));
   * ```
   */
  isLaterThan(other: TimeRange): boolean {
    return other.isEarlierThan(this);
  }

  /**
   * Tells whether it begins within another.
   *
   * @param other The other.
   * @returns Whether the start of this is within the other.
   */
  startsInside(other: TimeRange): boolean {
    return (
      compareStarts(this, other) >= 0 &&
      compareEndToStart(other, this) > 0 &&
      !this.isEmpty &&
      !other.isEmpty
    );
  }

  /**
   * Tells whether it ends within another.
   *
   * @param other The other.
   * @returns Whether the end of this is within the other.
   */
  endsInside(other: TimeRange): boolean {
    return (
      compareEnds(this, other) <= 0 &&
      compareEndToStart(this, other) > 0 &&
      !this.isEmpty &&
      !other.isEmpty
    );
  }

  /**
   * Tells whether it begins before another does.
   *
   * @param other The other.
   * @returns Whether this starts before the other does.
   */
  startsEarlierThan(other: TimeRange): boolean {
    return compareStarts(this, other) < 0 && !this.isEmpty && !other.isEmpty;
  }

  /**
   * Tells whether it goes on after another has ended.
   *
   * @param other The other.
   * @returns Whether this ends after the other does.
   */
  endsLaterThan(other: TimeRange): boolean {
    return compareEnds(this, other) > 0 && !this.isEmpty && !other.isEmpty;
  }

  /**
   * Gives what both have in common.
   *
   * @param other The other.
   * @returns `()` if that is nothing.
   *
   * @example What was asked for of a segment
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const segment = TimeRange.parse("[0:0_10:0)");
   * const asked = TimeRange.parse("(5:0_");
   * assert.equal(`${segment.intersect(asked)}`, "(5:0_10:0)");
   * ```
   */
  intersect(other: TimeRange): TimeRange {
    const later = this.#startsBefore(other) ? other : this;
    const earlier = other.#endsBefore(this) ? other : this;
    if (later === earlier) return later;
    const bounds = joinBounds(later, earlier);
    if (later.#first < earlier.#past) return new TimeRange(bounds);
    // Less than a nanosecond is left, or nothing.
    return this.isEmpty || other.isEmpty
      ? TimeRange.never
      : TimeRange.from(bounds);
  }

  /** Whether it starts earlier: told by whole nanoseconds, where they differ. */
  #startsBefore(other: TimeRange): boolean {
    if (this.#first < other.#first) return true;
    return this.#first === other.#first && compareStarts(this, other) < 0;
  }

  /** Whether it ends earlier: told by whole nanoseconds, where they differ. */
  #endsBefore(other: TimeRange): boolean {
    if (this.#past < other.#past) return true;
    return this.#past === other.#past && compareEnds(this, other) < 0;
  }

  /**
   * Gives both as one range.
   *
   * @param other The other.
   * @returns The union.
   * @throws {TimeOutOfRangeError} If they are not contiguous, or either is `()`:
   * {@linkcode TimeRanges} has unions with gaps, and {@linkcode TimeRange.encompass}
   * bridges them.
   *
   * @example Two segments as one
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[0:0_1:0)").union(TimeRange.parse("[1:0_2:0]"));
   * assert.equal(`${range}`, "[0:0_2:0]");
   * ```
   */
  union(other: TimeRange): TimeRange {
    if (this.isContiguousWith(other)) return this.encompass(other);
    throw new TimeOutOfRangeError(
      `Cannot unite ${this.toString()} with ${other.toString()} as one range: they are not contiguous`,
    );
  }

  /**
   * Gives the least range that has both, and the gap between them.
   *
   * @param other The other.
   * @returns The range; with `()` it is the other of the two.
   *
   * @example From the first to the last
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[0:0_1:0)").encompass(TimeRange.parse("[5:0]"));
   * assert.equal(`${range}`, "[0:0_5:0]");
   * ```
   */
  encompass(other: TimeRange): TimeRange {
    if (other.isEmpty) return this;
    if (this.isEmpty) return other;
    const earlier = compareStarts(this, other) < 0 ? this : other;
    const later = compareEnds(this, other) < 0 ? other : this;
    return earlier === later
      ? earlier
      : TimeRange.from(joinBounds(earlier, later));
  }

  /**
   * Gives the gap between both.
   *
   * @param other The other.
   * @returns `()` if they are contiguous, or either is `()`.
   *
   * @example What is missing
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const before = TimeRange.parse("[0:0_10:0)");
   * const after = TimeRange.parse("(20:0_30:0)");
   * assert.equal(`${before.between(after)}`, "[10:0_20:0]");
   * ```
   */
  between(other: TimeRange): TimeRange {
    if (this.isEarlierThan(other)) {
      return TimeRange.from(boundsBetween(this, other));
    }
    return other.isEarlierThan(this)
      ? TimeRange.from(boundsBetween(other, this))
      : TimeRange.never;
  }

  /**
   * Gives what comes before it.
   *
   * @returns All time before it; `()` if there is none, or it is `()`.
   *
   * @example All that is earlier
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${TimeRange.parse("[1:0_2:0)").before()}`, "_1:0)");
   * ```
   */
  before(): TimeRange {
    if (this.isEmpty || this.start === undefined) return TimeRange.never;
    return TimeRange.of(
      undefined,
      this.start,
      this.includesStart ? "[)" : "[]",
    );
  }

  /**
   * Gives what comes after it.
   *
   * @returns All time after it; `()` if there is none, or it is `()`.
   *
   * @example All that is later
   * ```ts
   * import { TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${TimeRange.parse("[1:0_2:0)").after()}`, "[2:0_");
   * ```
   */
  after(): TimeRange {
    if (this.isEmpty || this.end === undefined) return TimeRange.never;
    return TimeRange.of(this.end, undefined, this.includesEnd ? "(]" : "[]");
  }

  /**
   * Cuts it in two.
   *
   * @param time Where; it belongs to the second.
   * @returns What is before it, which may be `()`, and what is from it on.
   * @throws {TimeOutOfRangeError} If the instant is not within.
   *
   * @example Before and from
   * ```ts
   * import { TimeRange, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const parts = TimeRange.parse("[0:0_10:0)").splitAt(Timestamp.parse("4:0"));
   * assert.equal(parts.join(" "), "[0:0_4:0) [4:0_10:0)");
   * ```
   */
  splitAt(time: Timestamp): [TimeRange, TimeRange] {
    if (!this.contains(time)) {
      throw new TimeOutOfRangeError(
        `Cannot split ${this.toString()} at ${time.toString()}: that is not within`,
      );
    }
    const { start, end, includesStart, includesEnd } = this;
    return [
      TimeRange.from({ start, includesStart, end: time, includesEnd: false }),
      TimeRange.from({ start: time, includesStart: true, end, includesEnd }),
    ];
  }

  /**
   * Cuts it into parts of one length; the last may be shorter.
   *
   * The first keeps the start, the last keeps the end. They are made one at a time, as
   * they are asked for, and there is no end of them if the range has none.
   *
   * @param length How long a part is.
   * @returns The parts, in order; none for `()`.
   * @throws {TimeOutOfRangeError} If the range has no start, or the length is not
   * positive; at once.
   *
   * @example Segments of four seconds
   * ```ts
   * import { TimeRange, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[0:0_10:0)");
   * const parts = [...range.intoChunks(Timestamp.parse("4:0"))];
   * assert.equal(parts.join(" "), "[0:0_4:0) [4:0_8:0) [8:0_10:0)");
   * ```
   */
  intoChunks(length: Timestamp): Generator<TimeRange, void, undefined> {
    const start = checkStart(this.start, "cut into chunks");
    if (length.nanoseconds <= 0n) {
      throw new TimeOutOfRangeError(
        `Cannot cut into chunks of ${length.toString()}: that is not positive`,
      );
    }
    return cutAt(this, stepThrough({ start, end: this.end }, length));
  }

  /**
   * Cuts it where units of a rate start, so that each part is one unit; the first and
   * the last have what is nearest to them too.
   *
   * They are made one at a time, as they are asked for, and there is no end of them if
   * the range has none.
   *
   * Source: mediatimestamp's `TimeValueRange.subranges`.
   *
   * @param rate How many units there are in a second.
   * @param options Where the unit 0 starts.
   * @returns The parts, in order: none for `()`; the whole if it has no start.
   *
   * @example Frame by frame
   * ```ts
   * import { Rate, TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const parts = [...TimeRange.parse("[0:10000000_0:80000000)").subranges(Rate.of(25))];
   * assert.equal(parts.join(" "), "[0:10000000_0:40000000) [0:40000000_0:80000000)");
   * ```
   */
  subranges(
    rate: Rate,
    options?: PhaseOptions,
  ): Generator<TimeRange, void, undefined> {
    const { start, end } = this;
    return cutAt(
      this,
      start === undefined
        ? []
        : listUnitsBetween({ start, end }, rate, options),
    );
  }

  /**
   * Lists the starts of the units of a rate that are within.
   *
   * They are made one at a time, as they are asked for, and there is no end of them if
   * the range has none.
   *
   * @param rate How many units there are in a second.
   * @param options Where the unit 0 starts.
   * @returns The instants, in order.
   * @throws {TimeOutOfRangeError} If the range has no start; at once.
   *
   * @example When frames start
   * ```ts
   * import { Rate, TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const times = [...TimeRange.parse("(0:0_0:80000000]").atRate(Rate.of(25))];
   * assert.equal(times.join(" "), "0:40000000 0:80000000");
   * ```
   */
  atRate(
    rate: Rate,
    options?: PhaseOptions,
  ): Generator<Timestamp, void, undefined> {
    const start = checkStart(this.start, "list units at a rate");
    return listWithin(this, listUnitsFrom(start, rate, options));
  }

  /**
   * Tells which units of a rate it has, with its ends moved to them.
   *
   * @param rate How many units there are in a second.
   * @param options How its ends are moved, to the nearest unless said otherwise; where
   * the unit 0 starts.
   * @returns Their counts.
   * @throws {TimeOutOfRangeError} If a count is above what a `number` holds exactly.
   *
   * @example Which frames
   * ```ts
   * import { Rate, TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[28:800000000_48:0)");
   * assert.equal(`${range.toCountRange(Rate.of(25))}`, "[720_1200)");
   * ```
   */
  toCountRange(rate: Rate, options?: RangeCountOptions): CountRange {
    if (this.isEmpty) return CountRange.never;
    const { start, end } = roundEnds(this, rate, options);
    return CountRange.of(start, end);
  }

  /**
   * Moves its ends to starts of units of a rate, the nearest unless said otherwise.
   *
   * @param rate How many units there are in a second.
   * @param options How its ends are moved; where the unit 0 starts.
   * @returns A range whose start is within and whose end is not.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds, or a count
   * above what a `number` holds exactly.
   *
   * @example Whole frames, and no less
   * ```ts
   * import { Rate, TimeRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const range = TimeRange.parse("[0:10000000_0:90000000)");
   * const frames = range.normalise(Rate.of(25), { rounding: "out" });
   * assert.equal(`${frames}`, "[0:0_0:120000000)");
   * ```
   */
  normalise(rate: Rate, options?: RangeCountOptions): TimeRange {
    const counts = this.toCountRange(rate, options);
    return TimeRange.fromCountRange(counts, rate, options);
  }

  /**
   * Tells whether it is the same range.
   *
   * @param other The other.
   * @returns Whether both have the same ends, with the same markers.
   */
  equals(other: TimeRange): boolean {
    return compareStarts(this, other) === 0 && compareEnds(this, other) === 0;
  }

  /**
   * Writes TAMS's text.
   *
   * @returns TAMS's text, which {@linkcode TimeRange.parse} takes.
   */
  toString(): string {
    const { start, end } = this;
    if (this.isEmpty) return "()";
    if (this.isInstant) return `[${this.toPlainString()}]`;
    const opening = start && (this.includesStart ? "[" : "(");
    const closing = end && (this.includesEnd ? "]" : ")");
    return `${opening ?? ""}${this.toPlainString()}${closing ?? ""}`;
  }

  /**
   * Writes it without markers, as mediatimestamp can; with the spelling `any`,
   * {@linkcode TimeRange.parse} takes it with both ends included.
   *
   * @returns Such as `0:0_10:0`; an empty text for `()`.
   */
  toPlainString(): string {
    const { start, end } = this;
    if (this.isEmpty) return "";
    const text = start?.toString() ?? "";
    return this.isInstant ? text : `${text}_${end?.toString() ?? ""}`;
  }

  /**
   * Writes TAMS's text, for `JSON.stringify`.
   *
   * @returns TAMS's text.
   */
  toJSON(): string {
    return this.toString();
  }

  /**
   * Refuses `<` and `+`, which would compare and join texts.
   *
   * @throws {TypeError} Always.
   */
  valueOf(): never {
    throw new TypeError(
      "Cannot use a time range with an operator: call equals(), overlaps() and so on",
    );
  }
}

function readTimestamp(
  ...words: Parameters<typeof readNanoseconds>
): Timestamp {
  return Timestamp.fromNanoseconds(readNanoseconds(...words));
}

// Of a private generator in the class TypeScript 6.0 makes code that does not load.
/** Cuts a range at instants within it; nothing is left of `()`. */
function* cutAt(
  range: TimeRange,
  cuts: Iterable<Timestamp>,
): Generator<TimeRange, void, undefined> {
  if (range.isEmpty) return;
  for (const bounds of cut(range, cuts)) yield TimeRange.from(bounds);
}

/** Leaves out what is not within a range, and ends behind it. */
function* listWithin(
  range: TimeRange,
  times: Iterable<Timestamp>,
): Generator<Timestamp, void, undefined> {
  for (const time of times) {
    if (range.contains(time)) yield time;
    else if (range.end !== undefined && !time.isBefore(range.end)) return;
  }
}
