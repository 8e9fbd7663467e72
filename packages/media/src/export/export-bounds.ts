import { Timestamp, type TimeRange } from "@sluice/time";

/** Where an export begins and ends: instants at or behind `start`, and before `end`. */
export interface ExportBounds {
  /** What was asked for. */
  readonly range: TimeRange;
  /** The first instant, if there is one. */
  readonly start: Timestamp | undefined;
  /** The first instant that is not within, if there is one. */
  readonly end: Timestamp | undefined;
}

/**
 * Makes bounds of a range.
 *
 * @throws {RangeError} If the range is empty.
 */
export function toExportBounds(range: TimeRange): ExportBounds {
  const { start, end } = range.toNanosecondBounds();
  if (range.isEmpty) {
    throw new RangeError(
      "Cannot export an empty range: there is nothing in it",
    );
  }
  return { range, start: toTimestamp(start), end: toTimestamp(end) };
}

function toTimestamp(nanoseconds: bigint | undefined): Timestamp | undefined {
  if (nanoseconds === undefined) return undefined;
  return Timestamp.fromNanoseconds(nanoseconds);
}

/** Tells whether an instant is before the first. */
export function isBeforeStart(time: Timestamp, bounds: ExportBounds): boolean {
  return bounds.start !== undefined && time.isBefore(bounds.start);
}

/** Tells whether an instant is behind the last. */
export function isBehindEnd(time: Timestamp, bounds: ExportBounds): boolean {
  return bounds.end !== undefined && !time.isBefore(bounds.end);
}
