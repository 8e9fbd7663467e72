import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import {
  findSimplestFraction,
  greatestCommonDivisor,
  type Fraction,
} from "../number/fraction.ts";
import { toBigInt, toNumber } from "../number/integer.ts";
import type { Rounding } from "../number/rounding.ts";
import { highestNanoseconds, second } from "../number/nanoseconds.ts";
import { TextReader } from "../text/text-reader.ts";

/** As far as 29.97 is from 30000/1001, and further, but less than 24 is from 23.976. */
const defaultTolerance = 1e-5;

/** Two whole numbers: how TAMS writes a rate in JSON. */
export interface RateParts {
  /** Units in so many seconds as the denominator says. */
  readonly numerator: number;
  /** Seconds; 1 where it is missing. */
  readonly denominator?: number;
}

/** How a rate is found near a number. */
export interface NearRateOptions {
  /** How far it may be from the number, as a part of it; 0.00001 unless said otherwise. */
  readonly tolerance?: number;
}

/**
 * How many units (frames, samples, ticks) there are in a second: an exact fraction,
 * in lowest terms.
 *
 * Positive, and at most a unit for each nanosecond. Counts of units survive the way
 * to instants and back at every rate up to 500 MHz, and at 1 GHz.
 *
 * @example An exact rate
 * ```ts
 * import { Rate } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const ntsc = Rate.of(30000, 1001);
 * assert.equal(`${ntsc}`, "30000/1001");
 * assert.ok(ntsc.equals(Rate.of(60000, 2002)));
 * ```
 */
export class Rate {
  /** Units in so many seconds as the denominator says. */
  readonly numerator: number;
  /** Seconds. */
  readonly denominator: number;

  readonly #numerator: bigint;
  /** How long so many units take as the numerator says, in nanoseconds. */
  readonly #nanoseconds: bigint;
  /** A unit less the least there is: what is added to round up. */
  readonly #almostUnit: bigint;
  readonly #halfUnit: bigint;
  readonly #highestCount: number;

  private constructor({ numerator, denominator }: Fraction) {
    if (numerator <= 0n || denominator <= 0n) {
      refuse(numerator, denominator, "it is not positive");
    }
    if (numerator > denominator * second) {
      refuse(numerator, denominator, "a unit would be below a nanosecond");
    }
    const divisor = greatestCommonDivisor(numerator, denominator);
    this.#numerator = numerator / divisor;
    this.#nanoseconds = (denominator / divisor) * second;
    const unit = this.#nanoseconds / this.#numerator;
    this.#almostUnit = unit - 1n;
    this.#halfUnit = unit / 2n;
    const highest = (highestNanoseconds * this.#numerator) / this.#nanoseconds;
    this.#highestCount = Math.min(Number.MAX_SAFE_INTEGER, Number(highest) - 1);
    this.numerator = toNumber("the numerator", this.#numerator);
    this.denominator = toNumber("the denominator", denominator / divisor);
  }

  /**
   * Makes a rate out of a fraction, which need not be in lowest terms.
   *
   * @param numerator Units in so many seconds as the denominator says.
   * @param denominator Seconds; 1 unless said otherwise.
   * @throws {TimeOutOfRangeError} If either is not a whole positive number, or a unit
   * would be below a nanosecond.
   *
   * @example 29.97 frames a second
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Rate.of(30000, 1001).toNumber().toFixed(5), "29.97003");
   * assert.throws(() => Rate.of(0), RangeError);
   * ```
   */
  static of(
    numerator: bigint | number,
    denominator: bigint | number = 1,
  ): Rate {
    return new Rate({
      numerator: toBigInt("a rate's numerator", numerator),
      denominator: toBigInt("a rate's denominator", denominator),
    });
  }

  /**
   * Makes a rate out of the JSON that TAMS has for it.
   *
   * Source: TAMS 8.2, `frame_rate`, `media_rate` and `sample_rate` of a flow.
   *
   * @param parts Numerator and denominator.
   * @throws {TimeOutOfRangeError} As {@linkcode Rate.of}.
   *
   * @example A flow's frame rate
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const rate = Rate.from({ numerator: 50 });
   * assert.equal(JSON.stringify(rate), '{"numerator":50,"denominator":1}');
   * ```
   */
  static from({ numerator, denominator }: RateParts): Rate {
    return Rate.of(numerator, denominator);
  }

  /**
   * Parses `25` or `30000/1001`; the fraction need not be in lowest terms.
   *
   * @param text The text.
   * @throws {TimeSyntaxError} If it is neither.
   * @throws {TimeOutOfRangeError} As {@linkcode Rate.of}.
   *
   * @example What a probe of a file tells
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.ok(Rate.parse("25/1").equals(Rate.parse("25")));
   * assert.throws(() => Rate.parse("29.97"), SyntaxError);
   * ```
   */
  static parse(text: string): Rate {
    const reader = new TextReader("a rate", text);
    const digits = /0|[1-9]\d*/y;
    const [numerator] = reader.expect(digits, "a whole number");
    const [denominator] = reader.takeWord("/")
      ? reader.expect(digits, "a whole number")
      : ["1"];
    reader.expectEnd();
    return Rate.of(
      toSafeNumber("numerator", numerator),
      toSafeNumber("denominator", denominator),
    );
  }

  /**
   * Finds the rate that is meant by a number which is not exact: the nearest whole
   * rate; else the nearest that is a whole one times 1000/1001, as of NTSC; else the
   * simplest fraction.
   *
   * @param unitsPerSecond The number, such as 29.97.
   * @param options How near is near enough.
   * @throws {TimeOutOfRangeError} If the number or the tolerance is not positive and
   * finite, or a unit would be below a nanosecond.
   *
   * @example What 29.97 stands for
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${Rate.near(29.97)}`, "30000/1001");
   * assert.equal(`${Rate.near(23.976)}`, "24000/1001");
   * assert.equal(`${Rate.near(46.875)}`, "375/8");
   * assert.equal(`${Rate.near(24.9999)}`, "25");
   * ```
   */
  static near(unitsPerSecond: number, options?: NearRateOptions): Rate {
    const { tolerance = defaultTolerance } = options ?? {};
    checkPositive("units in a second", unitsPerSecond);
    checkPositive("tolerance", tolerance);
    const margin = unitsPerSecond * tolerance;
    const isNear = (rate: number) =>
      rate > 0 && Math.abs(rate - unitsPerSecond) <= margin;
    const whole = Math.round(unitsPerSecond);
    if (isNear(whole)) return Rate.of(whole);
    const nominal = Math.round(unitsPerSecond * 1.001);
    if (isNear(nominal / 1.001)) return Rate.of(nominal * 1000, 1001);
    const least = Math.max(unitsPerSecond - margin, Number.MIN_VALUE);
    return new Rate(findSimplestFraction(least, unitsPerSecond + margin));
  }

  /**
   * Tells whether a count is a whole number, and a timestamp holds when its unit
   * starts: so fast that it may be asked for each frame.
   *
   * @param count The count.
   * @returns False for a `bigint` too, of which nothing is known.
   * @internal
   */
  isWithinHighest(count: bigint | number): count is number {
    return (
      Number.isInteger(count) &&
      count <= this.#highestCount &&
      count >= -this.#highestCount
    );
  }

  /**
   * Tells at which nanosecond a unit starts: rounded towards 0, as TAMS's
   * mediatimestamp does.
   *
   * @param count How many units are before it; below 0 for one before the origin.
   * @returns Nanoseconds from the origin.
   *
   * @example For loops in which no object should be made
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Rate.of(25).countToNanoseconds(3n), 120_000_000n);
   * ```
   */
  countToNanoseconds(count: bigint): bigint {
    return (count * this.#nanoseconds) / this.#numerator;
  }

  /**
   * Tells which unit a nanosecond belongs to.
   *
   * `nearest` undoes {@linkcode Rate.countToNanoseconds}; `up` and `down` do so on one
   * side of the origin each: see `Timestamp.toCount`.
   *
   * @param nanoseconds Nanoseconds from the origin.
   * @param rounding How it rounds; `nearest` unless said otherwise.
   * @returns How many units are before it.
   *
   * @example For loops in which no object should be made
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(Rate.of(25).nanosecondsToCount(119_999_999n), 3n);
   * assert.equal(Rate.of(25).nanosecondsToCount(119_999_999n, "down"), 2n);
   * ```
   */
  nanosecondsToCount(nanoseconds: bigint, rounding?: Rounding): bigint {
    let nudge = 0n;
    if (rounding === undefined || rounding === "nearest") {
      nudge = nanoseconds < 0n ? -this.#halfUnit : this.#halfUnit;
    } else if (rounding === "up") {
      if (nanoseconds > 0n) nudge = this.#almostUnit;
    } else if (nanoseconds < 0n) {
      nudge = -this.#almostUnit;
    }
    return ((nanoseconds + nudge) * this.#numerator) / this.#nanoseconds;
  }

  /**
   * Compares with another rate.
   *
   * @param other The other.
   * @returns Whether both are the same.
   *
   * @example However it was written
   * ```ts
   * import { Rate } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.ok(Rate.of(60000, 2002).equals(Rate.parse("30000/1001")));
   * ```
   */
  equals(other: Rate): boolean {
    return (
      this.numerator === other.numerator &&
      this.denominator === other.denominator
    );
  }

  /**
   * Gives the units in a second as a floating-point number, which is not exact.
   *
   * @returns Units in a second.
   */
  toNumber(): number {
    return this.numerator / this.denominator;
  }

  /**
   * Writes it as a fraction, without a denominator of 1.
   *
   * @returns Such as `25`, or `30000/1001`.
   */
  toString(): string {
    return this.denominator === 1
      ? `${this.numerator}`
      : `${this.numerator}/${this.denominator}`;
  }

  /**
   * Gives what TAMS has for it in JSON.
   *
   * @returns Numerator and denominator.
   */
  toJSON(): Required<RateParts> {
    return { numerator: this.numerator, denominator: this.denominator };
  }

  /**
   * Refuses `<` and `+`, which would compare and join texts.
   *
   * @throws {TypeError} Always.
   */
  valueOf(): never {
    throw new TypeError(
      "Cannot use a rate with an operator: call equals() or toNumber()",
    );
  }
}

function refuse(numerator: bigint, denominator: bigint, why: string): never {
  throw new TimeOutOfRangeError(
    `Cannot use ${numerator}/${denominator} as a rate: ${why}`,
  );
}

function checkPositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw new TimeOutOfRangeError(
    `Cannot use ${value} as ${name}: it is not positive and finite`,
  );
}

/** Takes digits as a number, without ever working on very many of them. */
function toSafeNumber(name: string, digits: string): number {
  const number = Number(digits);
  if (Number.isSafeInteger(number)) return number;
  throw new TimeOutOfRangeError(
    `Cannot use a ${name} of ${digits.length} digits: it is above what a number holds exactly`,
  );
}
