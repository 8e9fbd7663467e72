import { describe, expect, it } from "vitest";
import { CountRange, Rate, TimeRange, Timestamp } from "@sluice/time";

/** Gives the first two items of what may have no end, as a text. */
function takeTwo(items: Iterable<unknown>): string {
  const taken: unknown[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === 2) break;
  }
  return taken.join(" ");
}

const parse = (text: string) => TimeRange.parse(text);

describe("TimeRange.parse()", () => {
  it.each([
    "[0:0_10:0)",
    "[0:0_10:0]",
    "(0:0_10:0)",
    "(0:0_10:0]",
    "[-5:0_-1:0)",
    "(0:0_0:1)",
    "[5:0]",
    "[-0:1]",
    "[5:0_",
    "(5:0_",
    "_5:0)",
    "_5:0]",
    "_",
    "()",
  ])("takes %s, and gives it back to the letter", (text) => {
    expect(parse(text).toString()).toBe(text);
  });

  it.each([
    ["", 0],
    ["[", 1],
    ["(", 1],
    [")", 0],
    ["[]", 1],
    ["[)", 1],
    ["()x", 2],
    ["__", 1],
    ["_)", 1],
    ["[_]", 1],
    ["(_)", 1],
    ["[_5:0]", 1],
    ["[5:0_)", 5],
    ["_5:0", 4],
    ["[5:0", 4],
    ["5:0]", 0],
    ["5:0", 0],
    ["0:0_10:0", 0],
    ["0:0_10:0)", 0],
    ["[0:0_10:0", 9],
    ["(5:0)", 4],
    ["(5:0]", 4],
    ["[5:0)", 4],
    ["[5:0_5:0]", 5],
    ["[5:0_5:0)", 5],
    ["[10:0_0:0]", 6],
    ["[-0:0_1:0)", 1],
    ["[0:0_1:0)xyz", 9],
    ["[0:0_1:0_2:0)", 8],
    ["[ 0:0_1:0)", 1],
    ["[0:0-1:0)", 4],
    ["[1_2)", 2],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => parse(text)).toThrow(SyntaxError);
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position, text }),
    );
  });

  it("refuses an end beyond the highest", () => {
    expect(() => parse("[0:0_281474976710656:0)")).toThrow(RangeError);
  });

  it("tells what to write instead", () => {
    expect(() => parse("[5:0_5:0]")).toThrow(
      'Cannot parse "[5:0_5:0]" as a time range: at position 5 a later end, or one value alone for the whole is expected, not "5:0]"',
    );
    expect(() => parse("[5:0_1:0]")).toThrow(
      'Cannot parse "[5:0_1:0]" as a time range: at position 5 a later end, or () for the whole is expected, not "1:0]"',
    );
    expect(() => parse("(5:0)")).toThrow(
      'Cannot parse "(5:0)" as a time range: at position 4 "_", or a timestamp alone within "[" and "]" is expected, not ")"',
    );
  });

  it.each([null, undefined, 5, {}])(
    "refuses %s, which is no string",
    (value) => {
      // @ts-expect-error -- the value is of another type on purpose
      expect(() => TimeRange.parse(value)).toThrow(TypeError);
    },
  );

  describe("with any spelling", () => {
    it.each([
      ["0:0_10:0", "[0:0_10:0]"],
      ["5:0", "[5:0]"],
      ["5:0_", "[5:0_"],
      ["_5:0", "_5:0]"],
      ["[5:0_5:0]", "[5:0]"],
      ["[5:0_5:0)", "()"],
      ["(5:0_5:0]", "()"],
      ["(5:0_5:0)", "()"],
      ["[10:0_0:0]", "()"],
      ["[-0:0_1:0)", "[0:0_1:0)"],
      ["[0:0_10:0)", "[0:0_10:0)"],
    ])("takes %s for %s", (text, expected) => {
      expect(`${TimeRange.parse(text, { spelling: "any" })}`).toBe(expected);
    });

    it.each([
      ["", 0],
      ["[]", 1],
      ["[_]", 1],
      ["_)", 1],
      ["[5:0", 4],
      ["5:0)", 3],
      ["(5:0)", 4],
      ["[0:0_10:0", 9],
      ["0:0_10:0)", 8],
      ["[0:0_1:0)xyz", 9],
      ["01:0_2:0", 1],
    ])("refuses %j, at position %i", (text, position) => {
      expect(() => TimeRange.parse(text, { spelling: "any" })).toThrow(
        expect.objectContaining({ code: "TIME_SYNTAX", position }),
      );
    });
  });
});

describe("making ranges", () => {
  const [five, ten] = [Timestamp.parse("5:0"), Timestamp.parse("10:0")];

  it.each([
    [TimeRange.of(five, ten), "[5:0_10:0)"],
    [TimeRange.of(five, ten, "()"), "(5:0_10:0)"],
    [TimeRange.of(five, five, "[]"), "[5:0]"],
    [TimeRange.of(five, five, "[)"), "()"],
    [TimeRange.of(ten, five, "[]"), "()"],
    [TimeRange.of(undefined, undefined, "()"), "_"],
    [TimeRange.of(undefined, five, "()"), "_5:0)"],
    [TimeRange.of(five, undefined, "()"), "(5:0_"],
    [TimeRange.at(five), "[5:0]"],
    [TimeRange.fromStartLength(five, ten, "[]"), "[5:0_15:0]"],
    [TimeRange.fromStartLength(five, Timestamp.zero), "()"],
    [TimeRange.fromStartLength(five, ten.negate()), "()"],
  ])("%s", (range, expected) => {
    expect(`${range}`).toBe(expected);
    expect(range.equals(TimeRange.parse(expected))).toBe(true);
    expect(range).toEqual(TimeRange.parse(expected));
  });

  it("refuses a length that goes beyond the highest", () => {
    expect(() => TimeRange.fromStartLength(Timestamp.highest, ten)).toThrow(
      RangeError,
    );
  });
});

describe("looking at a range", () => {
  it("tells what it is", () => {
    expect(parse("()")).toMatchObject({ isEmpty: true, isInstant: false });
    expect(parse("[5:0]")).toMatchObject({ isEmpty: false, isInstant: true });
    expect(parse("_")).toMatchObject({ isEmpty: false, isInstant: false });
    expect(parse("(0:0_0:1)")).toMatchObject({ isEmpty: false });
    expect(parse("(5:0_6:0]").inclusivity).toBe("(]");
    expect(parse("_").inclusivity).toBe("[]");
  });

  it("tells its length, if it has one", () => {
    expect(`${parse("(2:0_5:0]").length}`).toBe("3:0");
    expect(`${parse("()").length}`).toBe("0:0");
    expect(parse("[0:0_").length).toBeUndefined();
    expect(parse("_0:0]").length).toBeUndefined();
  });

  it("does not clamp a length", () => {
    const range = TimeRange.of(Timestamp.lowest, Timestamp.highest);

    expect(() => range.length).toThrow(RangeError);
  });

  it.each([
    ["[0:1_0:5)", 1n, 5n],
    ["(0:1_0:5]", 2n, 6n],
    ["[0:5]", 5n, 6n],
    ["(0:1_0:2)", 2n, 2n],
    ["()", 0n, 0n],
    ["_", undefined, undefined],
    ["(0:1_", 2n, undefined],
  ])("%s has the nanoseconds from %s on, before %s", (text, start, end) => {
    expect(parse(text).toNanosecondBounds()).toEqual({ start, end });
  });

  it("writes TAMS's text in JSON", () => {
    expect(JSON.stringify([parse("[0:0_1:0)")])).toBe('["[0:0_1:0)"]');
  });

  it("sees to it that operators fail", () => {
    expect(() => parse("_") < parse("()")).toThrow(TypeError);
  });
});

describe("cutting a range", () => {
  it("refuses to unite what has a gap between", () => {
    expect(() => parse("[0:0_1:0)").union(parse("(1:0_2:0)"))).toThrow(
      "Cannot unite [0:0_1:0) with (1:0_2:0) as one range: they are not contiguous",
    );
    expect(() => parse("[0:0_1:0)").union(parse("()"))).toThrow(RangeError);
  });

  it("refuses to split where it is not", () => {
    expect(() => parse("[0:0_1:0)").splitAt(Timestamp.parse("1:0"))).toThrow(
      "Cannot split [0:0_1:0) at 1:0: that is not within",
    );
    expect(() => parse("()").splitAt(Timestamp.zero)).toThrow(RangeError);
  });

  it("refuses chunks and units without a start, at once", () => {
    const length = Timestamp.parse("1:0");

    expect(() => parse("_1:0)").intoChunks(length)).toThrow(
      "Cannot cut into chunks: the range has no start",
    );
    expect(() => parse("_").atRate(Rate.of(25))).toThrow(
      "Cannot list units at a rate: the range has no start",
    );
  });

  it.each(["0:0", "-1:0"])("refuses chunks of %s, at once", (length) => {
    expect(() =>
      parse("[0:0_1:0)").intoChunks(Timestamp.parse(length)),
    ).toThrow(`Cannot cut into chunks of ${length}: that is not positive`);
  });

  it("gives no parts of ()", () => {
    expect([...parse("()").intoChunks(Timestamp.parse("1:0"))]).toEqual([]);
    expect([...parse("()").subranges(Rate.of(25))]).toEqual([]);
    expect([...parse("()").atRate(Rate.of(25))]).toEqual([]);
  });

  it("gives parts without end, one at a time", () => {
    const [chunks, units, times] = [
      parse("[0:0_").intoChunks(Timestamp.parse("1:0")),
      parse("[0:0_").subranges(Rate.of(25)),
      parse("(0:0_").atRate(Rate.of(25)),
    ];

    expect(takeTwo(chunks)).toBe("[0:0_1:0) [1:0_2:0)");
    expect(takeTwo(units)).toBe("[0:0_0:40000000) [0:40000000_0:80000000)");
    expect(takeTwo(times)).toBe("0:40000000 0:80000000");
  });

  it("ends at the highest timestamp", () => {
    const start = Timestamp.highest.subtract(Timestamp.parse("0:999999999"));
    const range = TimeRange.of(start, undefined);
    const half = Timestamp.parse("0:600000000");

    expect([...range.atRate(Rate.of(2))].join(" ")).toBe(
      "281474976710655:0 281474976710655:500000000",
    );
    expect([...range.intoChunks(half)].join(" ")).toBe(
      "[281474976710655:0_281474976710655:600000000) [281474976710655:600000000_",
    );
  });

  it("starts at the lowest timestamp", () => {
    const range = TimeRange.of(Timestamp.lowest, Timestamp.zero);

    expect(takeTwo(range.atRate(Rate.of(1)))).toBe(
      "-281474976710655:0 -281474976710654:0",
    );
    expect(takeTwo(range.atRate(Rate.of(30000, 1001)))).toMatch(
      /^-281474976710655:994933333 /,
    );
  });

  it("counts from the phase", () => {
    const phase = Timestamp.parse("0:10000000");
    const rate = Rate.of(25);
    const range = parse("[0:0_0:100000000)");

    expect([...range.atRate(rate, { phase })].join(" ")).toBe(
      "0:10000000 0:50000000 0:90000000",
    );
    expect([...range.subranges(rate, { phase })].join(" ")).toBe(
      "[0:0_0:50000000) [0:50000000_0:100000000)",
    );
    expect(`${range.toCountRange(rate, { phase })}`).toBe("[0_2)");
    expect(`${range.normalise(rate, { phase, rounding: "out" })}`).toBe(
      "[-0:30000000_0:130000000)",
    );
  });
});

describe("counts of a range", () => {
  const rate = Rate.of(25);

  it("leaves open what is unbounded", () => {
    expect(`${parse("[1:0_").toCountRange(rate)}`).toBe("[25_");
    expect(`${parse("_1:0]").toCountRange(rate)}`).toBe("_26)");
    expect(`${TimeRange.fromCountRange(CountRange.parse("[25_"), rate)}`).toBe(
      "[1:0_",
    );
  });

  it("has nothing left if both ends are moved past each other", () => {
    const range = parse("[0:10000000_0:20000000)");

    expect(`${range.normalise(rate, { rounding: "in" })}`).toBe("()");
  });

  it("moves the other end the way that one goes", () => {
    const range = parse("[0:30000000_0:95000000)");

    expect(`${range.toCountRange(rate, { rounding: "start" })}`).toBe("[1_3)");
    expect(`${range.toCountRange(rate, { rounding: "end" })}`).toBe("[0_2)");
  });

  it("refuses counts that a number does not hold", () => {
    const range = TimeRange.of(Timestamp.zero, Timestamp.highest);

    expect(() => range.toCountRange(Rate.of(1_000_000_000))).toThrow(
      RangeError,
    );
  });
});
