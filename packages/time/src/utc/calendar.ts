import { second } from "../number/nanoseconds.ts";
import type { TextReader } from "../text/text-reader.ts";

/** The calendar repeats itself after so many years, which have so many days. */
const [cycleYears, cycleDays] = [400, 146_097];

const msPerDay = 86_400_000;
const secondsPerDay = 86_400;

/** A time of a day of the Gregorian calendar, whatever the zone. */
export interface ClockTime {
  /** Whole seconds from 1970-01-01T00:00:00 on, each day having 86400. */
  readonly seconds: number;
  /** Whether it is the second 60, which counts as the 59 before it. */
  readonly isLeapSecond: boolean;
}

/**
 * Writes whole seconds as `YYYY-MM-DDThh:mm:ss`. A year has more digits if it needs
 * them, and a sign if it is before the year 0.
 */
export function formatClockTime({ seconds, isLeapSecond }: ClockTime): string {
  const days = Math.floor(seconds / secondsPerDay);
  const cycle = Math.floor(days / cycleDays);
  const date = new Date((days - cycle * cycleDays) * msPerDay);
  const year = date.getUTCFullYear() + cycle * cycleYears;
  const rest = seconds - days * secondsPerDay;
  const clock = [
    Math.floor(rest / 3600),
    Math.floor(rest / 60) % 60,
    isLeapSecond ? 60 : rest % 60,
  ];
  return `${year < 0 ? "-" : ""}${pad(Math.abs(year), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}T${clock.map((part) => pad(part)).join(":")}`;
}

/** Takes `YYYY-MM-DDThh:mm:ss`; a second 60 wherever it stands. */
export function readClockTime(reader: TextReader): ClockTime {
  const [, sign, digits = ""] = reader.expect(
    /(-(?!0000))?(\d{4}|[1-9]\d{4,6})(?=-)/y,
    "a year of 4 digits",
  );
  const year = Number(digits) * (sign === undefined ? 1 : -1);
  reader.expect(/-/y, '"-"');
  const month = readNumber(reader, 1, 12, "a month");
  reader.expect(/-/y, '"-"');
  const cycle = Math.floor((year - 1970) / cycleYears);
  const start = (part: number) =>
    Date.UTC(year - cycle * cycleYears, part, 1) / msPerDay + cycle * cycleDays;
  const monthDays = start(month) - start(month - 1);
  const day = readNumber(reader, 1, monthDays, "a day of the month");
  reader.expect(/T/y, '"T"');
  const hour = readNumber(reader, 0, 23, "an hour");
  reader.expect(/:/y, '":"');
  const minute = readNumber(reader, 0, 59, "a minute");
  reader.expect(/:/y, '":"');
  const full = readNumber(reader, 0, 60, "a second");
  const days = start(month - 1) + day - 1;
  const clock = hour * 3600 + minute * 60 + Math.min(full, 59);
  return {
    seconds: days * secondsPerDay + clock,
    isLeapSecond: full === 60,
  };
}

/** Takes two digits. */
function readNumber(
  reader: TextReader,
  least: number,
  most: number,
  name: string,
): number {
  const { position } = reader;
  const number = Number(reader.expect(/\d\d/y, name)[0]);
  if (number >= least && number <= most) return number;
  return reader.fail(`${name} from ${pad(least)} to ${pad(most)}`, position);
}

/** Splits nanoseconds into whole seconds, rounded down, and the rest. */
export function splitSeconds(nanoseconds: bigint): [number, bigint] {
  const rest = ((nanoseconds % second) + second) % second;
  return [Number((nanoseconds - rest) / second), rest];
}

/** Writes a number with leading zeros. */
export function pad(number: bigint | number, digits = 2): string {
  return `${number}`.padStart(digits, "0");
}
