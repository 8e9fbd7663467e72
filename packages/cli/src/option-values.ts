import {
  TimeOutOfRangeError,
  TimeRange,
  Timestamp,
  TimeSyntaxError,
} from "@sluice/time";
import { UsageError } from "./usage-error.ts";

/** Reads a time range, as TAMS writes it; the brackets may be left out. */
export function parseTimeRange(text: string): TimeRange {
  try {
    const range = TimeRange.parse(text, { spelling: "any" });
    if (!range.isEmpty) return range;
  } catch (error) {
    if (!isTimeError(error)) throw error;
    throw new UsageError(
      `'${text}' is no time range: write one such as '[28:800000000_48:0)', in seconds and nanoseconds`,
      { cause: error },
    );
  }
  throw new UsageError(
    `'${text}' has nothing in it: its end has to be behind its start`,
  );
}

/** Reads a whole number of 0 or more. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/u.test(text) && Number.isSafeInteger(count)) return count;
  throw new UsageError(`'${text}' is no whole number of 0 or more`);
}

/** Reads an instant, as TAMS writes it. */
export function parseInstant(text: string): Timestamp {
  try {
    return Timestamp.parse(text);
  } catch (error) {
    if (!isTimeError(error)) throw error;
    throw new UsageError(
      `'${text}' is no instant: write one such as '10:500000000', in seconds and nanoseconds`,
      { cause: error },
    );
  }
}

/** Whether it says that a text is none of time, or is beyond what there is. */
function isTimeError(error: unknown): boolean {
  return (
    error instanceof TimeSyntaxError || error instanceof TimeOutOfRangeError
  );
}
