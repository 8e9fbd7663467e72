import {
  CountRange,
  formatIso8601,
  formatTimeLabel,
  fromUnixTime,
  getLeapSeconds,
  parseIso8601,
  parseTimeLabel,
  Rate,
  TimeRange,
  TimeRanges,
  Timestamp,
  toUnixTime,
  type RangeRounding,
  type Rounding,
} from "@sluice/time";

/** What a vector gives to an operation: read by name, and as what it has to be. */
export class Input {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value !== "string") throw new Error(`No text ${name}`);
    return value;
  }

  number(name: string): number {
    const value = this.#values[name];
    if (typeof value !== "number") throw new Error(`No number ${name}`);
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#values[name];
    if (typeof value !== "boolean") throw new Error(`No boolean ${name}`);
    return value;
  }

  time(name = "ts"): Timestamp {
    return Timestamp.parse(this.text(name));
  }

  range(name = "tr"): TimeRange {
    return TimeRange.parse(this.text(name));
  }

  rate(): Rate {
    return Rate.of(this.number("num"), this.number("den"));
  }

  sign(): 1 | -1 {
    // The test of a sign that there is not is that it is refused.
    return this.number("sign") as 1 | -1;
  }

  rounding(): Rounding {
    const word = this.text("rounding");
    if (word === "nearest" || word === "up" || word === "down") return word;
    throw new Error(`No rounding ${word}`);
  }

  rangeRounding(): RangeRounding {
    const word = this.text("rounding");
    if (word === "in" || word === "out" || word === "start" || word === "end") {
      return word;
    }
    return this.rounding();
  }
}

/** How each operation of the vectors is spelled here, with what it gives as the vectors have it. */
export const operations: Readonly<Record<string, (input: Input) => unknown>> = {
  "Timestamp.from_str": (input) => `${parseTime(input.text("s"))}`,
  "Timestamp.new": (input) =>
    `${Timestamp.fromParts({
      sign: input.sign(),
      seconds: input.number("sec"),
      nanoseconds: input.number("ns"),
    })}`,
  "Timestamp.parts": (input) => {
    const time = input.time();
    const { sign, seconds, nanoseconds } = time.toParts();
    return {
      sec: seconds,
      ns: nanoseconds,
      sign,
      nanosec: `${time.nanoseconds}`,
      isNull: time.equals(Timestamp.zero),
    };
  },
  "Timestamp.to_sec_frac": (input) =>
    input.time().formatSeconds({ fixed: input.boolean("fixed") }),
  "Timestamp.to_millisec": (input) =>
    input.time().toMilliseconds({ rounding: input.rounding() }),
  "Timestamp.to_microsec": (input) =>
    input.time().toMicroseconds({ rounding: input.rounding() }),
  "Timestamp.from_float": (input) =>
    `${Timestamp.fromSeconds(input.number("value"))}`,
  "Timestamp.from_count": (input) =>
    `${Timestamp.fromCount(input.number("count"), input.rate())}`,
  "Timestamp.to_count": (input) =>
    input.time().toCount(input.rate(), { rounding: input.rounding() }),
  "Timestamp.count_roundtrip_failures": countFailures,
  "Timestamp.normalise": (input) =>
    `${input.time().normalise(input.rate(), { rounding: input.rounding() })}`,
  "Timestamp.to_phase_offset": (input) =>
    `${input.time().toPhaseOffset(input.rate())}`,
  "Timestamp.get_interval_fraction": (input) =>
    `${Timestamp.intervalOf(input.rate(), input.number("factor"))}`,
  "Timestamp.add": (input) => `${input.time("a").add(input.time("b"))}`,
  "Timestamp.sub": (input) => `${input.time("a").subtract(input.time("b"))}`,
  "Timestamp.compare": (input) =>
    Timestamp.compare(input.time("a"), input.time("b")),
  "Timestamp.mul": (input) => `${input.time().multiply(input.number("k"))}`,
  "Timestamp.floordiv": (input) =>
    `${input.time().floorDivide(input.number("k"))}`,
  "Timestamp.to_iso8601_utc": (input) => formatIso8601(input.time()),
  "Timestamp.to_unix": (input) => {
    const { time, isLeapSecond } = toUnixTime(input.time());
    const { sign, seconds, nanoseconds } = time.toParts();
    return [seconds, nanoseconds, sign, isLeapSecond];
  },
  "Timestamp.from_unix": (input) => {
    const time = Timestamp.fromParts({
      sign: input.sign(),
      seconds: input.number("sec"),
      nanoseconds: input.number("ns"),
    });
    return `${fromUnixTime({ time, isLeapSecond: input.boolean("isLeap") })}`;
  },
  "Timestamp.get_leap_seconds": (input) => getLeapSeconds(input.time()),
  "Timestamp.to_smpte_timelabel": (input) =>
    formatTimeLabel(input.time(), input.rate(), {
      utcOffsetMinutes: input.number("utcOffset") / 60,
    }),
  "TimeRange.from_str": (input) => {
    const range = TimeRange.parse(input.text("s"), { spelling: "any" });
    return {
      str: `${range}`,
      start: range.start?.toString() ?? null,
      end: range.end?.toString() ?? null,
      inclusivity: Number(range.includesStart) + 2 * Number(range.includesEnd),
      empty: range.isEmpty,
    };
  },
  "TimeRange.to_str_plain": (input) => input.range().toPlainString(),
  "TimeRange.length": (input) => input.range().length?.toString() ?? "inf",
  "TimeRange.pair": compareRanges,
  "TimeRange.contains_ts": (input) => input.range().contains(input.time()),
  "TimeRange.split_at": (input) =>
    input.range().splitAt(input.time()).map(String),
  "TimeRange.before_after": (input) => {
    const range = input.range();
    return [`${range.before()}`, `${range.after()}`];
  },
  "TimeRange.normalise": (input) =>
    `${input.range().normalise(input.rate(), { rounding: input.rangeRounding() })}`,
  "TimeRange.at_rate": (input) =>
    [...input.range().atRate(input.rate())].map(String),
  "TimeRange.into_chunks": (input) =>
    [...input.range().intoChunks(input.time("len"))].map(String),
  "TimeValueRange.subranges": (input) =>
    [...input.range().subranges(input.rate())].map(String),
  "CountRange.from_str": (input) => {
    const range = CountRange.parse(input.text("s"), { spelling: "any" });
    const { start = null, end = null, isEmpty, length } = range;
    return {
      str: `${range}`,
      start,
      end,
      // It includes its start and not its end; an end that is unbounded counts as within.
      inclusivity: isEmpty ? 0 : end === null ? 3 : 1,
      empty: isEmpty,
      length: length === Infinity ? "inf" : length,
    };
  },
  "TimeRange.to_count_range": (input) =>
    `${input.range().toCountRange(input.rate())}`,
  "CountRange.to_timerange": (input) => {
    const counts = CountRange.parse(input.text("cr"), { spelling: "any" });
    return `${TimeRange.fromCountRange(counts, input.rate())}`;
  },
};

/** Parses each form of an instant with the parser that is for it. */
function parseTime(text: string): Timestamp {
  if (text.includes("F")) return parseTimeLabel(text).time;
  if (text.includes("T") || text.includes("Z")) return parseIso8601(text);
  if (text.includes(":")) return Timestamp.parse(text);
  return Timestamp.parseSeconds(text);
}

function countFailures(input: Input): number {
  const rate = input.rate();
  const rounding = input.rounding();
  let failures = 0;
  for (let count = input.number("from"); count <= input.number("to"); count++) {
    const time = Timestamp.fromCount(count, rate);
    if (time.toCount(rate, { rounding }) !== count) failures++;
  }
  return failures;
}

function compareRanges(input: Input): unknown {
  const [a, b] = [input.range("a"), input.range("b")];
  const both = TimeRanges.of([a, b]);
  return {
    intersect: `${a.intersect(b)}`,
    contains: a.containsRange(b),
    overlaps: a.overlaps(b),
    contiguous: a.isContiguousWith(b),
    union: a.isContiguousWith(b) ? `${a.union(b)}` : refuse(() => a.union(b)),
    encompass: `${a.encompass(b)}`,
    earlier: a.isEarlierThan(b),
    later: a.isLaterThan(b),
    startsInside: a.startsInside(b),
    endsInside: a.endsInside(b),
    startsEarlier: a.startsEarlierThan(b),
    endsLater: a.endsLaterThan(b),
    between: `${a.between(b)}`,
    equal: a.equals(b) && both.covers(a),
  };
}

/** Names a refusal as the vectors do. */
function refuse(act: () => unknown): string {
  try {
    return String(act());
  } catch (error) {
    return error instanceof RangeError ? "ValueError" : String(error);
  }
}
