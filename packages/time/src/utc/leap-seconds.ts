import { Timestamp } from "../instant/timestamp.ts";

/** From when on TAI is so far ahead of UTC. */
export interface LeapSecondStep {
  /** The day, in UTC, at whose start the difference changed, as `YYYY-MM-DD`. */
  readonly from: string;
  /** Seconds that TAI is ahead of UTC from then on. */
  readonly taiMinusUtc: number;
}

/** A table of leap seconds, and for how long it is known to be right. */
export interface LeapSecondTable {
  /** Where it comes from. */
  readonly source: string;
  /** When that was brought up to date, as `YYYY-MM-DD`. */
  readonly updated: string;
  /** Until when no other leap second can come, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** The steps, in order. */
  readonly steps: readonly LeapSecondStep[];
}

/**
 * The leap seconds that there were, as data.
 *
 * Before 1972 UTC was not yet so many whole seconds behind TAI; as mediatimestamp
 * does, we take both for the same then. After the table's expiry its last step is
 * taken to hold.
 *
 * Source: IERS, `leap-seconds.list`, as of Bulletin C of July 2026; it is in the
 * public domain.
 *
 * @example Whether the table is still known to be right
 * ```ts
 * import { leapSeconds } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * assert.equal(leapSeconds.steps.at(-1)?.taiMinusUtc, 37);
 * assert.ok(new Date("2027-01-01") < new Date(leapSeconds.expires));
 * ```
 */
export const leapSeconds: LeapSecondTable = {
  source: "https://hpiers.obspm.fr/iers/bul/bulc/ntp/leap-seconds.list",
  updated: "2026-07-06",
  expires: "2027-06-28",
  steps: [
    { from: "1972-01-01", taiMinusUtc: 10 },
    { from: "1972-07-01", taiMinusUtc: 11 },
    { from: "1973-01-01", taiMinusUtc: 12 },
    { from: "1974-01-01", taiMinusUtc: 13 },
    { from: "1975-01-01", taiMinusUtc: 14 },
    { from: "1976-01-01", taiMinusUtc: 15 },
    { from: "1977-01-01", taiMinusUtc: 16 },
    { from: "1978-01-01", taiMinusUtc: 17 },
    { from: "1979-01-01", taiMinusUtc: 18 },
    { from: "1980-01-01", taiMinusUtc: 19 },
    { from: "1981-07-01", taiMinusUtc: 20 },
    { from: "1982-07-01", taiMinusUtc: 21 },
    { from: "1983-07-01", taiMinusUtc: 22 },
    { from: "1985-07-01", taiMinusUtc: 23 },
    { from: "1988-01-01", taiMinusUtc: 24 },
    { from: "1990-01-01", taiMinusUtc: 25 },
    { from: "1991-01-01", taiMinusUtc: 26 },
    { from: "1992-07-01", taiMinusUtc: 27 },
    { from: "1993-07-01", taiMinusUtc: 28 },
    { from: "1994-07-01", taiMinusUtc: 29 },
    { from: "1996-01-01", taiMinusUtc: 30 },
    { from: "1997-07-01", taiMinusUtc: 31 },
    { from: "1999-01-01", taiMinusUtc: 32 },
    { from: "2006-01-01", taiMinusUtc: 33 },
    { from: "2009-01-01", taiMinusUtc: 34 },
    { from: "2012-07-01", taiMinusUtc: 35 },
    { from: "2015-07-01", taiMinusUtc: 36 },
    { from: "2017-01-01", taiMinusUtc: 37 },
  ],
};

/** A step, in nanoseconds from 1970. */
export interface Step {
  /** Its start in UTC, without the leap seconds before. */
  readonly unix: bigint;
  /** How far TAI is ahead from then on. */
  readonly offset: bigint;
  /** When the leap second before it starts, in TAI. */
  readonly leap: bigint;
}

/** The latest step first, for that is what is asked for most. */
const steps: readonly Step[] = leapSeconds.steps
  .map(({ from, taiMinusUtc }) => {
    const unix = BigInt(Date.parse(from)) * 1_000_000n;
    const offset = BigInt(taiMinusUtc) * 1_000_000_000n;
    return { unix, offset, leap: unix + offset - 1_000_000_000n };
  })
  .reverse();

/** Finds the step that holds at an instant of TAI: from its leap second on. */
export function findStepByTai(tai: bigint): Step | undefined {
  return steps.find(({ leap }) => leap <= tai);
}

/** Finds the step that holds at an instant of UTC, which is no leap second. */
export function findStepByUnix(unix: bigint): Step | undefined {
  return steps.find((step) => step.unix <= unix);
}

/**
 * Tells how far TAI is ahead of UTC.
 *
 * Within a leap second it counts already. Source: mediatimestamp's
 * `get_leap_seconds`.
 *
 * @param time An instant of TAI.
 * @returns Whole seconds; 0 before 1972.
 *
 * @example Today, as far as is known
 * ```ts
 * import { getLeapSeconds, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * assert.equal(getLeapSeconds(Timestamp.parse("1694429247:0")), 37);
 * ```
 */
export function getLeapSeconds(time: Timestamp): number {
  const offset = findStepByTai(time.nanoseconds)?.offset ?? 0n;
  return Number(offset / 1_000_000_000n);
}
