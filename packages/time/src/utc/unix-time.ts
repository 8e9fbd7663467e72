import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { floorDivide } from "../number/integer.ts";
import { second } from "../number/nanoseconds.ts";
import { Timestamp } from "../instant/timestamp.ts";
import { findStepByTai, findStepByUnix } from "./leap-seconds.ts";

const millisecond = 1_000_000n;

/** The first instant that UTC has no name for: nine seconds were left out then. */
const [leftOutFrom, leftOutUntil] = [
  63_072_000n * second,
  63_072_009n * second,
];

/**
 * An instant as Unix counts: from 1970 in UTC, with no leap second counted, so that
 * a leap second has the number of the second before it.
 */
export interface UnixTime {
  /** Since 1970-01-01T00:00:00Z, without leap seconds. */
  readonly time: Timestamp;
  /** Whether it lies within a leap second: the second 60. */
  readonly isLeapSecond: boolean;
}

/**
 * Turns an instant of TAI into Unix time.
 *
 * Source: mediatimestamp's `to_unix`.
 *
 * @param time An instant of TAI.
 * @throws {TimeOutOfRangeError} If it lies within the nine seconds before
 * `63072009:0`, which UTC left out when it became ten seconds behind, in 1972.
 *
 * @example A leap second
 * ```ts
 * import { Timestamp, toUnixTime } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const { time, isLeapSecond } = toUnixTime(Timestamp.parse("1483228836:5"));
 * assert.equal(`${time}`, "1483228799:5");
 * assert.ok(isLeapSecond);
 * ```
 */
export function toUnixTime(time: Timestamp): UnixTime {
  const { nanoseconds } = time;
  if (nanoseconds >= leftOutFrom && nanoseconds < leftOutUntil) {
    throw new TimeOutOfRangeError(
      `Cannot give ${time.toString()} in UTC: UTC left out the nine seconds before 1972`,
    );
  }
  const step = findStepByTai(nanoseconds);
  if (step === undefined) return { time, isLeapSecond: false };
  return {
    time: Timestamp.fromNanoseconds(nanoseconds - step.offset),
    isLeapSecond: nanoseconds < step.leap + second,
  };
}

/**
 * Turns Unix time into an instant of TAI.
 *
 * Source: mediatimestamp's `from_unix`.
 *
 * @param unix The time, and whether it lies within a leap second.
 * @throws {TimeOutOfRangeError} If it is beyond what a timestamp holds, or there was
 * no leap second then.
 *
 * @example From 1970 without leap seconds, to TAI
 * ```ts
 * import { fromUnixTime, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const time = Timestamp.parse("1694429210:0");
 * assert.equal(`${fromUnixTime({ time, isLeapSecond: false })}`, "1694429247:0");
 * ```
 */
export function fromUnixTime({ time, isLeapSecond }: UnixTime): Timestamp {
  const { nanoseconds } = time;
  const step = findStepByUnix(nanoseconds + (isLeapSecond ? second : 0n));
  if (isLeapSecond && (step === undefined || step.unix <= nanoseconds)) {
    throw new TimeOutOfRangeError(
      `Cannot use ${time.toString()} as a leap second: there was none then`,
    );
  }
  return Timestamp.fromNanoseconds(nanoseconds + (step?.offset ?? 0n));
}

/**
 * Takes a `Date` for an instant of TAI.
 *
 * @param date The date; it has milliseconds, and no leap seconds.
 * @throws {TimeOutOfRangeError} If it is no valid date.
 *
 * @example What the clock says
 * ```ts
 * import { fromDate } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const time = fromDate(new Date("2023-09-11T10:46:50.040Z"));
 * assert.equal(`${time}`, "1694429247:40000000");
 * ```
 */
export function fromDate(date: Date): Timestamp {
  const milliseconds = date.getTime();
  if (Number.isNaN(milliseconds)) {
    throw new TimeOutOfRangeError("Cannot use a date that is invalid");
  }
  const time = Timestamp.fromNanoseconds(BigInt(milliseconds) * millisecond);
  return fromUnixTime({ time, isLeapSecond: false });
}

/**
 * Gives an instant of TAI as a `Date`, rounded down to milliseconds; a leap second is
 * given as the second before it.
 *
 * @param time An instant of TAI.
 * @throws {TimeOutOfRangeError} If it is beyond what a `Date` holds, or UTC left it
 * out: see {@linkcode toUnixTime}.
 *
 * @example For people
 * ```ts
 * import { Timestamp, toDate } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const date = toDate(Timestamp.parse("1694429247:40000000"));
 * assert.equal(date.toISOString(), "2023-09-11T10:46:50.040Z");
 * ```
 */
export function toDate(time: Timestamp): Date {
  const unix = toUnixTime(time).time;
  const date = new Date(Number(floorDivide(unix.nanoseconds, millisecond)));
  if (!Number.isNaN(date.getTime())) return date;
  throw new TimeOutOfRangeError(
    `Cannot give ${time.toString()} as a Date: it is beyond what that holds`,
  );
}
