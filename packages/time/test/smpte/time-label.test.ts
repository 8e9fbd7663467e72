import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTimeLabel, parseTimeLabel, Rate, Timestamp } from "@sluice/time";
import { timestamps } from "@sluice/time/testing";

describe("parseTimeLabel()", () => {
  it("tells when its frame starts, at which rate, by which clock", () => {
    const label = parseTimeLabel(
      "2015-01-23T12:34:56F28 30000/1001 UTC-05:30 TAI-35",
    );

    expect(`${label.time} ${label.rate}`).toBe(
      "1422036331:949566666 30000/1001",
    );
    expect(label.utcOffsetMinutes).toBe(-330);
  });

  it.each([
    ["", 0],
    ["2015-01-23T12:34:56", 19],
    ["2015-01-23T12:34:56F0 25/1 UTC+00:00 TAI-35", 20],
    ["2015-01-23T12:34:56F25 25/1 UTC+00:00 TAI-35", 20],
    ["2015-01-23T12:34:56F30 30000/1001 UTC+00:00 TAI-35", 20],
    ["2015-01-23T12:34:56F00 25 UTC+00:00 TAI-35", 22],
    ["2015-01-23T12:34:56F00  25/1 UTC+00:00 TAI-35", 22],
    ["2015-01-23T12:34:56F00 25/1 UTC TAI-35", 27],
    ["2015-01-23T12:34:56F00 25/1 UTC+24:00 TAI-35", 27],
    ["2015-01-23T12:34:56F00 25/1 UTC+01:60 TAI-35", 27],
    ["2015-01-23T12:34:56F00 25/1 UTC+00:00", 37],
    ["2015-01-23T12:34:56F00 25/1 UTC+00:00 TAI-34", 38],
    ["2015-01-23T12:34:56F00 25/1 UTC+00:00 TAI-35 ", 44],
    ["2015-01-23T12:34:60F00 25/1 UTC+00:00 TAI-35", 17],
    ["2015-06-30T23:59:60F00 25/1 UTC+01:00 TAI-35", 17],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => parseTimeLabel(text)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it("tells how far TAI was ahead", () => {
    expect(() =>
      parseTimeLabel("2015-01-23T12:34:56F00 25/1 UTC+00:00 TAI-37"),
    ).toThrow('at position 38 "TAI-35" is expected, not "TAI-37"');
  });

  it("refuses a rate that is none", () => {
    expect(() =>
      parseTimeLabel("2015-01-23T12:34:56F00 9999999999/1 UTC+00:00 TAI-35"),
    ).toThrow(RangeError);
  });
});

describe("formatTimeLabel()", () => {
  it.each([1440, -1440, 0.5, NaN])(
    "refuses a zone of %d minutes",
    (minutes) => {
      expect(() =>
        formatTimeLabel(Timestamp.zero, Rate.of(25), {
          utcOffsetMinutes: minutes,
        }),
      ).toThrow(
        `Cannot use ${minutes} minutes as a zone: it is not a whole number within a day`,
      );
    },
  );

  it("writes three digits where there are so many frames", () => {
    const label = formatTimeLabel(
      Timestamp.parse("0:999000000"),
      Rate.of(1000),
    );

    expect(label).toBe("1970-01-01T00:00:00F999 1000/1 UTC+00:00 TAI-0");
    expect(`${parseTimeLabel(label).time}`).toBe("0:999000000");
  });

  it("is undone by parsing, for the start of each frame", () => {
    const rates = fc.constantFrom(
      ...["24", "24000/1001", "25", "30000/1001", "50", "60000/1001", "120"],
    );
    const times = timestamps({
      min: Timestamp.parse("-63072000:0"),
      max: Timestamp.parse("4000000000:0"),
    });
    const zones = fc.integer({ min: -1439, max: 1439 });
    fc.assert(
      fc.property(rates, times, zones, (text, time, utcOffsetMinutes) => {
        const rate = Rate.parse(text);
        const start = time.normalise(rate);
        fc.pre(
          start.isBefore(Timestamp.parse("63071999:0")) ||
            start.isAfter(Timestamp.parse("63072010:0")),
        );
        const label = parseTimeLabel(
          formatTimeLabel(time, rate, { utcOffsetMinutes }),
        );
        expect(`${label.time}`).toBe(`${start}`);
        expect(label).toMatchObject({ rate, utcOffsetMinutes });
      }),
    );
  });
});
