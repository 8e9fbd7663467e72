// Errors
export { TimeOutOfRangeError } from "./error/time-out-of-range-error.ts";
export { TimeSyntaxError } from "./error/time-syntax-error.ts";

// Instants
export {
  Timestamp,
  type CountOptions,
  type PhaseOptions,
  type TimestampParts,
} from "./instant/timestamp.ts";
export type { SecondsTextOptions } from "./instant/seconds.ts";
export type { ParseOptions, Spelling } from "./text/text-reader.ts";

// Rates
export { Rate, type NearRateOptions, type RateParts } from "./rate/rate.ts";
export type { Rounding, RoundingOptions } from "./number/rounding.ts";

// Ranges
export { TimeRange, type NanosecondBounds } from "./range/time-range.ts";
export { TimeRanges } from "./range/time-ranges.ts";
export { CountRange } from "./range/count-range.ts";
export type { Bounds } from "./range/bounds.ts";
export type {
  RangeCountOptions,
  RangeRounding,
} from "./range/range-rounding.ts";
export type { Inclusivity } from "./range/range-text.ts";

// UTC
export {
  getLeapSeconds,
  leapSeconds,
  type LeapSecondStep,
  type LeapSecondTable,
} from "./utc/leap-seconds.ts";
export {
  fromDate,
  fromUnixTime,
  toDate,
  toUnixTime,
  type UnixTime,
} from "./utc/unix-time.ts";
export { formatIso8601, parseIso8601 } from "./utc/iso-text.ts";

// SMPTE
export { TimeCode, type TimeCodeOptions } from "./smpte/time-code.ts";
export {
  formatTimeLabel,
  parseTimeLabel,
  type TimeLabel,
  type TimeLabelOptions,
} from "./smpte/time-label.ts";
