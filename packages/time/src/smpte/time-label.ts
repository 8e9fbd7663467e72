import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { Timestamp } from "../instant/timestamp.ts";
import { Rate } from "../rate/rate.ts";
import { TextReader } from "../text/text-reader.ts";
import {
  formatClockTime,
  pad,
  readClockTime,
  splitSeconds,
} from "../utc/calendar.ts";
import { toTai } from "../utc/iso-text.ts";
import { getLeapSeconds } from "../utc/leap-seconds.ts";
import { toUnixTime } from "../utc/unix-time.ts";

const mostOffsetMinutes = 24 * 60;

/** How a time label is written. */
export interface TimeLabelOptions {
  /** How far the zone of its clock is ahead of UTC, in minutes; 0 unless said otherwise. */
  readonly utcOffsetMinutes?: number;
}

/** What a time label tells. */
export interface TimeLabel {
  /** When its frame starts, in TAI. */
  readonly time: Timestamp;
  /** How many frames there are in a second. */
  readonly rate: Rate;
  /** How far the zone of its clock is ahead of UTC, in minutes. */
  readonly utcOffsetMinutes: number;
}

/**
 * Writes an instant of TAI as a label with the time of day, and the number of the
 * frame within its second.
 *
 * Frames are counted from 1970 in TAI, and within each second from the first that
 * starts in it. Source: mediatimestamp's `to_smpte_timelabel`; its form goes back to
 * SMPTE ST 2059-1.
 *
 * @param time An instant of TAI; its nearest frame is taken.
 * @param rate How many frames there are in a second.
 * @param options The zone of the clock.
 * @returns Date and time, frame, rate, and how far the clock is from UTC and UTC from
 * TAI.
 * @throws {TimeOutOfRangeError} If the zone is not whole minutes within a day, or UTC
 * left the instant out: see {@linkcode toUnixTime}.
 *
 * @example A frame's label
 * ```ts
 * import { formatTimeLabel, Rate, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const time = Timestamp.parse("1694429247:40000000");
 * assert.equal(
 *   formatTimeLabel(time, Rate.of(25), { utcOffsetMinutes: 60 }),
 *   "2023-09-11T11:46:50F01 25/1 UTC+01:00 TAI-37",
 * );
 * ```
 */
export function formatTimeLabel(
  time: Timestamp,
  rate: Rate,
  options?: TimeLabelOptions,
): string {
  const { utcOffsetMinutes: zone = 0 } = options ?? {};
  checkZone(zone);
  const start = time.normalise(rate);
  const [whole] = splitSeconds(start.nanoseconds);
  const frame = start.toBigCount(rate) - countFrames(whole, rate);
  const unix = toUnixTime(start);
  const [seconds] = splitSeconds(unix.time.nanoseconds);
  const clock = formatClockTime({
    seconds: seconds + zone * 60,
    isLeapSecond: unix.isLeapSecond,
  });
  const [hours, minutes] = [
    Math.floor(Math.abs(zone) / 60),
    Math.abs(zone) % 60,
  ];
  return `${clock}F${pad(frame)} ${rate.numerator}/${rate.denominator} UTC${zone < 0 ? "-" : "+"}${pad(hours)}:${pad(minutes)} ${formatTai(start)}`;
}

/**
 * Parses a label that {@linkcode formatTimeLabel} writes.
 *
 * @param text The label.
 * @returns When its frame starts, at which rate, by which clock.
 * @throws {TimeSyntaxError} If it is anything else: no such second was, it has not so
 * many frames, or UTC was not so far from TAI then.
 * @throws {TimeOutOfRangeError} If the rate is not positive, or the instant is beyond
 * what a timestamp holds.
 *
 * @example When a label's frame starts
 * ```ts
 * import { parseTimeLabel } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const { time, rate } = parseTimeLabel(
 *   "2015-01-23T12:34:56F00 30000/1001 UTC-05:00 TAI-35",
 * );
 * assert.equal(`${time} at ${rate}`, "1422034531:17100000 at 30000/1001");
 * ```
 */
export function parseTimeLabel(text: string): TimeLabel {
  const reader = new TextReader("a time label", text);
  const clock = readClockTime(reader);
  reader.expect(/F/y, '"F"');
  const framePosition = reader.position;
  const [digits] = reader.expect(
    /[1-9]\d{2,8}|\d\d/y,
    "two digits of the frame",
  );
  const rate = readRate(reader);
  const utcOffsetMinutes = readZone(reader);
  const seconds = clock.seconds - utcOffsetMinutes * 60;
  const secondPosition = framePosition - 3;
  const second = toTai(reader, { ...clock, seconds }, 0n, secondPosition);
  reader.expect(/ /y, '" "');
  const tai = formatTai(second);
  if (!reader.takeWord(tai)) reader.fail(`"${tai}"`);
  reader.expectEnd();
  const [whole] = splitSeconds(second.nanoseconds);
  const first = countFrames(whole, rate);
  const count = first + BigInt(digits);
  if (count >= countFrames(whole + 1, rate)) {
    reader.fail("a frame that the second has", framePosition);
  }
  return { time: Timestamp.fromCount(count, rate), rate, utcOffsetMinutes };
}

function readRate(reader: TextReader): Rate {
  const [, numerator, denominator] = reader.expect(
    / ([1-9]\d{0,15})\/([1-9]\d{0,15})/y,
    "a rate, such as 30000/1001, behind a blank",
  );
  return Rate.of(Number(numerator), Number(denominator));
}

function readZone(reader: TextReader): number {
  const [, sign, hours, minutes] = reader.expect(
    / UTC([+-])([01]\d|2[0-3]):([0-5]\d)/y,
    "a zone, such as UTC+01:00, behind a blank",
  );
  const zone = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -zone : zone;
}

/** Counts the frames before the first that starts in a second of TAI. */
function countFrames(whole: number, rate: Rate): bigint {
  const start = Timestamp.fromParts({ seconds: whole });
  return start.toBigCount(rate, { rounding: "up" });
}

/** Writes how far UTC is behind TAI; within a leap second, as before it. */
function formatTai(time: Timestamp): string {
  const isLeap = toUnixTime(time).isLeapSecond;
  return `TAI-${getLeapSeconds(time) - (isLeap ? 1 : 0)}`;
}

function checkZone(minutes: number): void {
  if (Number.isInteger(minutes) && Math.abs(minutes) < mostOffsetMinutes)
    return;
  throw new TimeOutOfRangeError(
    `Cannot use ${minutes} minutes as a zone: it is not a whole number within a day`,
  );
}
