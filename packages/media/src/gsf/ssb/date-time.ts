import { fromUnixTime, Timestamp, toUnixTime } from "@sluice/time";
import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";

const size = 7;

/**
 * Reads a date and time of UTC, in whole seconds.
 *
 * @returns The instant, in TAI.
 * @throws {FormatError} If there was no such second.
 */
export function readDateTime(cursor: ByteCursor): Timestamp {
  const year = cursor.readInt16();
  const rest = [...cursor.readBytes(size - 2)];
  try {
    return toInstant(year, rest);
  } catch (cause) {
    const text = [year, ...rest].join(" ");
    throw cursor.createError(`a date and time of ${text}`, size, { cause });
  }
}

/** Takes year, month, day, hours, minutes and seconds, as a calendar has them. */
function toInstant(year: number, rest: readonly number[]): Timestamp {
  const [month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = rest;
  const isLeapSecond = seconds === 60;
  const second = isLeapSecond ? 59 : seconds;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hours, minutes, second);
  const found = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  const wanted = [month, day, hours, minutes, second];
  if (!found.every((part, index) => part === wanted[index])) {
    throw new RangeError("Cannot use this date and time: there was none");
  }
  const time = Timestamp.fromParts({ seconds: date.getTime() / 1000 });
  return fromUnixTime({ time, isLeapSecond });
}

/**
 * Writes an instant of TAI as a date and time of UTC; parts of a second are left out.
 *
 * @throws {UnsupportedMediaError} If the year has more than 16 bits, or UTC has no name
 * for it.
 */
export function writeDateTime(builder: ByteBuilder, time: Timestamp): void {
  const { date, isLeapSecond } = toDate(time);
  builder.writeInt16(date.getUTCFullYear());
  builder.writeUint8(date.getUTCMonth() + 1);
  builder.writeUint8(date.getUTCDate());
  builder.writeUint8(date.getUTCHours());
  builder.writeUint8(date.getUTCMinutes());
  builder.writeUint8(isLeapSecond ? 60 : date.getUTCSeconds());
}

function toDate(time: Timestamp): { date: Date; isLeapSecond: boolean } {
  let cause: unknown;
  try {
    const { time: unix, isLeapSecond } = toUnixTime(time);
    const date = new Date(unix.toMilliseconds({ rounding: "down" }));
    const year = date.getUTCFullYear();
    if (year >= -0x8000 && year <= 0x7fff) return { date, isLeapSecond };
  } catch (error) {
    cause = error;
  }
  throw new UnsupportedMediaError(
    "GSF",
    `it has no date for ${time.toString()}`,
    { cause },
  );
}
