import { describe, expect, it } from "vitest";
import {
  formatIso8601,
  fromUnixTime,
  getLeapSeconds,
  leapSeconds,
  parseIso8601,
  Timestamp,
  toUnixTime,
} from "@sluice/time";

describe("the table of leap seconds", () => {
  it("has 28 steps, each a second more than the one before", () => {
    const offsets = leapSeconds.steps.map(({ taiMinusUtc }) => taiMinusUtc);

    expect(offsets).toEqual(
      Array.from({ length: 28 }, (_, index) => index + 10),
    );
  });

  it("has its steps in order, at the start of January or July", () => {
    const days = leapSeconds.steps.map(({ from }) => from);

    expect(days).toEqual([...days].sort());
    for (const day of days) expect(day).toMatch(/^\d{4}-0[17]-01$/);
  });

  it("tells where it comes from, and until when it is right", () => {
    expect(leapSeconds.source).toContain("leap-seconds.list");
    expect(leapSeconds.updated < leapSeconds.expires).toBe(true);
    expect(leapSeconds.steps.at(-1)?.from).toBe("2017-01-01");
  });
});

describe.each(leapSeconds.steps.slice(1))(
  "around the leap second before $from",
  ({ from, taiMinusUtc }) => {
    const after = parseIso8601(`${from}T00:00:00Z`);
    const at = (seconds: number) => after.add(Timestamp.fromParts({ seconds }));

    it("the second 60 lies between the 59 and the 00", () => {
      const texts = [-2, -1, 0].map((seconds) => formatIso8601(at(seconds)));

      expect(texts.map((text) => text.slice(11, 19))).toEqual([
        "23:59:59",
        "23:59:60",
        "00:00:00",
      ]);
    });

    it("each of its instants survives the way to ISO 8601 and back", () => {
      for (const nanoseconds of [-2e9, -1e9 - 1, -1e9, -1, 0, 1]) {
        const time = after.add(Timestamp.fromNanoseconds(nanoseconds));
        expect(`${parseIso8601(formatIso8601(time))}`).toBe(`${time}`);
        expect(`${fromUnixTime(toUnixTime(time))}`).toBe(`${time}`);
      }
    });

    it("TAI is a second further ahead from then on", () => {
      expect(getLeapSeconds(at(0))).toBe(taiMinusUtc);
      expect(getLeapSeconds(at(-1))).toBe(taiMinusUtc);
      expect(getLeapSeconds(at(-2))).toBe(taiMinusUtc - 1);
    });

    it("Unix time counts the leap second as the one before it", () => {
      const [before, leap] = [toUnixTime(at(-2)), toUnixTime(at(-1))];

      expect(`${leap.time}`).toBe(`${before.time}`);
      expect([before.isLeapSecond, leap.isLeapSecond]).toEqual([false, true]);
    });
  },
);

describe("before 1972", () => {
  it("TAI and UTC are the same", () => {
    const time = Timestamp.parse("-315619200:5");

    expect(getLeapSeconds(time)).toBe(0);
    expect(formatIso8601(time)).toBe("1959-12-31T23:59:59.999999995Z");
    expect(toUnixTime(time)).toEqual({ time, isLeapSecond: false });
  });

  it.each(["63072000:0", "63072008:999999999"])(
    "%s is one of the nine seconds that UTC left out",
    (text) => {
      const time = Timestamp.parse(text);

      expect(() => toUnixTime(time)).toThrow(
        `Cannot give ${text} in UTC: UTC left out the nine seconds before 1972`,
      );
      expect(() => formatIso8601(time)).toThrow(RangeError);
    },
  );

  it("the instants before and after those are there", () => {
    expect(formatIso8601(Timestamp.parse("63071999:999999999"))).toBe(
      "1971-12-31T23:59:59.999999999Z",
    );
    expect(formatIso8601(Timestamp.parse("63072009:0"))).toBe(
      "1971-12-31T23:59:60.000000000Z",
    );
  });
});

describe("fromUnixTime()", () => {
  it.each(["1483228798:0", "1483228800:0", "1694429210:0", "-1:0"])(
    "refuses a leap second at %s, where there was none",
    (text) => {
      const time = Timestamp.parse(text);

      expect(() => fromUnixTime({ time, isLeapSecond: true })).toThrow(
        `Cannot use ${text} as a leap second: there was none then`,
      );
    },
  );

  it("refuses what is beyond the highest in TAI", () => {
    const unix = { time: Timestamp.highest, isLeapSecond: false };

    expect(() => fromUnixTime(unix)).toThrow(RangeError);
  });
});
