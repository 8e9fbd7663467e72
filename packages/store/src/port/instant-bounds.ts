import type { TimeRange } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { SegmentRecord, Span } from "./segment-index.ts";

/**
 * The latest instant that an index keeps, in nanoseconds: what databases have as a whole
 * number, 64 bits. Counted from 1970 it is in April 2262. The earliest is as far before.
 */
export const latestInstant: bigint = 2n ** 63n - 1n;

/** The earliest instant that an index keeps, in nanoseconds. */
export const earliestInstant: bigint = -latestInstant;

/**
 * Gives a range as a span within what an index keeps; what is beyond has no segments.
 *
 * @param range Any range; `_` gives all that is kept.
 * @returns The span; an empty one, if there is nothing of the range within it.
 */
export function toSpan(range: TimeRange): Span {
  const { start, end } = range.toNanosecondBounds();
  return clampSpan({
    start: start ?? earliestInstant,
    end: end ?? latestInstant,
  });
}

/**
 * Cuts a span to what an index keeps.
 *
 * @param span Any span.
 * @returns The part of it that is kept.
 */
export function clampSpan({ start, end }: Span): Span {
  return { start: clamp(start), end: clamp(end) };
}

/**
 * Looks whether an index can keep a segment.
 *
 * @param segment A segment.
 * @throws {RangeError} If it is empty, or ends before it starts.
 * @throws {InvalidRequestError} If its time is beyond what an index keeps.
 */
export function checkInstants(segment: SegmentRecord): void {
  const { start, end, timerange, offset, lastDuration = 0n } = segment;
  if (end <= start) {
    throw new RangeError(
      `Cannot keep the segment ${timerange}: it ends (${end}) before it starts (${start})`,
    );
  }
  if ([start, end, offset, lastDuration].every(isKept)) return;
  throw new InvalidRequestError(
    `Cannot keep the segment ${timerange}: its times, or its offset, are beyond 2^63 nanoseconds (292 years) from 0`,
  );
}

function clamp(instant: bigint): bigint {
  if (instant < earliestInstant) return earliestInstant;
  return instant > latestInstant ? latestInstant : instant;
}

function isKept(instant: bigint): boolean {
  return instant >= earliestInstant && instant <= latestInstant;
}
