import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimeRange, TimeRanges, Timestamp } from "@sluice/time";
import { timeRanges, timeRangeSets, timestamps } from "@sluice/time/testing";
import {
  around,
  common,
  isOneRun,
  line,
  listPoints,
  without,
} from "../support/half-nanoseconds.ts";

/** Makes a set out of texts. */
function setOf(...texts: string[]): TimeRanges {
  return TimeRanges.of(texts.map((text) => TimeRange.parse(text)));
}

describe("TimeRanges.of()", () => {
  it.each([
    [[], "()"],
    [["()"], "()"],
    [["[0:0_1:0)", "[1:0_2:0)"], "[0:0_2:0)"],
    [["[1:0_2:0)", "[0:0_1:0)"], "[0:0_2:0)"],
    [["[0:0_1:0)", "(1:0_2:0)"], "[0:0_1:0) (1:0_2:0)"],
    [["[0:0_1:0)", "(1:0_2:0)", "[1:0]"], "[0:0_2:0)"],
    [["[0:0_9:0)", "[1:0_2:0)", "[3:0_4:0)"], "[0:0_9:0)"],
    [["_1:0)", "[5:0_"], "_1:0) [5:0_"],
    [["_5:0]", "[5:0_"], "_"],
  ])("makes of %j the set %s", (texts, expected) => {
    expect(`${setOf(...texts)}`).toBe(expected);
  });

  it("takes any iterable, and leaves an array as it is", () => {
    const ranges = [TimeRange.parse("[5:0_"), TimeRange.parse("_1:0)")];

    expect(`${TimeRanges.of(new Set(ranges))}`).toBe("_1:0) [5:0_");
    expect(ranges.join(" ")).toBe("[5:0_ _1:0)");
  });
});

describe("a set of ranges", () => {
  const set = setOf("[0:0_10:0)", "(20:0_30:0]", "[40:0]");

  it("finds the range that has an instant", () => {
    const found = ["-1:0", "0:0", "9:0", "10:0", "20:0", "30:0", "40:0", "50:0"]
      .map((text) => set.find(Timestamp.parse(text)))
      .map((range) => range?.toString());

    expect(found).toEqual([
      undefined,
      "[0:0_10:0)",
      "[0:0_10:0)",
      undefined,
      undefined,
      "(20:0_30:0]",
      "[40:0]",
      undefined,
    ]);
  });

  it("tells its extent, its length and its gaps", () => {
    expect(`${set.extent}`).toBe("[0:0_40:0]");
    expect(`${set.length}`).toBe("20:0");
    expect(`${set.gaps()}`).toBe("[10:0_20:0] (30:0_40:0)");
    expect(TimeRanges.never.extent.isEmpty).toBe(true);
    expect(`${TimeRanges.never.length}`).toBe("0:0");
    expect(setOf("[0:0_").length).toBeUndefined();
    expect(TimeRanges.never.gaps().isEmpty).toBe(true);
  });

  it("tells gaps within a range, before the first and after the last too", () => {
    expect(`${set.gaps(TimeRange.parse("[-5:0_25:0)"))}`).toBe(
      "[-5:0_0:0) [10:0_20:0]",
    );
    expect(`${TimeRanges.never.gaps(TimeRange.parse("[1:0]"))}`).toBe("[1:0]");
    expect(`${set.gaps(TimeRange.never)}`).toBe("()");
  });

  it("is iterable, in order", () => {
    expect([...set].join(" ")).toBe(`${set}`);
    expect(JSON.stringify(set)).toBe('["[0:0_10:0)","(20:0_30:0]","[40:0]"]');
  });
});

describe("beside the naive model", () => {
  const sets = timeRangeSets(around);
  const many = { numRuns: 500 };

  it("keeps its ranges in order, with gaps between", () => {
    fc.assert(
      fc.property(sets, (set) => {
        for (const [index, range] of set.ranges.entries()) {
          expect(range.isEmpty).toBe(false);
          const next = set.ranges[index + 1];
          if (next === undefined) continue;
          expect(range.isEarlierThan(next)).toBe(true);
          expect(range.isContiguousWith(next)).toBe(false);
        }
      }),
      many,
    );
  });

  it("union, intersection, difference and complement are those of the points", () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [ours, theirs] = [listPoints(a), listPoints(b)];
        expect(listPoints(a.union(b))).toEqual(new Set([...ours, ...theirs]));
        expect(listPoints(a.intersect(b))).toEqual(common(ours, theirs));
        expect(listPoints(a.subtract(b))).toEqual(without(ours, theirs));
        expect(listPoints(a.complement())).toEqual(without(line, ours));
      }),
      many,
    );
  });

  it("a range is taken as the set of it alone", () => {
    fc.assert(
      fc.property(sets, timeRanges(around), (set, range) => {
        const alone = TimeRanges.of([range]);
        expect(`${set.union(range)}`).toBe(`${set.union(alone)}`);
        expect(`${set.intersect(range)}`).toBe(`${set.intersect(alone)}`);
        expect(`${set.subtract(range)}`).toBe(`${set.subtract(alone)}`);
      }),
    );
  });

  it("what operations give is in order, with gaps between, too", () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        for (const set of [
          a.intersect(b),
          a.subtract(b),
          a.complement(),
          a.gaps(),
        ]) {
          expect(set.equals(TimeRanges.of(set))).toBe(true);
        }
      }),
      many,
    );
  });

  it("coverage and gaps partition a range", () => {
    fc.assert(
      fc.property(sets, timeRanges(around), (set, range) => {
        const [coverage, gaps] = [set.intersect(range), set.gaps(range)];
        expect(`${coverage.union(gaps)}`).toBe(`${range}`);
        expect(coverage.intersect(gaps).isEmpty).toBe(true);
        expect(set.covers(range)).toBe(gaps.isEmpty);
      }),
      many,
    );
  });

  it("coverage and gaps partition the line", () => {
    fc.assert(
      fc.property(timeRangeSets(), (set) => {
        const gaps = set.gaps(TimeRange.eternity);
        expect(`${set.union(gaps)}`).toBe("_");
        expect(set.intersect(gaps).isEmpty).toBe(true);
        expect(gaps.equals(set.complement())).toBe(true);
        expect(set.complement().complement().equals(set)).toBe(true);
      }),
    );
  });

  it("gaps without a range are those within the extent", () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(`${set.gaps()}`).toBe(`${set.gaps(set.extent)}`);
        const all = new Set([...listPoints(set), ...listPoints(set.gaps())]);
        expect(set.isEmpty || isOneRun(all)).toBe(true);
      }),
      many,
    );
  });

  it("finds the one range that has an instant", () => {
    fc.assert(
      fc.property(sets, timestamps(around), (set, time) => {
        const has = set.ranges.filter((range) => range.contains(time));
        expect(has).toHaveLength(set.contains(time) ? 1 : 0);
        expect(set.find(time)).toBe(has[0]);
      }),
      many,
    );
  });

  it("sets of the same points are equal", () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(a.equals(b)).toBe(`${a}` === `${b}`);
        expect(a.equals(TimeRanges.of([...a.ranges].reverse()))).toBe(true);
      }),
    );
  });
});
