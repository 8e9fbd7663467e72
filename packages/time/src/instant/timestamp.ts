import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { floorDivide, toBigInt, toNumber } from "../number/integer.ts";
import type { RoundingOptions } from "../number/rounding.ts";
import {
  checkNanoseconds,
  formatNanoseconds,
  highestNanoseconds,
  second,
} from "../number/nanoseconds.ts";
import { Rate } from "../rate/rate.ts";
import { TextReader, type ParseOptions } from "../text/text-reader.ts";
import { readNanoseconds } from "./timestamp-text.ts";
import {
  formatSeconds,
  parseSeconds,
  toNanoseconds,
  type SecondsTextOptions,
} from "./seconds.ts";

const milliseconds = Rate.of(1000);
const microseconds = Rate.of(1_000_000);

/** The parts that a timestamp's text has. */
export interface TimestampParts {
  /** The sign of both others; 1 unless said otherwise. */
  readonly sign?: 1 | -1;
  /** Whole seconds. */
  readonly seconds: number;
  /** Nanoseconds beyond them; 0 unless said otherwise. */
  readonly nanoseconds?: number;
}

/** Where the units of a rate lie. */
export interface PhaseOptions {
  /** The instant at which the unit 0 starts; `0:0` unless said otherwise. */
  readonly phase?: Timestamp;
}

/** How an instant is taken for a count of units. */
export interface CountOptions extends RoundingOptions, PhaseOptions {}

/**
 * An instant, or the distance between two: whole nanoseconds, with a sign.
 *
 * What it counts from is for its user to say: TAMS has TAI, from
 * 1970-01-01T00:00:00 on. It goes up to `281474976710655:999999999`, 48 bits of
 * seconds, and as far below 0; what would be beyond fails. It never changes.
 *
 * Source: TAMS 8.2, schema `timestamp` and application note 0008. It is what
 * mediatimestamp calls `Timestamp` and `TimeOffset`.
 *
 * @example From text, counted in frames, and back
 * ```ts
 * import { Rate, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const start = Timestamp.parse("1694429247:40000000");
 * const next = start.add(Timestamp.fromCount(1, Rate.of(25)));
 * assert.equal(`${next}`, "1694429247:80000000");
 * assert.equal(next.toCount(Rate.of(25)), 42360731177);
 * ```
 */
export class Timestamp {
  /** `0:0`. */
  static readonly zero: Timestamp = new Timestamp(0n);
  /** The latest there is: `281474976710655:999999999`. */
  static readonly highest: Timestamp = new Timestamp(highestNanoseconds);
  /** The earliest there is: `-281474976710655:999999999`. */
  static readonly lowest: Timestamp = new Timestamp(-highestNanoseconds);

  // Declared, and so not set twice: timestamps are made for each frame.
  /** All of it in nanoseconds. */
  declare readonly nanoseconds: bigint;

  /** It checks nothing: whatever calls it has done so. */
  private constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }

  static #checked(nanoseconds: bigint): Timestamp {
    return new Timestamp(checkNanoseconds(nanoseconds));
  }

  /**
   * Parses TAMS's text, such as `1:40000000` or `-0:1`.
   *
   * @param text Seconds and nanoseconds, neither with leading zeros.
   * @param options Whether `-0:0` is taken too: with the spelling `any` it is `0:0`.
   * @throws {TimeSyntaxError} If it is anything else.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
   *
   * @example Only what is written as it has to be
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Timestamp.parse("-1:5").nanoseconds, -1_000_000_005n);
   * assert.throws(() => Timestamp.parse("01:5"), SyntaxError);
   * assert.throws(() => Timestamp.parse("281474976710656:0"), RangeError);
   * ```
   */
  static parse(text: string, options?: ParseOptions): Timestamp {
    const reader = new TextReader("a timestamp", text);
    const spelling = options?.spelling ?? "canonical";
    const nanoseconds = readNanoseconds(reader, spelling);
    reader.expectEnd();
    return new Timestamp(nanoseconds);
  }

  /**
   * Makes a timestamp of nanoseconds.
   *
   * @param nanoseconds Whole ones; a `number` only as far as it is exact.
   * @throws {TimeOutOfRangeError} If it has a fraction, or is beyond what a timestamp
   * or a `number` holds.
   *
   * @example A millisecond
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.fromNanoseconds(1_000_000)}`, "0:1000000");
   * ```
   */
  static fromNanoseconds(nanoseconds: bigint | number): Timestamp {
    return Timestamp.#checked(toBigInt("nanoseconds", nanoseconds));
  }

  /**
   * Makes a timestamp of seconds and nanoseconds, which add up.
   *
   * @param parts Both may be below 0, and the nanoseconds more than a second has.
   * @throws {TimeOutOfRangeError} If either is not whole, the sign neither 1 nor -1,
   * or the sum beyond what a timestamp holds.
   *
   * @example From a PTP timestamp
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const time = Timestamp.fromParts({ seconds: 1694429247, nanoseconds: 5 });
   * assert.equal(`${time}`, "1694429247:5");
   * ```
   */
  static fromParts(parts: TimestampParts): Timestamp {
    const { sign = 1, seconds, nanoseconds = 0 } = parts;
    if (Math.abs(sign) !== 1) {
      throw new TimeOutOfRangeError(
        `Cannot use ${sign} as a sign: it is neither 1 nor -1`,
      );
    }
    const sum =
      toBigInt("seconds", seconds) * second +
      toBigInt("nanoseconds", nanoseconds);
    return Timestamp.#checked(sign === 1 ? sum : -sum);
  }

  /**
   * Takes floating-point seconds, as a media element has them, to the nearest
   * nanosecond of what the number holds.
   *
   * It is not exact: near 2023 in TAI, two neighbouring numbers are 238 ns apart.
   *
   * @param seconds The number, such as 1.1.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds, or `NaN`.
   *
   * @example The time of a player
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.fromSeconds(1.1)}`, "1:100000000");
   * ```
   */
  static fromSeconds(seconds: number): Timestamp {
    return Timestamp.#checked(toNanoseconds(seconds));
  }

  /**
   * Parses seconds with a decimal fraction, such as `1.5` or `-0.000000001`.
   *
   * @param text Whole seconds without leading zeros; then, if there is a point, 1 to
   * 9 digits.
   * @throws {TimeSyntaxError} If it is anything else.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
   *
   * @example What ffprobe prints
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.parseSeconds("1.033367")}`, "1:33367000");
   * ```
   */
  static parseSeconds(text: string): Timestamp {
    return Timestamp.#checked(parseSeconds(text));
  }

  /**
   * Tells when a unit of a rate starts: a frame, a sample, a tick.
   *
   * The exact instant is rounded towards 0, as mediatimestamp has it: 1 at
   * 30000/1001 is `0:33366666`. {@linkcode Timestamp.toCount} gives the count back.
   *
   * @param count How many units are before it; a `number` only as far as it is exact.
   * @param rate How many there are in a second.
   * @param options Where the unit 0 starts.
   * @throws {TimeOutOfRangeError} If the count has a fraction, or the instant is
   * beyond what a timestamp holds.
   *
   * @example When a frame starts
   * ```ts
   * import { Rate, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.fromCount(720, Rate.of(25))}`, "28:800000000");
   * assert.equal(`${Timestamp.fromCount(-1, Rate.of(30000, 1001))}`, "-0:33366666");
   * ```
   */
  static fromCount(
    count: bigint | number,
    rate: Rate,
    options?: PhaseOptions,
  ): Timestamp {
    const phase = options?.phase;
    if (phase === undefined && rate.isWithinHighest(count)) {
      return new Timestamp(rate.countToNanoseconds(BigInt(count)));
    }
    const nanoseconds = rate.countToNanoseconds(toBigInt("a count", count));
    return Timestamp.#checked(nanoseconds + (phase?.nanoseconds ?? 0n));
  }

  /**
   * Tells how long a unit of a rate takes, or a part of it: rounded down.
   *
   * @param rate How many units there are in a second.
   * @param parts Into how many parts a unit is divided; 1 unless said otherwise.
   * @throws {TimeOutOfRangeError} If `parts` is not a whole positive number.
   *
   * @example How long a frame is
   * ```ts
   * import { Rate, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.intervalOf(Rate.of(25))}`, "0:40000000");
   * assert.equal(`${Timestamp.intervalOf(Rate.of(25), 2)}`, "0:20000000");
   * ```
   */
  static intervalOf(rate: Rate, parts: bigint | number = 1): Timestamp {
    const divisor = toBigInt("parts", parts);
    if (divisor <= 0n) {
      throw new TimeOutOfRangeError(
        `Cannot divide a unit into ${parts} parts: there is at least 1`,
      );
    }
    return new Timestamp(rate.countToNanoseconds(1n) / divisor);
  }

  /**
   * Compares two, as `Array.prototype.sort` wants it.
   *
   * @param a One.
   * @param b The other.
   * @returns -1 if the first is earlier, 1 if it is later, 0 if both are the same.
   *
   * @example Sort
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const times = ["10:0", "9:0", "-1:0"].map((text) => Timestamp.parse(text));
   * assert.equal(times.sort(Timestamp.compare).join(" "), "-1:0 9:0 10:0");
   * ```
   */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- so that it may be handed on by itself
  static compare(this: void, a: Timestamp, b: Timestamp): -1 | 0 | 1 {
    if (a.nanoseconds === b.nanoseconds) return 0;
    return a.nanoseconds < b.nanoseconds ? -1 : 1;
  }

  /**
   * Tells whether it is the same instant.
   *
   * @param other The other.
   * @returns Whether both are the same.
   *
   * @example Not by ===
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.ok(Timestamp.parse("1:0").equals(Timestamp.fromSeconds(1)));
   * ```
   */
  equals(other: Timestamp): boolean {
    return this.nanoseconds === other.nanoseconds;
  }

  /**
   * Tells whether it is the earlier one.
   *
   * @param other The other.
   * @returns Whether this is earlier.
   *
   * @example In order of time
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.ok(Timestamp.parse("9:0").isBefore(Timestamp.parse("10:0")));
   * ```
   */
  isBefore(other: Timestamp): boolean {
    return this.nanoseconds < other.nanoseconds;
  }

  /**
   * Tells whether it is the later one.
   *
   * @param other The other.
   * @returns Whether this is later.
   *
   * @example In order of time
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.ok(Timestamp.parse("10:0").isAfter(Timestamp.parse("9:0")));
   * ```
   */
  isAfter(other: Timestamp): boolean {
    return this.nanoseconds > other.nanoseconds;
  }

  /**
   * Adds a distance.
   *
   * @param other What is added.
   * @returns The sum.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
   *
   * @example From an object's timeline to the flow's
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const offset = Timestamp.parse("1694429247:0");
   * assert.equal(`${Timestamp.parse("0:40000000").add(offset)}`, "1694429247:40000000");
   * ```
   */
  add(other: Timestamp): Timestamp {
    return Timestamp.#checked(this.nanoseconds + other.nanoseconds);
  }

  /**
   * Takes a distance away, or tells how far it is from another instant.
   *
   * @param other What is taken away.
   * @returns The difference.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
   *
   * @example How far apart
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const [start, end] = [Timestamp.parse("2:5"), Timestamp.parse("1:6")];
   * assert.equal(`${end.subtract(start)}`, "-0:999999999");
   * ```
   */
  subtract(other: Timestamp): Timestamp {
    return Timestamp.#checked(this.nanoseconds - other.nanoseconds);
  }

  /**
   * Multiplies a distance.
   *
   * @param factor A whole number.
   * @returns The product.
   * @throws {TimeOutOfRangeError} If the factor has a fraction, or the product is
   * beyond what a timestamp holds.
   *
   * @example Three times as long
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.parse("1:5").multiply(3)}`, "3:15");
   * ```
   */
  multiply(factor: bigint | number): Timestamp {
    return Timestamp.#checked(this.nanoseconds * toBigInt("a factor", factor));
  }

  /**
   * Divides, and rounds down, to the earlier, as Python's `//` does.
   *
   * @param divisor A whole number, and not 0.
   * @returns The quotient.
   * @throws {TimeOutOfRangeError} If the divisor has a fraction or is 0.
   *
   * @example Half of it
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Timestamp.parse("1:5").floorDivide(2)}`, "0:500000002");
   * assert.equal(`${Timestamp.parse("-1:5").floorDivide(2)}`, "-0:500000003");
   * ```
   */
  floorDivide(divisor: bigint | number): Timestamp {
    const whole = toBigInt("a divisor", divisor);
    if (whole === 0n) {
      throw new TimeOutOfRangeError(`Cannot divide ${this.toString()} by 0`);
    }
    return new Timestamp(floorDivide(this.nanoseconds, whole));
  }

  /**
   * Turns the sign around.
   *
   * @returns The same distance on the other side of 0.
   */
  negate(): Timestamp {
    return new Timestamp(-this.nanoseconds);
  }

  /**
   * Leaves the sign out.
   *
   * @returns The distance from 0.
   */
  absolute(): Timestamp {
    return this.nanoseconds < 0n ? this.negate() : this;
  }

  /**
   * Tells which unit of a rate this instant belongs to.
   *
   * With `nearest` it undoes {@linkcode Timestamp.fromCount}. With the others it does
   * so on one side of the origin only: the start of a unit is rounded towards 0, and
   * so may lie just within the unit that is nearer to 0, where `down` leaves it from 0
   * on, and `up` below 0. Count frames with `nearest`.
   *
   * Source: mediatimestamp's `to_count`, to the letter.
   *
   * @param rate How many units there are in a second.
   * @param options How it rounds, to the nearest unless said otherwise; where the
   * unit 0 starts.
   * @returns How many units are before it; below 0 if it is before the unit 0.
   * @throws {TimeOutOfRangeError} If it is above what a `number` holds exactly:
   * {@linkcode Timestamp.toBigCount} goes further.
   *
   * @example Which frame is shown
   * ```ts
   * import { Rate, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const time = Timestamp.parse("0:33366666");
   * assert.equal(time.toCount(Rate.of(30000, 1001)), 1);
   * assert.equal(time.toCount(Rate.of(25), { rounding: "down" }), 0);
   * ```
   */
  toCount(rate: Rate, options?: CountOptions): number {
    return toNumber("the count", this.toBigCount(rate, options));
  }

  /**
   * Tells which unit of a rate this instant belongs to, however many there are before
   * it: {@linkcode Timestamp.toCount} for ticks of 27 MHz since 1970.
   *
   * @param rate How many units there are in a second.
   * @param options How it rounds; where the unit 0 starts.
   * @returns How many units are before it.
   */
  toBigCount(rate: Rate, options?: CountOptions): bigint {
    const phase = options?.phase;
    return rate.nanosecondsToCount(
      phase === undefined
        ? this.nanoseconds
        : this.nanoseconds - phase.nanoseconds,
      options?.rounding,
    );
  }

  /**
   * Moves it to the start of a unit of a rate: the nearest unless said otherwise.
   *
   * @param rate How many units there are in a second.
   * @param options How it rounds; where the unit 0 starts.
   * @returns The start of a unit.
   * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
   *
   * @example Times of a container that counts in milliseconds
   * ```ts
   * import { Rate, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const time = Timestamp.parseSeconds("0.033").normalise(Rate.of(30000, 1001));
   * assert.equal(`${time}`, "0:33366666");
   * ```
   */
  normalise(rate: Rate, options?: CountOptions): Timestamp {
    return Timestamp.fromCount(this.toBigCount(rate, options), rate, options);
  }

  /**
   * Tells how far it is after the start of the unit that it lies in: 0 for what
   * {@linkcode Timestamp.fromCount} gives.
   *
   * @param rate How many units there are in a second.
   * @returns At least 0, and less than there is up to the start of the next unit.
   *
   * @example How far off the frames it is
   * ```ts
   * import { Rate, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const time = Timestamp.parse("0:50000000");
   * assert.equal(`${time.toPhaseOffset(Rate.of(25))}`, "0:10000000");
   * ```
   */
  toPhaseOffset(rate: Rate): Timestamp {
    const count = this.toBigCount(rate);
    const start = Timestamp.fromCount(count, rate);
    // Rounding down would leave the rounded start of a unit in the one before.
    return this.subtract(
      start.isAfter(this) ? Timestamp.fromCount(count - 1n, rate) : start,
    );
  }

  /**
   * Splits it as its text is split.
   *
   * @returns The parts of its text; both numbers are at least 0.
   *
   * @example Seconds and nanoseconds
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const parts = Timestamp.parse("-3:5").toParts();
   * assert.deepEqual(parts, { sign: -1, seconds: 3, nanoseconds: 5 });
   * ```
   */
  toParts(): Required<TimestampParts> {
    const magnitude = this.absolute().nanoseconds;
    return {
      sign: this.nanoseconds < 0n ? -1 : 1,
      seconds: Number(magnitude / second),
      nanoseconds: Number(magnitude % second),
    };
  }

  /**
   * Gives floating-point seconds, as a media element wants them; they are not exact.
   *
   * @returns Seconds.
   *
   * @example For a player
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Timestamp.parse("1:500000000").toSeconds(), 1.5);
   * ```
   */
  toSeconds(): number {
    const { sign, seconds, nanoseconds } = this.toParts();
    return sign * (seconds + nanoseconds / 1e9);
  }

  /**
   * Rounds to milliseconds.
   *
   * @param options How it rounds; to the nearest unless said otherwise.
   * @returns Whole milliseconds.
   * @throws {TimeOutOfRangeError} If it is above what a `number` holds exactly.
   *
   * @example For a timer
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Timestamp.parse("1:500000").toMilliseconds(), 1001);
   * ```
   */
  toMilliseconds(options?: RoundingOptions): number {
    return this.toCount(milliseconds, options);
  }

  /**
   * Rounds to microseconds.
   *
   * @param options How it rounds; to the nearest unless said otherwise.
   * @returns Whole microseconds.
   * @throws {TimeOutOfRangeError} If it is above what a `number` holds exactly.
   *
   * @example As WebCodecs counts
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Timestamp.parse("0:1499").toMicroseconds({ rounding: "up" }), 2);
   * ```
   */
  toMicroseconds(options?: RoundingOptions): number {
    return this.toCount(microseconds, options);
  }

  /**
   * Writes seconds with a decimal fraction.
   *
   * @param options Whether all 9 digits are written.
   * @returns Such as `1.5`.
   *
   * @example For people, and for columns
   * ```ts
   * import { Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const time = Timestamp.parse("12:100");
   * assert.equal(time.formatSeconds(), "12.0000001");
   * assert.equal(time.formatSeconds({ fixed: true }), "12.000000100");
   * ```
   */
  formatSeconds(options?: SecondsTextOptions): string {
    return formatSeconds(this.nanoseconds, options);
  }

  /**
   * Writes TAMS's text.
   *
   * @returns TAMS's text, which {@linkcode Timestamp.parse} takes.
   */
  toString(): string {
    return formatNanoseconds(this.nanoseconds);
  }

  /**
   * Writes TAMS's text, for `JSON.stringify`.
   *
   * @returns TAMS's text.
   */
  toJSON(): string {
    return this.toString();
  }

  /**
   * Refuses `<` and `+`, which would compare and join texts.
   *
   * @throws {TypeError} Always.
   */
  valueOf(): never {
    throw new TypeError(
      "Cannot use a timestamp with an operator: call Timestamp.compare(), isBefore(), add() and so on",
    );
  }
}
