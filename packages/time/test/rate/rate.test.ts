import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rate, TimeOutOfRangeError } from "@sluice/time";
import { rates } from "@sluice/time/testing";

describe("Rate.of()", () => {
  it("keeps a fraction in lowest terms", () => {
    expect(Rate.of(60000, 2002)).toMatchObject({
      numerator: 30000,
      denominator: 1001,
    });
    expect(`${Rate.of(50n, 2n)}`).toBe("25");
  });

  it.each([
    [0, 1, "Cannot use 0/1 as a rate: it is not positive"],
    [1, 0, "Cannot use 1/0 as a rate: it is not positive"],
    [-25, 1, "Cannot use -25/1 as a rate: it is not positive"],
    [-25, -1, "Cannot use -25/-1 as a rate: it is not positive"],
    [
      1_000_000_001,
      1,
      "Cannot use 1000000001/1 as a rate: a unit would be below a nanosecond",
    ],
    [
      29.97,
      1,
      "Cannot use 29.97 as a rate's numerator: it is not a whole number that is exact",
    ],
  ])("refuses %d/%d", (numerator, denominator, message) => {
    expect(() => Rate.of(numerator, denominator)).toThrow(TimeOutOfRangeError);
    expect(() => Rate.of(numerator, denominator)).toThrow(message);
  });

  it("refuses terms that a number does not hold exactly", () => {
    expect(() => Rate.of(2n ** 60n + 1n, 2n ** 60n)).toThrow(
      TimeOutOfRangeError,
    );
  });

  it("takes a unit for each nanosecond", () => {
    expect(Rate.of(1_000_000_000).nanosecondsToCount(7n)).toBe(7n);
  });
});

describe("Rate.parse()", () => {
  it.each([
    ["25", "25"],
    ["25/1", "25"],
    ["60000/2002", "30000/1001"],
  ])("takes %s", (text, expected) => {
    expect(`${Rate.parse(text)}`).toBe(expected);
  });

  it.each([
    ["", 0],
    ["29.97", 2],
    ["25/", 3],
    ["/1", 0],
    ["025", 1],
    ["25/01", 4],
    ["-25", 0],
    ["25 ", 2],
    ["25/1/1", 4],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => Rate.parse(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it.each(["0", "0/1", "1/0", "9".repeat(300_000), "1/" + "9".repeat(300_000)])(
    "refuses what is no rate",
    (text) => {
      expect(() => Rate.parse(text)).toThrow(RangeError);
    },
  );
});

describe("Rate.near()", () => {
  it.each([
    [25, "25"],
    [29.97, "30000/1001"],
    [29.97003, "30000/1001"],
    [59.94, "60000/1001"],
    [59.94006, "60000/1001"],
    [23.976, "24000/1001"],
    [23.976024, "24000/1001"],
    [119.88, "120000/1001"],
    [12.5, "25/2"],
    [46.875, "375/8"],
    [0.5, "1/2"],
    [44100, "44100"],
  ])("takes %d for %s", (number, expected) => {
    expect(`${Rate.near(number)}`).toBe(expected);
  });

  it("goes further if it is told to", () => {
    expect(`${Rate.near(23.98, { tolerance: 1e-3 })}`).toBe("24");
    expect(`${Rate.near(23.98, { tolerance: 2e-4 })}`).toBe("24000/1001");
  });

  it.each([0, -25, NaN, Infinity])("refuses %d", (number) => {
    expect(() => Rate.near(number)).toThrow(
      `Cannot use ${number} as units in a second: it is not positive and finite`,
    );
  });

  it("refuses a tolerance that is none", () => {
    expect(() => Rate.near(25, { tolerance: 0 })).toThrow(RangeError);
    expect(() => Rate.near(2e9)).toThrow(RangeError);
  });

  it("finds the rate whose number it is given", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.boolean(),
        (whole, isNtsc) => {
          const rate = isNtsc ? Rate.of(whole * 1000, 1001) : Rate.of(whole);
          expect(`${Rate.near(rate.toNumber())}`).toBe(`${rate}`);
        },
      ),
    );
  });

  it("is as near as it is told to be, and never gives up", () => {
    const numbers = fc.double({ min: 1e-6, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(numbers, (number) => {
        const ratio = Rate.near(number).toNumber() / number;
        expect(Math.abs(ratio - 1)).toBeLessThan(1.1e-5);
      }),
    );
  });
});

describe("a rate", () => {
  it("survives the way to text and JSON and back", () => {
    fc.assert(
      fc.property(rates(), (rate) => {
        expect(Rate.parse(`${rate}`).equals(rate)).toBe(true);
        expect(Rate.from(rate.toJSON()).equals(rate)).toBe(true);
        expect(Rate.from(rate)).toEqual(rate);
      }),
    );
  });

  it("has the denominator 1 in TAMS's JSON if it is missing", () => {
    expect(Rate.from({ numerator: 48000 }).toJSON()).toEqual({
      numerator: 48000,
      denominator: 1,
    });
  });

  it("is the same as another of the same fraction", () => {
    expect(Rate.of(25).equals(Rate.of(50, 2))).toBe(true);
    expect(Rate.of(30).equals(Rate.of(30000, 1001))).toBe(false);
    expect(Rate.of(30)).not.toEqual(Rate.of(30000, 1001));
  });

  it("sees to it that operators fail", () => {
    expect(() => Rate.of(25) < Rate.of(30)).toThrow(TypeError);
  });
});
