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
  if (one !== undefined && two !== undefined) {
    if (one < two) return -1;
    if (one > two) return 1;
  } else if (one !== two) {
    return one === undefined ? -1 : 1;
  }
  return Number(b.includesStart) - Number(a.includesStart);
}

/** @returns Below 0 if the first ends earlier, above 0 if it ends later. */
export function compareEnds(a: Bounds, b: Bounds): number {
  const [one, two] = [a.end?.nanoseconds, b.end?.nanoseconds];
  if (one !== undefined && two !== undefined) {
    if (one < two) return -1;
    if (one > two) return 1;
  } else if (one !== two) {
    return one === undefined ? 1 : -1;
  }
  return Number(a.includesEnd) - Number(b.includesEnd);
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
  if (end > start) return 1;
  if (end < start) return -1;
  return Number(a.includesEnd) + Number(b.includesStart) - 1;
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

/** The start of one, with the end of the other. */
export function joinBounds(start: Bounds, end: Bounds): Bounds {
  return {
    start: start.start,
    includesStart: start.includesStart,
    end: end.end,
    includesEnd: end.includesEnd,
  };
}
