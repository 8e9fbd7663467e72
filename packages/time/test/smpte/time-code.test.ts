import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rate, TimeCode, Timestamp } from "@sluice/time";

const ntsc = Rate.of(30000, 1001);
const dropFrame = { dropFrame: true };

describe("drop frame", () => {
  it.each([
    [0, "00:00:00;00"],
    [1799, "00:00:59;29"],
    [1800, "00:01:00;02"],
    [3597, "00:01:59;29"],
    [3598, "00:02:00;02"],
    [17981, "00:09:59;29"],
    [17982, "00:10:00;00"],
    [107892, "01:00:00;00"],
    [2589407, "23:59:59;29"],
  ])("gives frame %i the code %s", (frame, text) => {
    expect(TimeCode.fromFrameCount(frame, ntsc, dropFrame).toString()).toBe(
      text,
    );
    expect(TimeCode.parse(text, ntsc).frameCount).toBe(frame);
  });

  it("leaves out four numbers at 60000/1001", () => {
    const rate = Rate.of(60000, 1001);

    expect(`${TimeCode.fromFrameCount(3599, rate, dropFrame)}`).toBe(
      "00:00:59;59",
    );
    expect(`${TimeCode.fromFrameCount(3600, rate, dropFrame)}`).toBe(
      "00:01:00;04",
    );
    expect(TimeCode.parse("01:00:00;00", rate).frameCount).toBe(215784);
  });

  it("has every number of a day but those that are dropped, in order", () => {
    const expected: string[] = [];
    for (let number = 0; number < 30 * 60 * 11; number++) {
      const [minute, rest] = [Math.floor(number / 1800), number % 1800];
      if (minute % 10 !== 0 && rest < 2) continue;
      const parts = [minute, Math.floor(rest / 30), rest % 30];
      const [minutes, seconds, frames] = parts.map((part) =>
        `${part}`.padStart(2, "0"),
      );
      expected.push(`00:${minutes}:${seconds};${frames}`);
    }

    const codes = expected.map(
      (_, frame) => `${TimeCode.fromFrameCount(frame, ntsc, dropFrame)}`,
    );

    expect(codes).toEqual(expected);
  });

  it("is never more than two frames from the clock", () => {
    fc.assert(
      fc.property(fc.nat(2589407), (frame) => {
        const code = TimeCode.fromFrameCount(frame, ntsc, dropFrame);
        const [hours = 0, minutes = 0, seconds = 0, frames = 0] = `${code}`
          .split(/[:;]/)
          .map(Number);
        const clock = hours * 3600 + minutes * 60 + seconds + frames / 30;
        expect(Math.abs(clock - code.toTimestamp().toSeconds())).toBeLessThan(
          0.16,
        );
      }),
    );
  });

  it.each(["25", "30", "24000/1001", "50"])("is refused at %s", (text) => {
    const rate = Rate.parse(text);

    expect(() => TimeCode.fromFrameCount(0, rate, dropFrame)).toThrow(
      `Cannot drop frame numbers at a rate of ${text}: that is for 30000/1001 and its multiples`,
    );
    expect(() => TimeCode.parse("00:00:00;00", rate)).toThrow(RangeError);
  });
});

describe("without drop frame", () => {
  it.each([
    ["24000/1001", 86399, "00:59:59:23"],
    ["25", 90000, "01:00:00:00"],
    ["25", 2159999, "23:59:59:24"],
    ["30000/1001", 107892, "00:59:56:12"],
    ["60000/1001", 3600, "00:01:00:00"],
    ["100", 99, "00:00:00:99"],
  ])("at %s, gives frame %i the code %s", (text, frame, expected) => {
    const rate = Rate.parse(text);

    expect(`${TimeCode.fromFrameCount(frame, rate)}`).toBe(expected);
    expect(TimeCode.parse(expected, rate).frameCount).toBe(frame);
  });
});

describe("TimeCode.parse()", () => {
  it.each([
    ["", 0],
    ["1:00:00:00", 0],
    ["24:00:00:00", 0],
    ["00:60:00:00", 3],
    ["00:00:60:00", 6],
    ["00:00:00:30", 9],
    ["00:00:00:0", 9],
    ["00:00:00:000", 11],
    ["00:00:00.00", 8],
    ["00;00;00;00", 2],
    ["00:01:00;00", 9],
    ["00:01:00;01", 9],
    ["23:59:00;01", 9],
    [" 00:00:00:00", 0],
  ])("refuses %j, at position %i", (text, position) => {
    expect(() => TimeCode.parse(text, ntsc)).toThrow(
      expect.objectContaining({ code: "TIME_SYNTAX", position }),
    );
  });

  it("takes the first numbers of a tenth minute", () => {
    expect(`${TimeCode.parse("00:10:00;00", ntsc)}`).toBe("00:10:00;00");
    expect(`${TimeCode.parse("00:01:00:00", ntsc)}`).toBe("00:01:00:00");
  });

  it("tells which number is the first", () => {
    expect(() => TimeCode.parse("00:01:00;00", ntsc)).toThrow(
      'Cannot parse "00:01:00;00" as a time code: at position 9 a frame from 2 on is expected, not "00"',
    );
  });
});

describe("TimeCode.fromFrameCount()", () => {
  it.each([-1, 2160000, 0.5, NaN])("refuses frame %d of a day", (frame) => {
    expect(() => TimeCode.fromFrameCount(frame, Rate.of(25))).toThrow(
      `Cannot give frame ${frame} a time code: a day has those from 0 to 2159999`,
    );
  });

  it.each(["25/2", "48000", "1/2", "101", "1000000/9999"])(
    "refuses a rate of %s",
    (text) => {
      expect(() => TimeCode.fromFrameCount(0, Rate.parse(text))).toThrow(
        `Cannot make time codes at a rate of ${text}: it is neither a whole one up to 100 nor 1000/1001 of one`,
      );
    },
  );
});

describe("a time code", () => {
  const kinds = fc.constantFrom(
    ...[
      "24",
      "24000/1001",
      "25",
      "30",
      "30000/1001",
      "50",
      "60",
      "60000/1001",
    ].map((text) => ({ rate: Rate.parse(text), dropFrame: false })),
    { rate: ntsc, dropFrame: true },
    { rate: Rate.of(60000, 1001), dropFrame: true },
  );

  it("survives the way to text and to time and back", () => {
    fc.assert(
      fc.property(kinds, fc.nat(2_000_000), (kind, frame) => {
        const code = TimeCode.fromFrameCount(frame, kind.rate, kind);
        expect(TimeCode.parse(`${code}`, kind.rate).equals(code)).toBe(true);
        const time = code.toTimestamp();
        const again = TimeCode.fromTimestamp(time, kind.rate, kind);
        expect(again.equals(code)).toBe(true);
      }),
    );
  });

  it("goes up with the frames", () => {
    fc.assert(
      fc.property(kinds, fc.nat(2_000_000), (kind, frame) => {
        const [one, two] = [frame, frame + 1].map(
          (count) => `${TimeCode.fromFrameCount(count, kind.rate, kind)}`,
        );
        expect(one !== undefined && two !== undefined && one < two).toBe(true);
      }),
    );
  });

  it("counts from the phase", () => {
    const phase = Timestamp.parse("36000:0");
    const code = TimeCode.fromTimestamp(
      Timestamp.parse("39600:0"),
      Rate.of(25),
      { phase },
    );

    expect(`${code}`).toBe("01:00:00:00");
    expect(`${code.toTimestamp({ phase })}`).toBe("39600:0");
  });

  it("writes its text in JSON, and tells its kind apart", () => {
    const code = TimeCode.fromFrameCount(0, ntsc);

    expect(JSON.stringify({ code })).toBe('{"code":"00:00:00:00"}');
    expect(code.equals(TimeCode.fromFrameCount(0, ntsc, dropFrame))).toBe(
      false,
    );
    expect(code.equals(TimeCode.fromFrameCount(0, Rate.of(30)))).toBe(false);
    expect(code.equals(TimeCode.fromFrameCount(1, ntsc))).toBe(false);
  });
});
