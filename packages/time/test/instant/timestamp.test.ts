import { describe, expect, it } from "vitest";
import { Rate, TimeOutOfRangeError, Timestamp } from "@sluice/time";

const highest = "281474976710655:999999999";

describe("Timestamp.parse()", () => {
  it.each([
    "0:0",
    "1:40000000",
    "-0:1",
    "-1:999999999",
    highest,
    `-${highest}`,
  ])("takes %s, and gives it back to the letter", (text) => {
    expect(Timestamp.parse(text).toString()).toBe(text);
  });

  it.each([
    ["", 0],
    ["-", 1],
    ["1", 1],
    ["1:", 2],
    [":1", 0],
    ["a:b", 0],
    ["1:2:3", 3],
    ["01:2", 1],
    ["1:02", 3],
    ["1:1000000000", 11],
    ["+1:2", 0],
    ["--1:2", 1],
    ["1:-2", 2],
    [" 1:2", 0],
    ["1:2 ", 3],
    ["1.5", 1],
    ["1:2n", 3],
    ["0x1:2", 1],
    ["1e3:2", 1],
    ["١:٢", 0],
    ["-0:0", 0],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => Timestamp.parse(text)).toThrow(SyntaxError);
    expect(() => Timestamp.parse(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it.each([
    "281474976710656:0",
    "-281474976710656:0",
    "9".repeat(500_000) + ":0",
  ])("refuses what is beyond the highest", (text) => {
    expect(() => Timestamp.parse(text)).toThrow(TimeOutOfRangeError);
  });

  it("takes -0:0 only if any spelling will do", () => {
    expect(`${Timestamp.parse("-0:0", { spelling: "any" })}`).toBe("0:0");
    expect(() => Timestamp.parse("01:0", { spelling: "any" })).toThrow(
      SyntaxError,
    );
  });

  it.each([undefined, null, 5, 5n, {}, new String("1:0")])(
    "refuses %s, which is no string",
    (value) => {
      // @ts-expect-error -- the value is of another type on purpose
      expect(() => Timestamp.parse(value)).toThrow(TypeError);
    },
  );
});

describe("Timestamp.fromNanoseconds()", () => {
  it("takes either type of number", () => {
    expect(`${Timestamp.fromNanoseconds(-1)}`).toBe("-0:1");
    expect(`${Timestamp.fromNanoseconds(1_000_000_001n)}`).toBe("1:1");
  });

  it.each([0.5, NaN, Infinity, 2 ** 53])(
    "refuses %s, which is not a whole number that is exact",
    (value) => {
      expect(() => Timestamp.fromNanoseconds(value)).toThrow(
        `Cannot use ${value} as nanoseconds: it is not a whole number that is exact`,
      );
    },
  );

  it("refuses a text", () => {
    // @ts-expect-error -- the value is of another type on purpose
    expect(() => Timestamp.fromNanoseconds("5")).toThrow(TypeError);
  });

  it("takes the highest, and nothing beyond", () => {
    const { nanoseconds } = Timestamp.highest;

    expect(`${Timestamp.fromNanoseconds(nanoseconds)}`).toBe(highest);
    expect(() => Timestamp.fromNanoseconds(nanoseconds + 1n)).toThrow(
      RangeError,
    );
    expect(() => Timestamp.fromNanoseconds(-nanoseconds - 1n)).toThrow(
      RangeError,
    );
  });
});

describe("Timestamp.fromParts()", () => {
  it("adds up what it is given", () => {
    const time = Timestamp.fromParts({ seconds: 1, nanoseconds: -1 });

    expect(`${time}`).toBe("0:999999999");
  });

  it("is undone by toParts()", () => {
    const time = Timestamp.parse("-3:5");

    expect(time.toParts()).toEqual({ sign: -1, seconds: 3, nanoseconds: 5 });
    expect(Timestamp.fromParts(time.toParts()).equals(time)).toBe(true);
  });

  it.each([
    { seconds: 0.5 },
    { seconds: 1, nanoseconds: 0.5 },
    { seconds: NaN },
  ])("refuses %o", (parts) => {
    expect(() => Timestamp.fromParts(parts)).toThrow(RangeError);
  });
});

describe("Timestamp.fromSeconds()", () => {
  it("goes to the nearest nanosecond, also where cutting off would not", () => {
    expect(`${Timestamp.fromSeconds(1.001)}`).toBe("1:1000000");
    expect(`${Timestamp.fromSeconds(-1.001)}`).toBe("-1:1000000");
    expect(`${Timestamp.fromSeconds(0.9999999999)}`).toBe("1:0");
    expect(`${Timestamp.fromSeconds(-0)}`).toBe("0:0");
  });

  it("keeps whole seconds exact, however many", () => {
    expect(`${Timestamp.fromSeconds(281474976710655)}`).toBe(
      "281474976710655:0",
    );
  });

  it.each([NaN, Infinity, -Infinity, 1e300])("refuses %s", (seconds) => {
    expect(() => Timestamp.fromSeconds(seconds)).toThrow(TimeOutOfRangeError);
  });
});

describe("Timestamp.parseSeconds()", () => {
  it.each([
    ["0", "0:0"],
    ["-0.000000001", "-0:1"],
    ["1702036800.04", "1702036800:40000000"],
    ["-1", "-1:0"],
  ])("takes %s", (text, expected) => {
    expect(`${Timestamp.parseSeconds(text)}`).toBe(expected);
  });

  it.each([
    ["", 0],
    [".5", 0],
    ["1.", 2],
    ["01", 1],
    ["1.1234567890", 11],
    ["1e3", 1],
    ["1.5 ", 3],
    ["NaN", 0],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => Timestamp.parseSeconds(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it.each(["281474976710656", "1".repeat(100_000)])(
    "refuses what is beyond the highest",
    (text) => {
      expect(() => Timestamp.parseSeconds(text)).toThrow(RangeError);
    },
  );
});

describe("arithmetic", () => {
  const [one, two] = [Timestamp.parse("1:5"), Timestamp.parse("2:6")];

  it("adds, takes away, multiplies and divides", () => {
    expect(`${one.add(two)}`).toBe("3:11");
    expect(`${one.subtract(two)}`).toBe("-1:1");
    expect(`${one.multiply(-3n)}`).toBe("-3:15");
    expect(`${one.negate().floorDivide(2)}`).toBe("-0:500000003");
    expect(`${one.negate()}`).toBe("-1:5");
    expect(`${one.negate().absolute()}`).toBe("1:5");
  });

  it("never clamps", () => {
    const step = Timestamp.parse("0:1");

    expect(() => Timestamp.highest.add(step)).toThrow(TimeOutOfRangeError);
    expect(() => Timestamp.lowest.subtract(step)).toThrow(TimeOutOfRangeError);
    expect(() => Timestamp.highest.multiply(2)).toThrow(TimeOutOfRangeError);
  });

  it("refuses what is no whole number, and to divide by 0", () => {
    expect(() => one.multiply(0.5)).toThrow(TimeOutOfRangeError);
    expect(() => one.floorDivide(0)).toThrow("Cannot divide 1:5 by 0");
    expect(() => one.floorDivide(0n)).toThrow(TimeOutOfRangeError);
  });

  it("changes nothing that there is", () => {
    one.add(two);

    expect(`${one} ${two}`).toBe("1:5 2:6");
  });
});

describe("comparing", () => {
  const [early, late] = [Timestamp.parse("-2:0"), Timestamp.parse("10:0")];

  it("goes by time, and not by text", () => {
    expect(Timestamp.compare(early, late)).toBe(-1);
    expect(Timestamp.compare(late, early)).toBe(1);
    expect(Timestamp.compare(late, Timestamp.parse("10:0"))).toBe(0);
    expect([early.isBefore(late), early.isAfter(late)]).toEqual([true, false]);
    expect([late.isBefore(late), late.isAfter(late)]).toEqual([false, false]);
    expect(early.equals(Timestamp.parse("-2:0"))).toBe(true);
  });

  it("sees to it that operators fail instead of comparing texts", () => {
    expect(() => early < late).toThrow(TypeError);
    expect(() => (early as unknown as number) * 2).toThrow(TypeError);
    expect(() => Number(early)).toThrow(TypeError);
  });

  it("tells apart what deep equality compares", () => {
    expect(early).not.toEqual(late);
    expect(late).toEqual(Timestamp.parse("10:0"));
  });
});

describe("counting units of a rate", () => {
  const ntsc = Rate.of(30000, 1001);

  it("takes counts of either type", () => {
    expect(`${Timestamp.fromCount(720n, ntsc)}`).toBe(
      `${Timestamp.fromCount(720, ntsc)}`,
    );
  });

  it.each([0.5, NaN, 2 ** 53])("refuses a count of %s", (count) => {
    expect(() => Timestamp.fromCount(count, ntsc)).toThrow(TimeOutOfRangeError);
  });

  it("refuses an instant that is beyond the highest", () => {
    expect(() => Timestamp.fromCount(2n ** 60n, Rate.of(1))).toThrow(
      RangeError,
    );
  });

  it("counts from the phase", () => {
    const phase = Timestamp.parse("-0:20710000");
    const time = Timestamp.fromCount(100, ntsc, { phase });

    expect(`${time}`).toBe("3:315956666");
    expect(time.toCount(ntsc, { phase })).toBe(100);
    expect(`${time.normalise(ntsc, { phase })}`).toBe("3:315956666");
  });

  it("gives a count that a number does not hold as a bigint alone", () => {
    const ticks = Rate.of(1_000_000_000);

    expect(Timestamp.highest.toBigCount(ticks)).toBe(
      Timestamp.highest.nanoseconds,
    );
    expect(() => Timestamp.highest.toCount(ticks)).toThrow(TimeOutOfRangeError);
    expect(() => Timestamp.highest.toMicroseconds()).toThrow(RangeError);
  });

  it("tells how long a unit is, and refuses parts that there are not", () => {
    expect(`${Timestamp.intervalOf(ntsc, 2n)}`).toBe("0:16683333");
    expect(() => Timestamp.intervalOf(ntsc, 0)).toThrow(RangeError);
    expect(() => Timestamp.intervalOf(ntsc, -1)).toThrow(RangeError);
    expect(() => Timestamp.intervalOf(ntsc, 1.5)).toThrow(RangeError);
  });
});

describe("writing", () => {
  const time = Timestamp.parse("-1694429247:40000000");

  it("writes TAMS's text, in JSON too", () => {
    expect(`${time}`).toBe("-1694429247:40000000");
    expect(JSON.stringify({ time })).toBe('{"time":"-1694429247:40000000"}');
  });

  it("writes seconds", () => {
    expect(time.formatSeconds()).toBe("-1694429247.04");
    expect(time.formatSeconds({ fixed: true })).toBe("-1694429247.040000000");
    expect(time.toSeconds()).toBeCloseTo(-1694429247.04);
  });
});
