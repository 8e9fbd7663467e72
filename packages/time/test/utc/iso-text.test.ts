import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIso8601, parseIso8601, Timestamp } from "@sluice/time";
import { timestamps } from "@sluice/time/testing";

describe("parseIso8601()", () => {
  it.each([
    ["2023-09-11T10:46:50Z", "1694429247:0"],
    ["2023-09-11T10:46:50.04Z", "1694429247:40000000"],
    ["2024-02-29T00:00:00Z", "1709164837:0"],
    ["2000-02-29T00:00:00Z", "951782432:0"],
    ["0000-01-01T00:00:00Z", "-62167219200:0"],
    ["-0001-12-31T23:59:59Z", "-62167219201:0"],
    ["10000-01-01T00:00:00Z", "253402300837:0"],
  ])("takes %s for %s", (text, expected) => {
    expect(`${parseIso8601(text)}`).toBe(expected);
  });

  it.each([
    ["", 0],
    ["2023", 0],
    ["2023-09-11", 10],
    ["2023-09-11T10:46Z", 16],
    ["2023-09-11T10:46:50", 19],
    ["2023-09-11T10:46:50+00:00", 19],
    ["2023-09-11t10:46:50z", 10],
    ["2023-09-11 10:46:50Z", 10],
    ["23-09-11T10:46:50Z", 0],
    ["02023-09-11T10:46:50Z", 0],
    ["+2023-09-11T10:46:50Z", 0],
    ["-0000-09-11T10:46:50Z", 0],
    ["2023-9-11T10:46:50Z", 5],
    ["2023-00-11T10:46:50Z", 5],
    ["2023-13-11T10:46:50Z", 5],
    ["2023-09-00T10:46:50Z", 8],
    ["2023-09-31T10:46:50Z", 8],
    ["2023-02-29T10:46:50Z", 8],
    ["1900-02-29T10:46:50Z", 8],
    ["2023-09-11T24:00:00Z", 11],
    ["2023-09-11T10:60:50Z", 14],
    ["2023-09-11T10:46:61Z", 17],
    ["2023-09-11T10:46:60Z", 17],
    ["2016-12-31T22:59:60Z", 17],
    ["2016-12-30T23:59:60Z", 17],
    ["2023-09-11T10:46:50.Z", 19],
    ["2023-09-11T10:46:50.1234567890Z", 29],
    ["2023-09-11T10:46:50Z ", 20],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => parseIso8601(text)).toThrow(SyntaxError);
    expect(() => parseIso8601(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it("tells which days the month has", () => {
    expect(() => parseIso8601("2023-02-30T00:00:00Z")).toThrow(
      'Cannot parse "2023-02-30T00:00:00Z" as a date and time of UTC: at position 8 a day of the month from 01 to 28 is expected, not "30T00:00:00Z"',
    );
  });

  it("refuses a year beyond what a timestamp holds", () => {
    expect(() => parseIso8601("9999999-01-01T00:00:00Z")).toThrow(RangeError);
    expect(() => parseIso8601("-9999999-01-01T00:00:00Z")).toThrow(RangeError);
  });
});

describe("formatIso8601()", () => {
  it("writes the lowest and the highest", () => {
    expect(formatIso8601(Timestamp.highest)).toBe(
      "8921556-12-07T10:43:38.999999999Z",
    );
    expect(formatIso8601(Timestamp.lowest)).toBe(
      "-8917617-01-25T13:15:44.000000001Z",
    );
  });

  it("is undone by parsing, for each instant that UTC has", () => {
    fc.assert(
      fc.property(timestamps(), (time) => {
        fc.pre(isInUtc(time));
        expect(`${parseIso8601(formatIso8601(time))}`).toBe(`${time}`);
      }),
    );
  });

  it("is what Date writes, within its years and before leap seconds", () => {
    const times = timestamps({
      min: Timestamp.parse("-62167219200:0"),
      max: Timestamp.parse("63071999:0"),
    });
    fc.assert(
      fc.property(times, (time) => {
        const date = new Date(time.toMilliseconds({ rounding: "down" }));
        const text = date.toISOString().slice(0, -1);
        expect(formatIso8601(time).startsWith(text)).toBe(true);
      }),
    );
  });

  it("goes up with time", () => {
    const times = timestamps({
      min: Timestamp.zero,
      max: Timestamp.parse("253402300836:0"),
    });
    fc.assert(
      fc.property(times, times, (a, b) => {
        fc.pre(isInUtc(a) && isInUtc(b) && a.isBefore(b));
        expect(formatIso8601(a) < formatIso8601(b)).toBe(true);
      }),
    );
  });
});

/** Whether an instant is not among the nine seconds that UTC left out. */
function isInUtc(time: Timestamp): boolean {
  return (
    time.isBefore(Timestamp.parse("63072000:0")) ||
    !time.isBefore(Timestamp.parse("63072009:0"))
  );
}
