import type { Timestamp } from "../instant/timestamp.ts";

/**
 * The ends of a stretch of the line of time that is not empty.
 *
 * The line is continuous: between two neighbouring nanoseconds there is time. So
 * `(0:0_0:1)` is a stretch, though no timestamp is in it.
 */
export interface Bounds {
  /** Nothing if it is unbounded. */
  readonly start: Timestamp | undefined;
  /** Whether the start is within; true if it is unbounded. */
  readonly includesStart: boolean;
  /** Nothing if it is unbounded. */
  readonly end: Timestamp | undefined;
  /** Whether the end is within; true if it is unbounded. */
  readonly includesEnd: boolean;
}

/** @returns Below 0 if the first starts earlier, above 0 if it starts later. */
export function compareStarts(a: Bounds, b: Bounds): number {
  const [one, two] = [a.start?.nanoseconds, b.start?.nanoseconds];
  if (one === two) return Number(b.includesStart) - Number(a.includesStart);
  if (one === undefined) return -1;
  return two === undefined || one > two ? 1 : -1;
}

/** @returns Below 0 if the first ends earlier, above 0 if it ends later. */
export function compareEnds(a: Bounds, b: Bounds): number {
  const [one, two] = [a.end?.nanoseconds, b.end?.nanoseconds];
  if (one === two) return Number(a.includesEnd) - Number(b.includesEnd);
  if (one === undefined) return 1;
  return two === undefined || one < two ? -1 : 1;
}

/**
 * Tells what lies between the end of one and the start of another.
 *
 * @returns Below 0 if there is a gap, above 0 if both have something in common, 0 if
 * the second starts just where the first ends.
 */
export function compareEndToStart(a: Bounds, b: Bounds): number {
  const [end, start] = [a.end?.nanoseconds, b.start?.nanoseconds];
  if (end === undefined || start === undefined) return 1;
  if (end === start) return Number(a.includesEnd) + Number(b.includesStart) - 1;
  return end < start ? -1 : 1;
}

/** The start of whichever starts later, with the end of whichever ends earlier. */
export function intersectBounds(a: Bounds, b: Bounds): Bounds {
  const later = compareStarts(a, b) < 0 ? b : a;
  const earlier = compareEnds(a, b) < 0 ? a : b;
  return joinBounds(later, earlier);
}

/** The start of whichever starts earlier, with the end of whichever ends later. */
export function encompassBounds(a: Bounds, b: Bounds): Bounds {
  const earlier = compareStarts(a, b) < 0 ? a : b;
  const later = compareEnds(a, b) < 0 ? b : a;
  return joinBounds(earlier, later);
}

/** What is between the end of one and the start of another: both have the other marker. */
export function boundsBetween(earlier: Bounds, later: Bounds): Bounds {
  return {
    start: earlier.end,
    includesStart: !earlier.includesEnd,
    end: later.start,
    includesEnd: !later.includesStart,
  };
}

function joinBounds(start: Bounds, end: Bounds): Bounds {
  return {
    start: start.start,
    includesStart: start.includesStart,
    end: end.end,
    includesEnd: end.includesEnd,
  };
}
