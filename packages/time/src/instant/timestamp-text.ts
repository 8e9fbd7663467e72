import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import {
  checkNanoseconds,
  formatNanoseconds,
  highestNanoseconds,
  second,
} from "../number/nanoseconds.ts";
import type { Spelling, TextReader } from "../text/text-reader.ts";

/** As many digits as the seconds of the highest have. */
const mostDigits = 15;

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
