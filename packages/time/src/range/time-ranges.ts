import { Timestamp } from "../instant/timestamp.ts";
import { compareEnds, compareStarts } from "./bounds.ts";
import { TimeRange } from "./time-range.ts";

/**
 * A set of time ranges: what a flow covers, with its gaps.
 *
 * However it is made, it has its ranges in order, with a gap between each and the
 * next, and `()` never among them. So two sets that cover the same time are the same.
 * It never changes, and holds one range for each stretch without a gap.
 *
 * @example What is there, and what is missing
 * ```ts
 * import { TimeRange, TimeRanges } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const segments = ["[0:0_10:0)", "[10:0_20:0)", "[30:0_40:0)"];
 * const there = TimeRanges.of(segments.map((text) => TimeRange.parse(text)));
 * assert.equal(`${there}`, "[0:0_20:0) [30:0_40:0)");
 * assert.equal(`${there.gaps()}`, "[20:0_30:0)");
 * ```
 */
export class TimeRanges implements Iterable<TimeRange> {
  /** The set of nothing. */
  static readonly never: TimeRanges = new TimeRanges([]);
  /** The set of all time. */
  static readonly eternity: TimeRanges = new TimeRanges([TimeRange.eternity]);

  /** The ranges, in order; each with a gap before the next. */
  readonly ranges: readonly TimeRange[];

  private constructor(ranges: readonly TimeRange[]) {
    this.ranges = ranges;
  }

  /**
   * Makes a set that covers what any of the ranges does.
   *
   * Takes time for sorting them.
   *
   * @param ranges In any order; they may overlap.
   */
  static of(ranges: Iterable<TimeRange>): TimeRanges {
    const sorted = [...ranges]
      .filter((range) => !range.isEmpty)
      .sort(compareStarts);
    const joined: TimeRange[] = [];
    for (const range of sorted) {
      const last = joined.at(-1);
      if (last?.isContiguousWith(range)) {
        joined[joined.length - 1] = last.encompass(range);
      } else {
        joined.push(range);
      }
    }
    return new TimeRanges(joined);
  }

  /** Whether it covers nothing. */
  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** The least range that has all of it; `()` if it covers nothing. */
  get extent(): TimeRange {
    const [first, last] = [this.ranges[0], this.ranges.at(-1)];
    return first === undefined || last === undefined
      ? TimeRange.never
      : first.encompass(last);
  }

  /**
   * The lengths of its ranges together; nothing if it is unbounded.
   *
   * @throws {TimeOutOfRangeError} If that is beyond what a timestamp holds.
   */
  get length(): Timestamp | undefined {
    let sum = Timestamp.zero;
    for (const { length } of this.ranges) {
      if (length === undefined) return undefined;
      sum = sum.add(length);
    }
    return sum;
  }

  /**
   * Finds the range that has an instant.
   *
   * Takes time for a binary search.
   *
   * @param time The instant.
   * @returns The range; nothing if the instant is in a gap.
   */
  find(time: Timestamp): TimeRange | undefined {
    const range = this.#findUpTo(TimeRange.at(time));
    return range?.contains(time) ? range : undefined;
  }

  /**
   * Tells whether an instant is covered.
   *
   * @param time An instant.
   * @returns Whether it is covered.
   */
  contains(time: Timestamp): boolean {
    return this.find(time) !== undefined;
  }

  /**
   * Tells whether a range is covered without a gap.
   *
   * @param range A range.
   * @returns Whether all of it is covered, as `()` always is.
   *
   * @example Whether all is there
   * ```ts
   * import { TimeRange, TimeRanges } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const there = TimeRanges.of([TimeRange.parse("[0:0_9:0)")]);
   * assert.ok(there.covers(TimeRange.parse("[1:0_9:0)")));
   * assert.ok(!there.covers(TimeRange.parse("[1:0_9:0]")));
   * ```
   */
  covers(range: TimeRange): boolean {
    return (
      range.isEmpty || this.#findUpTo(range)?.containsRange(range) === true
    );
  }

  /** Finds the last range that does not start after another does. */
  #findUpTo(other: TimeRange): TimeRange | undefined {
    let [low, high] = [0, this.ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const range = this.ranges[middle];
      if (range !== undefined && compareStarts(range, other) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.ranges[low - 1];
  }

  /**
   * Puts both together.
   *
   * @param other The other set, or a range.
   * @returns What either covers.
   *
   * @example One more segment
   * ```ts
   * import { TimeRange, TimeRanges } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const there = TimeRanges.of([TimeRange.parse("[0:0_1:0)")]);
   * const more = there.union(TimeRange.parse("[1:0_2:0)"));
   * assert.equal(`${more}`, "[0:0_2:0)");
   * ```
   */
  union(other: TimeRanges | TimeRange): TimeRanges {
    return TimeRanges.of([...this.ranges, ...toRanges(other)]);
  }

  /**
   * Gives what both cover: with a range, the coverage within it.
   *
   * @param other The other set, or a range.
   * @returns What both cover.
   *
   * @example How much of what was asked for is there
   * ```ts
   * import { TimeRange, TimeRanges } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const there = TimeRanges.of([
   *   TimeRange.parse("[0:0_4:0)"),
   *   TimeRange.parse("[6:0_10:0)"),
   * ]);
   * const coverage = there.intersect(TimeRange.parse("[2:0_8:0)"));
   * assert.equal(`${coverage}`, "[2:0_4:0) [6:0_8:0)");
   * assert.equal(`${coverage.length}`, "4:0");
   * ```
   */
  intersect(other: TimeRanges | TimeRange): TimeRanges {
    const [ours, theirs] = [this.ranges, toRanges(other)];
    const common: TimeRange[] = [];
    let [our, their] = [0, 0];
    for (;;) {
      const [one, two] = [ours[our], theirs[their]];
      if (one === undefined || two === undefined) return new TimeRanges(common);
      const both = one.intersect(two);
      if (!both.isEmpty) common.push(both);
      if (compareEnds(one, two) < 0) our++;
      else their++;
    }
  }

  /**
   * Takes away what another covers.
   *
   * @param other The other set, or a range.
   * @returns What this covers and the other does not.
   *
   * @example After a deletion
   * ```ts
   * import { TimeRange, TimeRanges } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const there = TimeRanges.of([TimeRange.parse("[0:0_9:0)")]);
   * const left = there.subtract(TimeRange.parse("[3:0_6:0)"));
   * assert.equal(`${left}`, "[0:0_3:0) [6:0_9:0)");
   * ```
   */
  subtract(other: TimeRanges | TimeRange): TimeRanges {
    const those = other instanceof TimeRanges ? other : TimeRanges.of([other]);
    return this.intersect(those.complement());
  }

  /**
   * Gives the rest of time.
   *
   * @returns All time that it does not cover.
   *
   * @example What is nowhere
   * ```ts
   * import { TimeRange, TimeRanges } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const there = TimeRanges.of([TimeRange.parse("[0:0_9:0)")]);
   * assert.equal(`${there.complement()}`, "_0:0) [9:0_");
   * ```
   */
  complement(): TimeRanges {
    const [first, last] = [this.ranges[0], this.ranges.at(-1)];
    if (first === undefined || last === undefined) return TimeRanges.eternity;
    const all = [first.before(), ...listGaps(this.ranges), last.after()];
    return new TimeRanges(all.filter((range) => !range.isEmpty));
  }

  /**
   * Gives what is not covered: within a range, or else between its own start and end.
   *
   * Together with the coverage of the range it is the whole range, and they have
   * nothing in common.
   *
   * @param within The range; from its own start to its own end unless said otherwise.
   * @returns The gaps.
   *
   * @example What to fetch
   * ```ts
   * import { TimeRange, TimeRanges } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const there = TimeRanges.of([TimeRange.parse("[2:0_4:0)")]);
   * const missing = there.gaps(TimeRange.parse("[0:0_5:0]"));
   * assert.equal(`${missing}`, "[0:0_2:0) [4:0_5:0]");
   * ```
   */
  gaps(within?: TimeRange): TimeRanges {
    return within === undefined
      ? new TimeRanges(listGaps(this.ranges))
      : this.complement().intersect(within);
  }

  /**
   * Tells whether it covers the same.
   *
   * @param other The other.
   * @returns Whether both cover the same time.
   */
  equals(other: TimeRanges): boolean {
    return (
      this.ranges.length === other.ranges.length &&
      this.ranges.every((range, index) => {
        const its = other.ranges[index];
        return its !== undefined && range.equals(its);
      })
    );
  }

  /**
   * Goes through the ranges.
   *
   * @returns Its ranges, in order.
   */
  [Symbol.iterator](): Iterator<TimeRange> {
    return this.ranges[Symbol.iterator]();
  }

  /**
   * Writes the ranges, for people.
   *
   * @returns Its ranges as TAMS's texts, with spaces between; `()` if there is none.
   */
  toString(): string {
    return this.isEmpty ? "()" : this.ranges.join(" ");
  }

  /**
   * Writes the ranges, for `JSON.stringify`.
   *
   * @returns Its ranges as TAMS's texts.
   */
  toJSON(): string[] {
    return this.ranges.map((range) => range.toString());
  }
}

function toRanges(other: TimeRanges | TimeRange): readonly TimeRange[] {
  if (other instanceof TimeRanges) return other.ranges;
  return other.isEmpty ? [] : [other];
}

function listGaps(ranges: readonly TimeRange[]): TimeRange[] {
  return ranges.slice(1).flatMap((range, index) => {
    const before = ranges[index];
    return before === undefined ? [] : [before.between(range)];
  });
}
