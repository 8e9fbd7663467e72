import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { TextReader, type ParseOptions } from "../text/text-reader.ts";
import { readRange, type Inclusivity } from "./range-text.ts";

/**
 * A run of counts: of frames, of samples. From its start on, and before its end; either
 * may be unbounded.
 *
 * Whatever it is made of, it starts with a count and ends before one: `[0_10]` is
 * `[0_11)`. It never changes.
 *
 * Source: mediatimestamp's `CountRange`.
 *
 * @example Ten frames
 * ```ts
 * import { CountRange } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const frames = CountRange.of(720, 1200);
 * assert.equal(`${frames}`, "[720_1200)");
 * assert.equal(frames.length, 480);
 * ```
 */
export class CountRange {
  /** No count at all: `()`. */
  static readonly never: CountRange = new CountRange(0, 0);
  /** All counts: `_`. */
  static readonly eternity: CountRange = new CountRange(undefined, undefined);

  /** The first count; nothing if there is no first. For `()` it is 0. */
  readonly start: number | undefined;
  /** The count after the last; nothing if there is no last. For `()` it is 0. */
  readonly end: number | undefined;

  private constructor(start: number | undefined, end: number | undefined) {
    this.start = start;
    this.end = end;
  }

  /**
   * Makes a run of counts.
   *
   * @param start Where it starts; nothing if it has no start.
   * @param end Where it ends; nothing if it has no end.
   * @param inclusivity Which of them are within; `[)` unless said otherwise.
   * @returns The run: `()` if the end is not behind the start.
   * @throws {TimeOutOfRangeError} If either is not a whole number that is exact.
   *
   * @example Including the last
   * ```ts
   * import { CountRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${CountRange.of(0, 10, "[]")}`, "[0_11)");
   * assert.equal(`${CountRange.of(10, 0)}`, "()");
   * assert.equal(`${CountRange.of(5, undefined)}`, "[5_");
   * ```
   */
  static of(
    start: number | undefined,
    end: number | undefined,
    inclusivity: Inclusivity = "[)",
  ): CountRange {
    const first = checkCount(start, inclusivity.startsWith("(") ? 1 : 0);
    const past = checkCount(end, inclusivity.endsWith("]") ? 1 : 0);
    if (first === undefined && past === undefined) return CountRange.eternity;
    if (first !== undefined && past !== undefined && first >= past) {
      return CountRange.never;
    }
    return new CountRange(first, past);
  }

  /**
   * Parses `[0_10)`, `[5_`, `_5)`, `_` or `()`.
   *
   * @param text The text.
   * @param options With the spelling `any`, `[0_10]`, `(0_10)`, `5` and the like are
   * taken too.
   * @throws {TimeSyntaxError} If it is anything else.
   * @throws {TimeOutOfRangeError} If a count is above what a `number` holds exactly.
   *
   * @example One count
   * ```ts
   * import { CountRange } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${CountRange.parse("5", { spelling: "any" })}`, "[5_6)");
   * assert.throws(() => CountRange.parse("5"), SyntaxError);
   * ```
   */
  static parse(text: string, options?: ParseOptions): CountRange {
    const spelling = options?.spelling ?? "canonical";
    const reader = new TextReader("a range of counts", text);
    const range = readRange(reader, spelling, {
      kind: "a count",
      readValue: readCount,
      compare: (a, b) => a - b,
    });
    if (range === undefined) return CountRange.never;
    const counts = CountRange.of(range.start, range.end, range.inclusivity);
    if (spelling === "canonical" && counts.toString() !== text) {
      reader.fail(`the spelling ${counts.toString()}`, 0);
    }
    return counts;
  }

  /** Whether there is no count in it. */
  get isEmpty(): boolean {
    return this.start !== undefined && this.start === this.end;
  }

  /** How many counts it has: `Infinity` if it is unbounded. */
  get length(): number {
    return this.start === undefined || this.end === undefined
      ? Infinity
      : this.end - this.start;
  }

  /**
   * Tells whether it has a count.
   *
   * @param count A count.
   * @returns Whether it is within.
   */
  contains(count: number): boolean {
    return (
      (this.start === undefined || this.start <= count) &&
      (this.end === undefined || count < this.end)
    );
  }

  /**
   * Tells whether it has the same counts.
   *
   * @param other The other.
   * @returns Whether both have the same counts.
   */
  equals(other: CountRange): boolean {
    return this.start === other.start && this.end === other.end;
  }

  /**
   * Writes it in its one spelling.
   *
   * @returns Its text, which {@linkcode CountRange.parse} takes.
   */
  toString(): string {
    if (this.isEmpty) return "()";
    const start = this.start === undefined ? "" : `[${this.start}`;
    return this.end === undefined ? `${start}_` : `${start}_${this.end})`;
  }

  /**
   * Writes its text, for `JSON.stringify`.
   *
   * @returns Its text.
   */
  toJSON(): string {
    return this.toString();
  }
}

function checkCount(
  count: number | undefined,
  added: number,
): number | undefined {
  if (count === undefined) return undefined;
  const sum = count + added;
  if (Number.isSafeInteger(count) && Number.isSafeInteger(sum)) return sum;
  throw new TimeOutOfRangeError(
    `Cannot use ${count} as a count: it is not a whole number that is exact`,
  );
}

/** Takes a count without leading zeros, and 0 without a sign. */
function readCount(reader: TextReader): number {
  const [digits] = reader.expect(/0|-?[1-9]\d*/y, "a count");
  const count = Number(digits);
  if (Number.isSafeInteger(count)) return count;
  throw new TimeOutOfRangeError(
    `Cannot use a count of ${digits.length} digits: it is above what a number holds exactly`,
  );
}
