import { TimeOutOfRangeError } from "../error/time-out-of-range-error.ts";
import { Timestamp, type PhaseOptions } from "../instant/timestamp.ts";
import type { Rate } from "../rate/rate.ts";
import type { Bounds } from "./bounds.ts";

/**
 * Cuts a stretch at instants within it: the first part has its start, the last its
 * end; each cut belongs to the part behind it.
 *
 * @param bounds The stretch.
 * @param cuts Where it is cut, in order.
 */
export function* cut(
  bounds: Bounds,
  cuts: Iterable<Timestamp>,
): Generator<Bounds, void, undefined> {
  let rest = bounds;
  for (const time of cuts) {
    yield { ...rest, end: time, includesEnd: false };
    rest = { ...rest, start: time, includesStart: true };
  }
  yield rest;
}

/** Gives the instants at equal distances behind the start, and before the end. */
export function* stepThrough(
  { start, end }: { start: Timestamp; end: Timestamp | undefined },
  step: Timestamp,
): Generator<Timestamp, void, undefined> {
  let time = start.nanoseconds + step.nanoseconds;
  const past = (end ?? Timestamp.highest).nanoseconds;
  for (; time < past; time += step.nanoseconds) {
    yield Timestamp.fromNanoseconds(time);
  }
}

/** Gives the starts of the units between the one nearest to the start and the one nearest to the end. */
export function* listUnitsBetween(
  { start, end }: { start: Timestamp; end: Timestamp | undefined },
  rate: Rate,
  phase: PhaseOptions | undefined,
): Generator<Timestamp, void, undefined> {
  const past = (end ?? Timestamp.highest).toBigCount(rate, phase);
  for (let count = start.toBigCount(rate, phase) + 1n; count < past; count++) {
    yield Timestamp.fromCount(count, rate, phase);
  }
}

/** Gives the starts of the units that are not before an instant, up to the highest there is. */
export function* listUnitsFrom(
  start: Timestamp,
  rate: Rate,
  phase: PhaseOptions | undefined,
): Generator<Timestamp, void, undefined> {
  const shift = phase?.phase?.nanoseconds ?? 0n;
  // The start of a unit is rounded, so the first may be the one before.
  const before = start.toBigCount(rate, { ...phase, rounding: "down" }) - 1n;
  for (let count = before; ; count++) {
    const time = rate.countToNanoseconds(count) + shift;
    if (time > Timestamp.highest.nanoseconds) return;
    if (time >= start.nanoseconds) yield Timestamp.fromNanoseconds(time);
  }
}

/** @throws {TimeOutOfRangeError} If a range has no start. */
export function checkStart(
  start: Timestamp | undefined,
  act: string,
): Timestamp {
  if (start !== undefined) return start;
  throw new TimeOutOfRangeError(`Cannot ${act}: the range has no start`);
}
