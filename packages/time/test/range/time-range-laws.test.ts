import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rate, TimeRange, Timestamp, TimeSyntaxError } from "@sluice/time";
import { rates, timeRanges, timestamps } from "@sluice/time/testing";
import {
  around,
  common,
  isOneRun,
  line,
  listPoints,
  without,
} from "../support/half-nanoseconds.ts";

const pairs = fc.tuple(timeRanges(around), timeRanges(around));
/** Few of the laws are about pairs that touch; so there are many of them. */
const many = { numRuns: 1000 };

/** Checks a law of two ranges, whose points it is given too. */
function checkPairs(
  law: (
    a: TimeRange,
    b: TimeRange,
    points: { a: ReadonlySet<number>; b: ReadonlySet<number> },
  ) => void,
): void {
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      law(a, b, { a: listPoints([a]), b: listPoints([b]) });
    }),
    many,
  );
}

describe("beside the naive model", () => {
  it("the intersection has the points that both have", () => {
    checkPairs((a, b, points) => {
      expect(listPoints([a.intersect(b)])).toEqual(common(points.a, points.b));
    });
  });

  it("ranges overlap if they have a point in common", () => {
    checkPairs((a, b, points) => {
      expect(a.overlaps(b)).toBe(common(points.a, points.b).size > 0);
    });
  });

  it("ranges are contiguous if together they are one run of points", () => {
    checkPairs((a, b, points) => {
      const both = new Set([...points.a, ...points.b]);
      const isRun = !a.isEmpty && !b.isEmpty && isOneRun(both);
      expect(a.isContiguousWith(b)).toBe(isRun);
      if (isRun) expect(listPoints([a.union(b)])).toEqual(both);
      else expect(() => a.union(b)).toThrow(RangeError);
    });
  });

  it("the gap is what encompassing adds", () => {
    checkPairs((a, b, points) => {
      const both = new Set([...points.a, ...points.b]);
      const gap = listPoints([a.between(b)]);
      expect(listPoints([a.encompass(b)])).toEqual(new Set([...both, ...gap]));
      expect(common(both, gap).size).toBe(0);
      expect(both.size === 0 || isOneRun(new Set([...both, ...gap]))).toBe(
        true,
      );
    });
  });

  it("a range contains another if it has all of its points", () => {
    checkPairs((a, b, points) => {
      expect(a.containsRange(b)).toBe(without(points.b, points.a).size === 0);
      expect(a.equals(b)).toBe(a.containsRange(b) && b.containsRange(a));
    });
  });

  it("the other relations compare the first points, and the last", () => {
    checkPairs((a, b, points) => {
      if (a.isEmpty || b.isEmpty) return;
      const [aStart, aEnd] = [Math.min(...points.a), Math.max(...points.a)];
      const [bStart, bEnd] = [Math.min(...points.b), Math.max(...points.b)];
      expect({
        earlier: a.isEarlierThan(b),
        later: a.isLaterThan(b),
        startsInside: a.startsInside(b),
        endsInside: a.endsInside(b),
        startsEarlier: a.startsEarlierThan(b),
        endsLater: a.endsLaterThan(b),
      }).toEqual({
        earlier: aEnd < bStart,
        later: bEnd < aStart,
        startsInside: bStart <= aStart && aStart <= bEnd,
        endsInside: bStart <= aEnd && aEnd <= bEnd,
        startsEarlier: aStart < bStart,
        endsLater: aEnd > bEnd,
      });
    });
  });

  it("() has no relation but to be contained", () => {
    fc.assert(
      fc.property(timeRanges(around), (range) => {
        for (const [a, b] of [
          [range, TimeRange.never],
          [TimeRange.never, range],
        ] as const) {
          expect([
            a.overlaps(b),
            a.isContiguousWith(b),
            a.isEarlierThan(b),
            a.isLaterThan(b),
            a.startsInside(b),
            a.endsInside(b),
            a.startsEarlierThan(b),
            a.endsLaterThan(b),
          ]).toEqual(Array.from({ length: 8 }, () => false));
        }
        expect(range.containsRange(TimeRange.never)).toBe(true);
      }),
    );
  });

  it("a range contains the nanoseconds that are its even points", () => {
    fc.assert(
      fc.property(timeRanges(around), timestamps(around), (range, time) => {
        const point = Number(time.nanoseconds) * 2;
        expect(range.contains(time)).toBe(listPoints([range]).has(point));
        const { start, end } = range.toNanosecondBounds();
        const isBetween =
          (start === undefined || start <= time.nanoseconds) &&
          (end === undefined || time.nanoseconds < end);
        expect(isBetween).toBe(range.contains(time));
      }),
      many,
    );
  });

  it("what is before, the range and what is after are all of time", () => {
    fc.assert(
      fc.property(timeRanges(around), (range) => {
        fc.pre(!range.isEmpty);
        const parts = [range.before(), range, range.after()];
        const sizes = parts.map((part) => listPoints([part]).size);
        expect(listPoints(parts)).toEqual(line);
        expect(sizes.reduce((sum, size) => sum + size)).toBe(line.size);
      }),
    );
  });
});

describe("texts", () => {
  it("every range survives the way to text and back", () => {
    fc.assert(
      fc.property(timeRanges(), (range) => {
        expect(TimeRange.parse(`${range}`).equals(range)).toBe(true);
        expect(TimeRange.parse(`${range}`)).toEqual(range);
      }),
    );
  });

  it("what is taken is given back to the letter, and anything else is a SyntaxError", () => {
    const pieces = fc.constantFrom(
      "[",
      "]",
      "(",
      ")",
      "_",
      "0:0",
      "-1:5",
      "7:0",
      "x",
      " ",
    );
    const texts = fc
      .array(pieces, { maxLength: 6 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(TimeRange.parse(text).toString()).toBe(text);
        } catch (error) {
          if (!(error instanceof TimeSyntaxError)) throw error;
          expect(error.position).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("with any spelling, all is taken that has to be, for the same", () => {
    fc.assert(
      fc.property(timeRanges(), (range) => {
        const any = TimeRange.parse(`${range}`, { spelling: "any" });
        expect(any.equals(range)).toBe(true);
        if (range.isEmpty) return;
        const plain = TimeRange.parse(range.toPlainString(), {
          spelling: "any",
        });
        expect(plain.equals(TimeRange.of(range.start, range.end, "[]"))).toBe(
          true,
        );
      }),
    );
  });
});

describe("parts", () => {
  const second = { min: Timestamp.zero, max: Timestamp.parse("1:0") };
  const bounded = timeRanges(second).filter(
    ({ start, end }) => start !== undefined && end !== undefined,
  );
  const slow = fc
    .integer({ min: 1, max: 60 })
    .map((frames) => Rate.of(frames * 1000, 1001));

  /** Checks that parts are, in order and without gaps, all of a range. */
  function checkParts(parts: readonly TimeRange[], whole: TimeRange): void {
    const joined = parts.reduce((sum, part) => {
      expect(
        sum.isEmpty || (sum.isEarlierThan(part) && sum.isContiguousWith(part)),
      ).toBe(true);
      expect(part.isEmpty).toBe(false);
      return sum.encompass(part);
    }, TimeRange.never);
    expect(`${joined}`).toBe(`${whole}`);
  }

  it("chunks are all of a range, and none is too long", () => {
    const lengths = timestamps({
      min: Timestamp.parse("0:10000000"),
      max: second.max,
    });
    fc.assert(
      fc.property(bounded, lengths, (range, length) => {
        const chunks = [...range.intoChunks(length)];
        checkParts(chunks, range);
        for (const chunk of chunks) {
          expect(chunk.length?.isAfter(length)).toBe(false);
        }
      }),
    );
  });

  it("subranges are all of a range", () => {
    fc.assert(
      fc.property(bounded, slow, (range, rate) => {
        checkParts([...range.subranges(rate)], range);
      }),
    );
  });

  it("both parts of a split are all of a range", () => {
    fc.assert(
      fc.property(timeRanges(around), timestamps(around), (range, time) => {
        fc.pre(range.contains(time));
        const [before, from] = range.splitAt(time);
        checkParts(
          [before, from].filter((part) => !part.isEmpty),
          range,
        );
        expect(from.contains(time)).toBe(true);
      }),
    );
  });

  it("units at a rate are those that are within, in order", () => {
    fc.assert(
      fc.property(bounded, slow, (range, rate) => {
        const expected = Array.from({ length: 63 }, (_, count) =>
          Timestamp.fromCount(count - 1, rate),
        ).filter((time) => range.contains(time));
        expect([...range.atRate(rate)].join()).toBe(expected.join());
      }),
    );
  });

  it("units at any rate are as many as there are counts between", () => {
    fc.assert(
      fc.property(rates(), fc.integer(), fc.nat(50), (rate, first, size) => {
        const start = Timestamp.fromCount(first, rate);
        const end = Timestamp.fromCount(first + size, rate);
        const times = [...TimeRange.of(start, end).atRate(rate)];
        expect(times).toHaveLength(size);
        expect(`${TimeRange.of(start, end).toCountRange(rate)}`).toBe(
          size === 0 ? "()" : `[${first}_${first + size})`,
        );
      }),
    );
  });

  it("out leaves nothing out, but a nanosecond that is rounded away, and has in", () => {
    const nanosecond = Timestamp.fromNanoseconds(1);
    fc.assert(
      fc.property(bounded, slow, (range, rate) => {
        const halfOpen = TimeRange.of(range.start, range.end);
        const inner = halfOpen.normalise(rate, { rounding: "in" });
        const outer = halfOpen.normalise(rate, { rounding: "out" });
        const most = TimeRange.of(range.start, range.end?.subtract(nanosecond));
        expect(outer.containsRange(most)).toBe(true);
        expect(outer.containsRange(inner)).toBe(true);
      }),
    );
  });
});
