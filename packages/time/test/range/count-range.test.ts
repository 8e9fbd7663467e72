import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CountRange, Rate, TimeOutOfRangeError, TimeRange } from "@sluice/time";

describe("CountRange.parse()", () => {
  it.each(["[0_10)", "[-5_-1)", "[5_", "_5)", "_", "()"])(
    "takes %s, and gives it back to the letter",
    (text) => {
      expect(CountRange.parse(text).toString()).toBe(text);
    },
  );

  it.each([
    ["", 0],
    ["[0_10]", 0],
    ["(0_10)", 0],
    ["[5]", 0],
    ["5", 0],
    ["[5_5)", 3],
    ["[10_0)", 4],
    ["[05_6)", 2],
    ["[-0_6)", 1],
    ["[0_6", 4],
    ["[0:0_6:0)", 2],
    ["_)", 1],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => CountRange.parse(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it("tells what to write instead", () => {
    expect(() => CountRange.parse("[0_10]")).toThrow(
      'Cannot parse "[0_10]" as a range of counts: at position 0 the spelling [0_11) is expected, not "[0_10]"',
    );
  });

  it("refuses counts that a number does not hold exactly", () => {
    expect(() => CountRange.parse("[0_9007199254740993)")).toThrow(
      TimeOutOfRangeError,
    );
    expect(() => CountRange.parse(`[0_${"9".repeat(300_000)})`)).toThrow(
      TimeOutOfRangeError,
    );
  });
});

describe("CountRange.of()", () => {
  it.each([0.5, NaN, Infinity, 2 ** 53])("refuses %s", (count) => {
    expect(() => CountRange.of(count, undefined)).toThrow(TimeOutOfRangeError);
    expect(() => CountRange.of(undefined, count)).toThrow(TimeOutOfRangeError);
  });

  it("is the same however it is spelled", () => {
    expect(CountRange.of(0, 9, "[]").equals(CountRange.of(-1, 10, "()"))).toBe(
      true,
    );
    expect(CountRange.of(0, 9, "[]")).toEqual(CountRange.of(0, 10));
    expect(CountRange.of(5, 5).equals(CountRange.never)).toBe(true);
    expect(CountRange.of(undefined, undefined)).toBe(CountRange.eternity);
  });
});

describe("a range of counts", () => {
  it("has its start and not its end", () => {
    const range = CountRange.of(5, 7);

    expect([4, 5, 6, 7].map((count) => range.contains(count))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(CountRange.never.contains(0)).toBe(false);
    expect(CountRange.eternity.contains(-5)).toBe(true);
  });

  it("tells how many it has", () => {
    expect(CountRange.of(5, 7).length).toBe(2);
    expect(CountRange.never.length).toBe(0);
    expect(CountRange.parse("[5_").length).toBe(Infinity);
  });

  it("writes its text in JSON", () => {
    expect(JSON.stringify([CountRange.of(0, 1)])).toBe('["[0_1)"]');
  });

  it("survives the way to text and to time and back", () => {
    const counts = fc.option(fc.integer(), { nil: undefined });
    const rate = Rate.of(24000, 1001);
    fc.assert(
      fc.property(counts, counts, (start, end) => {
        const range = CountRange.of(start, end);
        expect(CountRange.parse(`${range}`).equals(range)).toBe(true);
        const time = TimeRange.fromCountRange(range, rate);
        expect(`${time.toCountRange(rate)}`).toBe(`${range}`);
      }),
    );
  });
});
