import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { second } from "../number/second.ts";
import type { Spelling, TextReader } from "../text/text-reader.ts";

/**
 * The highest timestamp: 48 bits of seconds, as of a PTP timestamp.
 *
 * Source: IEEE 1588-2008, 5.3.3; mediatimestamp has the same limit.
 */
export const highestNanoseconds: bigint = (1n << 48n) * second - 1n;

/** As many digits as the seconds of the highest have. */
const mostDigits = 15;

/** @throws {TimeOutOfRangeError} If a timestamp does not hold so many nanoseconds. */
export function checkNanoseconds(nanoseconds: bigint): bigint {
  if (nanoseconds <= highestNanoseconds && nanoseconds >= -highestNanoseconds) {
    return nanoseconds;
  }
  throw new TimeOutOfRangeError(
    `Cannot hold ${formatNanoseconds(nanoseconds)} in a timestamp: it is beyond ${formatNanoseconds(highestNanoseconds)}`,
  );
}

/**
 * Takes a timestamp's text: sign, seconds, colon, nanoseconds.
 *
 * Source: TAMS 8.2, schema `timestamp`; and of the two spellings of 0 only one is
 * canonical.
 */
export function readNanoseconds(
  reader: TextReader,
  spelling: Spelling,
): bigint {
  const start = reader.position;
  const isNegative = reader.takeWord("-");
  const [whole] = reader.expect(
    /0|[1-9]\d*/y,
    isNegative ? "a digit" : 'a digit or "-"',
  );
  reader.expect(/:/y, '":"');
  const [part] = reader.expect(/0|[1-9]\d{0,8}/y, "a digit");
  if (whole.length > mostDigits) {
    throw new TimeOutOfRangeError(
      `Cannot hold ${whole.length} digits of seconds in a timestamp: it is beyond ${formatNanoseconds(highestNanoseconds)}`,
    );
  }
  const nanoseconds = BigInt(whole) * second + BigInt(part);
  if (isNegative && nanoseconds === 0n && spelling === "canonical") {
    reader.fail('0 without "-"', start);
  }
  return checkNanoseconds(isNegative ? -nanoseconds : nanoseconds);
}

/** Writes nanoseconds as a timestamp's text. */
export function formatNanoseconds(nanoseconds: bigint): string {
  const [sign, magnitude] =
    nanoseconds < 0n ? ["-", -nanoseconds] : ["", nanoseconds];
  return `${sign}${magnitude / second}:${magnitude % second}`;
}
