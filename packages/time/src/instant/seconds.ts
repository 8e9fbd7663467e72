import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { second } from "../number/nanoseconds.ts";
import { TextReader } from "../text/text-reader.ts";

/** How seconds are written. */
export interface SecondsTextOptions {
  /** Whether all 9 digits of the fraction are written; only those needed unless said otherwise. */
  readonly fixed?: boolean;
}

/** As many digits as the seconds of the highest timestamp have. */
const mostDigits = 15;

/** Takes seconds to the nearest nanosecond: whole ones exactly, and then the rest. */
export function toNanoseconds(seconds: number): bigint {
  if (!Number.isFinite(seconds)) {
    throw new TimeOutOfRangeError(
      `Cannot use ${seconds} as seconds: it is not finite`,
    );
  }
  const magnitude = Math.abs(seconds);
  const whole = Math.floor(magnitude);
  const rest = Math.round((magnitude - whole) * 1e9);
  const nanoseconds = BigInt(whole) * second + BigInt(rest);
  return seconds < 0 ? -nanoseconds : nanoseconds;
}

/** Takes seconds with a decimal fraction, strictly. */
export function parseSeconds(text: string): bigint {
  const reader = new TextReader("seconds", text);
  const isNegative = reader.takeWord("-");
  const [whole] = reader.expect(/0|[1-9]\d*/y, "a digit");
  const [fraction] = reader.takeWord(".")
    ? reader.expect(/\d{1,9}/y, "a digit")
    : [""];
  reader.expectEnd();
  if (whole.length > mostDigits) {
    throw new TimeOutOfRangeError(
      `Cannot hold ${whole.length} digits of seconds in a timestamp`,
    );
  }
  const nanoseconds = BigInt(whole + fraction.padEnd(9, "0"));
  return isNegative ? -nanoseconds : nanoseconds;
}

/** Writes nanoseconds as seconds with a decimal fraction. */
export function formatSeconds(
  nanoseconds: bigint,
  options?: SecondsTextOptions,
): string {
  const [sign, magnitude] =
    nanoseconds < 0n ? ["-", -nanoseconds] : ["", nanoseconds];
  const fraction = `${magnitude % second}`.padStart(9, "0");
  const shown = options?.fixed ? fraction : fraction.replace(/0{1,8}$/, "");
  return `${sign}${magnitude / second}.${shown}`;
}
