import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { Timestamp, type PhaseOptions } from "../instant/timestamp.ts";
import { Rate } from "../rate/rate.ts";
import { TextReader } from "../text/text-reader.ts";

const minutesPerDay = 24 * 60;

/** Frame numbers have two digits. */
const mostFramesPerSecond = 100;

/** How time codes count. */
export interface TimeCodeOptions {
  /** Whether numbers are dropped, so that it keeps up with the clock; not unless said so. */
  readonly dropFrame?: boolean;
}

/**
 * A SMPTE time code: the number of a frame within a day, as hours, minutes, seconds
 * and frames.
 *
 * Seconds have a whole number of frames: 30 at 30000/1001, so that it falls behind the
 * clock. With drop frame it leaves out numbers, and never frames: the first two (at
 * 60000/1001 the first four) of each minute but every tenth, and so is at most 0.1
 * seconds off, over a day. It never changes.
 *
 * Source: SMPTE ST 12-1:2014, 5.2 and 5.3; for more than 30 frames a second, ST 12-3.
 *
 * @example Drop frame
 * ```ts
 * import { Rate, TimeCode } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const ntsc = Rate.of(30000, 1001);
 * const code = TimeCode.fromFrameCount(1800, ntsc, { dropFrame: true });
 * assert.equal(`${code}`, "00:01:00;02");
 * assert.equal(TimeCode.parse("01:00:00;00", ntsc).frameCount, 107892);
 * ```
 */
export class TimeCode {
  /** How many frames there are before it in the day. */
  readonly frameCount: number;
  /** How many frames there are in a second. */
  readonly rate: Rate;
  /** Whether numbers are dropped. */
  readonly dropFrame: boolean;

  private constructor(frameCount: number, { rate, dropFrame }: Counting) {
    this.frameCount = frameCount;
    this.rate = rate;
    this.dropFrame = dropFrame;
  }

  /**
   * Makes the time code of a frame.
   *
   * @param frameCount How many frames there are before it in the day.
   * @param rate How many there are in a second, at most 100.
   * @param options Whether numbers are dropped.
   * @throws {TimeOutOfRangeError} If the day has no such frame, the rate is above 100,
   * or numbers are to be dropped at another rate than 30000/1001 and its multiples.
   *
   * @example A frame
   * ```ts
   * import { Rate, TimeCode } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * assert.equal(`${TimeCode.fromFrameCount(90000, Rate.of(25))}`, "01:00:00:00");
   * ```
   */
  static fromFrameCount(
    frameCount: number,
    rate: Rate,
    options?: TimeCodeOptions,
  ): TimeCode {
    const counting = createCounting(rate, options?.dropFrame ?? false);
    if (
      !Number.isSafeInteger(frameCount) ||
      frameCount < 0 ||
      frameCount >= counting.framesPerDay
    ) {
      throw new TimeOutOfRangeError(
        `Cannot give frame ${frameCount} a time code: a day has those from 0 to ${counting.framesPerDay - 1}`,
      );
    }
    return new TimeCode(frameCount, counting);
  }

  /**
   * Makes the time code of the frame nearest to an instant.
   *
   * @param time The instant, from the start of the day.
   * @param rate How many frames there are in a second, at most 100.
   * @param options Whether numbers are dropped, and where the frame 0 starts.
   * @throws {TimeOutOfRangeError} As {@linkcode TimeCode.fromFrameCount}.
   *
   * @example An hour into the day
   * ```ts
   * import { Rate, TimeCode, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const code = TimeCode.fromTimestamp(Timestamp.parse("3600:0"), Rate.of(25));
   * assert.equal(`${code}`, "01:00:00:00");
   * ```
   */
  static fromTimestamp(
    time: Timestamp,
    rate: Rate,
    options?: TimeCodeOptions & PhaseOptions,
  ): TimeCode {
    return TimeCode.fromFrameCount(time.toCount(rate, options), rate, options);
  }

  /**
   * Parses `01:00:00:00`, or, with dropped numbers, `01:00:00;00`.
   *
   * @param text Hours, minutes, seconds and frames, with two digits each; `;` before
   * the frames stands for drop frame.
   * @param rate How many frames there are in a second, at most 100.
   * @throws {TimeSyntaxError} If it is anything else, or a number that is dropped.
   * @throws {TimeOutOfRangeError} If the rate is above 100, or numbers are dropped at
   * another rate than 30000/1001 and its multiples.
   *
   * @example A number that is dropped
   * ```ts
   * import { Rate, TimeCode } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const ntsc = Rate.of(30000, 1001);
   * assert.throws(() => TimeCode.parse("00:01:00;00", ntsc), SyntaxError);
   * ```
   */
  static parse(text: string, rate: Rate): TimeCode {
    const reader = new TextReader("a time code", text);
    const [hours] = reader.expect(/[01]\d|2[0-3]/y, "an hour from 00 to 23");
    reader.expect(/:/y, '":"');
    const [minutes] = reader.expect(/[0-5]\d/y, "a minute from 00 to 59");
    reader.expect(/:/y, '":"');
    const [seconds] = reader.expect(/[0-5]\d/y, "a second from 00 to 59");
    const [separator] = reader.expect(/[:;]/y, '":" or ";"');
    const counting = createCounting(rate, separator === ";");
    const { position } = reader;
    const [frames] = reader.expect(/\d\d/y, "two digits of the frame");
    reader.expectEnd();
    const minute = Number(hours) * 60 + Number(minutes);
    const frame = Number(frames);
    if (frame >= counting.framesPerSecond) {
      reader.fail(`a frame below ${counting.framesPerSecond}`, position);
    }
    const isFull = minute % 10 === 0 || seconds !== "00";
    if (!isFull && frame < counting.dropped) {
      reader.fail(`a frame from ${counting.dropped} on`, position);
    }
    const second = minute * 60 + Number(seconds);
    const numbers = second * counting.framesPerSecond + frame;
    const shortMinutes = minute - Math.floor(minute / 10);
    return new TimeCode(numbers - shortMinutes * counting.dropped, counting);
  }

  /**
   * Tells when its frame starts.
   *
   * @param options Where the frame 0 starts.
   * @returns The instant, from the start of the day.
   * @throws {TimeOutOfRangeError} If that is beyond what a timestamp holds.
   *
   * @example When a day begins at ten
   * ```ts
   * import { Rate, TimeCode, Timestamp } from "@sluice/time";
   * import assert from "node:assert/strict";
   *
   * const phase = Timestamp.parse("36000:0");
   * const code = TimeCode.parse("01:00:00:00", Rate.of(25));
   * assert.equal(`${code.toTimestamp({ phase })}`, "39600:0");
   * ```
   */
  toTimestamp(options?: PhaseOptions): Timestamp {
    return Timestamp.fromCount(this.frameCount, this.rate, options);
  }

  /**
   * Tells whether it is the same time code.
   *
   * @param other The other.
   * @returns Whether both are the same frame, rate and way of counting.
   */
  equals(other: TimeCode): boolean {
    return (
      this.frameCount === other.frameCount &&
      this.dropFrame === other.dropFrame &&
      this.rate.equals(other.rate)
    );
  }

  /**
   * Writes it, with `;` before the frames if numbers are dropped.
   *
   * @returns Its text, which {@linkcode TimeCode.parse} takes.
   */
  toString(): string {
    const counting = createCounting(this.rate, this.dropFrame);
    const { framesPerSecond } = counting;
    const [minute, number] = findNumber(this.frameCount, counting);
    const [hours, minutes, seconds, frames] = [
      Math.floor(minute / 60),
      minute % 60,
      Math.floor(number / framesPerSecond),
      number % framesPerSecond,
    ].map((part) => `${part}`.padStart(2, "0"));
    const separator = this.dropFrame ? ";" : ":";
    return `${hours}:${minutes}:${seconds}${separator}${frames}`;
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

/** How the frames of a day are numbered. */
interface Counting {
  readonly rate: Rate;
  readonly dropFrame: boolean;
  /** Numbers in a second. */
  readonly framesPerSecond: number;
  /** How many numbers each minute but every tenth leaves out. */
  readonly dropped: number;
  readonly framesPerDay: number;
}

function createCounting(rate: Rate, dropFrame: boolean): Counting {
  const framesPerSecond = findNominal(rate);
  if (dropFrame && (rate.denominator === 1 || framesPerSecond % 30 !== 0)) {
    throw new TimeOutOfRangeError(
      `Cannot drop frame numbers at a rate of ${rate.toString()}: that is for 30000/1001 and its multiples`,
    );
  }
  const dropped = dropFrame ? framesPerSecond / 15 : 0;
  const framesPerDay =
    minutesPerDay * framesPerSecond * 60 - minutesPerDay * 0.9 * dropped;
  return { rate, dropFrame, framesPerSecond, dropped, framesPerDay };
}

/** Gives the whole rate that one is, or is 1000/1001 of. */
function findNominal(rate: Rate): number {
  const isWhole = rate.denominator === 1;
  const nominal = Math.round(rate.toNumber() * (isWhole ? 1 : 1.001));
  if (
    nominal > 0 &&
    nominal <= mostFramesPerSecond &&
    (isWhole || rate.equals(Rate.of(nominal * 1000, 1001)))
  ) {
    return nominal;
  }
  throw new TimeOutOfRangeError(
    `Cannot make time codes at a rate of ${rate.toString()}: it is neither a whole one up to ${mostFramesPerSecond} nor 1000/1001 of one`,
  );
}

/** Finds the minute of a frame, and its number within it. */
function findNumber(
  frameCount: number,
  { framesPerSecond, dropped }: Counting,
): [number, number] {
  const longMinute = framesPerSecond * 60;
  const shortMinute = longMinute - dropped;
  const tenMinutes = longMinute + 9 * shortMinute;
  const tens = Math.floor(frameCount / tenMinutes);
  const rest = frameCount - tens * tenMinutes;
  if (rest < longMinute) return [tens * 10, rest];
  const short = Math.floor((rest - longMinute) / shortMinute);
  const number = rest - longMinute - short * shortMinute + dropped;
  return [tens * 10 + 1 + short, number];
}
