import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { second } from "../number/nanoseconds.ts";
import { Timestamp } from "../instant/timestamp.ts";
import { TextReader } from "../text/text-reader.ts";
import {
  formatClockTime,
  pad,
  readClockTime,
  splitSeconds,
  type ClockTime,
} from "./calendar.ts";
import { fromUnixTime, toUnixTime } from "./unix-time.ts";

/**
 * Writes an instant of TAI in UTC, as ISO 8601 has it, with all 9 digits.
 *
 * Years that need more than 4 digits have them, without a sign; one before the year 0
 * has a `-`. Source: mediatimestamp's `to_iso8601_utc`; ISO 8601-1:2019, 5.4.2.
 *
 * @param time An instant of TAI.
 * @returns Such as `2023-09-11T10:46:50.040000000Z`; a leap second is the second 60.
 * @throws {TimeOutOfRangeError} If UTC left the instant out: see
 * {@linkcode toUnixTime}.
 *
 * @example For people
 * ```ts
 * import { formatIso8601, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const time = Timestamp.parse("1483228836:500000000");
 * assert.equal(formatIso8601(time), "2016-12-31T23:59:60.500000000Z");
 * ```
 */
export function formatIso8601(time: Timestamp): string {
  const unix = toUnixTime(time);
  const [seconds, rest] = splitSeconds(unix.time.nanoseconds);
  const clock = formatClockTime({ seconds, isLeapSecond: unix.isLeapSecond });
  return `${clock}.${pad(rest, 9)}Z`;
}

/**
 * Parses a date and time of UTC, as ISO 8601 has it, for the instant of TAI.
 *
 * @param text Such as `2023-09-11T10:46:50.04Z`: the fraction has 1 to 9 digits, or
 * is left out; nothing else may be.
 * @throws {TimeSyntaxError} If it is anything else, or no such day or second was.
 * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds.
 *
 * @example Up to the second
 * ```ts
 * import { parseIso8601 } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * assert.equal(`${parseIso8601("2023-09-11T10:46:50.04Z")}`, "1694429247:40000000");
 * assert.throws(() => parseIso8601("2023-02-29T00:00:00Z"), SyntaxError);
 * ```
 */
export function parseIso8601(text: string): Timestamp {
  const reader = new TextReader("a date and time of UTC", text);
  const clock = readClockTime(reader);
  const fraction = reader.take(/\.(\d{1,9})/y)?.[1] ?? "";
  reader.expect(/Z/y, '"Z"');
  reader.expectEnd();
  const rest = BigInt(fraction.padEnd(9, "0"));
  return toTai(reader, clock, rest, text.indexOf("T") + 7);
}

/**
 * Turns a time of UTC into TAI.
 *
 * @param reader For the error of a second 60 that never was.
 * @param clock The time, in UTC.
 * @param rest Nanoseconds beyond it.
 * @param position Where the second stands.
 */
export function toTai(
  reader: TextReader,
  { seconds, isLeapSecond }: ClockTime,
  rest: bigint,
  position: number,
): Timestamp {
  const time = Timestamp.fromNanoseconds(BigInt(seconds) * second + rest);
  try {
    return fromUnixTime({ time, isLeapSecond });
  } catch (error) {
    if (!isLeapSecond || !(error instanceof TimeOutOfRangeError)) throw error;
    return reader.fail("a second that was", position);
  }
}
