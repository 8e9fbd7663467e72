import fc from "fast-check";
import { expect, it } from "vitest";
import {
  CountRange,
  parseIso8601,
  parseTimeLabel,
  Rate,
  TimeCode,
  TimeOutOfRangeError,
  TimeRange,
  TimeSyntaxError,
  Timestamp,
} from "@sluice/time";

/** So many runs may take longer than a test has otherwise. */
const patienceMs = 60_000;

const ntsc = Rate.of(30000, 1001);

/** Each parser, with texts that it takes. */
const parsers: [string, (text: string) => unknown, string[]][] = [
  ["a timestamp", (text) => Timestamp.parse(text), ["1:40000000", "-0:1"]],
  ["seconds", (text) => Timestamp.parseSeconds(text), ["-1.5", "12"]],
  ["a rate", (text) => Rate.parse(text), ["25", "30000/1001"]],
  [
    "a time range",
    (text) => TimeRange.parse(text),
    ["[0:0_10:0)", "_", "()", "[5:0]", "(-1:5_"],
  ],
  [
    "a time range of any spelling",
    (text) => TimeRange.parse(text, { spelling: "any" }),
    ["0:0_10:0", "[5:0_5:0)", "-0:0"],
  ],
  ["a range of counts", (text) => CountRange.parse(text), ["[0_10)", "_5)"]],
  ["ISO 8601", parseIso8601, ["2016-12-31T23:59:60.5Z"]],
  ["a time code", (text) => TimeCode.parse(text, ntsc), ["01:00:00;02"]],
  [
    "a time label",
    parseTimeLabel,
    ["2015-01-23T12:34:56F28 30000/1001 UTC-05:00 TAI-35"],
  ],
];

it.each(parsers)(
  "10000 mutations of %s are taken, or fail with an error of ours",
  (_, parse, seeds) => {
    const pieces = fc.oneof(
      fc.constantFrom(
        "",
        "0",
        "9",
        "-",
        "+",
        ":",
        "_",
        "[",
        ")",
        ".",
        " ",
        "T",
        "Z",
      ),
      fc.string({ maxLength: 3 }),
      fc.string({ unit: "binary", maxLength: 2 }),
      fc.nat().map(String),
    );
    const mutation = fc.record({
      seed: fc.constantFrom(...seeds),
      place: fc.nat(60),
      length: fc.nat(5),
      piece: pieces,
    });
    fc.assert(
      fc.property(mutation, ({ seed, place, length, piece }) => {
        const at = place % (seed.length + 1);
        const text = seed.slice(0, at) + piece + seed.slice(at + length);
        try {
          parse(text);
        } catch (error) {
          const isOurs =
            error instanceof TimeSyntaxError ||
            error instanceof TimeOutOfRangeError;
          if (!isOurs) throw error;
        }
      }),
      { numRuns: 10_000 },
    );
  },
  patienceMs,
);

it.each(parsers)(
  "a very long text as %s fails in no time",
  (_, parse, seeds) => {
    for (const filler of ["1", "0", "9", "_", "-", " "]) {
      const long = filler.repeat(200_000);
      for (const seed of seeds) {
        for (const text of [long, seed + long, long + seed]) {
          expect(() => parse(text)).toThrow(/^Cannot .{1,400}$/s);
        }
      }
    }
  },
);
