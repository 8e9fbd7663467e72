import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDate, Timestamp, toDate } from "@sluice/time";

describe("dates", () => {
  it("survive the way to TAI and back", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(toDate(fromDate(date))).toEqual(date);
      }),
    );
  });

  it("have whole milliseconds, rounded down", () => {
    expect(toDate(Timestamp.parse("0:1999999")).getTime()).toBe(1);
    expect(toDate(Timestamp.parse("-0:1")).getTime()).toBe(-1);
  });

  it("have a leap second as the second before it", () => {
    const date = toDate(Timestamp.parse("1483228836:500000000"));

    expect(date.toISOString()).toBe("2016-12-31T23:59:59.500Z");
  });

  it("are refused if they are invalid", () => {
    expect(() => fromDate(new Date(NaN))).toThrow(
      "Cannot use a date that is invalid",
    );
  });

  it("do not go as far as timestamps do", () => {
    expect(() => toDate(Timestamp.highest)).toThrow(
      "Cannot give 281474976710655:999999999 as a Date: it is beyond what that holds",
    );
    expect(() => toDate(Timestamp.lowest)).toThrow(RangeError);
  });
});
