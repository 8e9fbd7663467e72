import { TimeRange, Timestamp, TimeSyntaxError } from "@sluice/time";
import { UsageError } from "./usage-error.ts";

/** Reads a time range, as TAMS writes it; the brackets may be left out. */
export function parseTimeRange(text: string): TimeRange {
  try {
    return TimeRange.parse(text, { spelling: "any" });
  } catch (error) {
    if (!(error instanceof TimeSyntaxError)) throw error;
    throw new UsageError(
      `'${text}' is no time range: write one such as '[28:800000000_48:0)', in seconds and nanoseconds`,
      { cause: error },
    );
  }
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
    if (!(error instanceof TimeSyntaxError)) throw error;
    throw new UsageError(
      `'${text}' is no instant: write one such as '10:500000000', in seconds and nanoseconds`,
      { cause: error },
    );
  }
}
