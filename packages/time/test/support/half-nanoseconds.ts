import { Timestamp, type TimeRange } from "@sluice/time";

/** The line of time around 0: from -6 to 6 nanoseconds, and what lies beyond and between. */
const most = 13;

/**
 * The naive model of a range: which points it has, of the line around 0.
 *
 * An even point is a nanosecond; an odd one stands for all the time between two; the
 * first and the last, for all that is beyond.
 *
 * @param range Its ends are from -6 to 6 ns.
 */
export function listPoints(range: Iterable<TimeRange>): ReadonlySet<number> {
  const points = new Set<number>();
  for (const one of range) {
    for (let point = -most; point <= most; point++) {
      if (isWithin(one, point)) points.add(point);
    }
  }
  return points;
}

function isWithin(range: TimeRange, point: number): boolean {
  if (range.isEmpty) return false;
  const start = range.start === undefined ? -Infinity : toPoint(range.start);
  const end = range.end === undefined ? Infinity : toPoint(range.end);
  return (
    (point > start || (point === start && range.includesStart)) &&
    (point < end || (point === end && range.includesEnd))
  );
}

function toPoint(time: Timestamp): number {
  return Number(time.nanoseconds) * 2;
}

/** Between which timestamps the model's ranges lie. */
export const around = {
  min: Timestamp.fromNanoseconds(-6),
  max: Timestamp.fromNanoseconds(6),
};

/** All points of the line. */
export const line: ReadonlySet<number> = new Set(
  Array.from({ length: 2 * most + 1 }, (_, index) => index - most),
);

/** @returns The points that both have. */
export function common(
  a: ReadonlySet<number>,
  b: ReadonlySet<number>,
): ReadonlySet<number> {
  return new Set([...a].filter((point) => b.has(point)));
}

/** @returns The points that the first has and the second has not. */
export function without(
  a: ReadonlySet<number>,
  b: ReadonlySet<number>,
): ReadonlySet<number> {
  return new Set([...a].filter((point) => !b.has(point)));
}

/** Whether the points are neighbours, one after another. */
export function isOneRun(points: ReadonlySet<number>): boolean {
  const [least, greatest] = [Math.min(...points), Math.max(...points)];
  return points.size > 0 && greatest - least + 1 === points.size;
}
