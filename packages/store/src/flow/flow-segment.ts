import type { Segment } from "@sluice/tams";
import { TimeRange, Timestamp } from "@sluice/time";

/**
 * What times of several writers may differ by and still be one: in nanoseconds.
 *
 * Clocks of containers tick 90000 times a second, and texts of others have been through
 * floating seconds; a microsecond is less than any sample lasts.
 */
export const TOLERANCE = 1000n;

/** A segment, with its times as numbers. */
export interface FlowSegment {
  /** As it was listed. */
  readonly document: Segment;
  /** Where it is on the flow's timeline. */
  readonly timeRange: TimeRange;
  /** Its first nanosecond. */
  readonly start: bigint;
  /** The nanosecond after its last one. */
  readonly end: bigint;
  /** A flow's instant less the object's. */
  readonly timestampOffset: Timestamp;
  /** Whether all of its object belongs to it, as far as is told. */
  readonly isWhole: boolean;
}

/**
 * Reads the times of a segment that was listed.
 *
 * @throws {SyntaxError} If one of them is none.
 * @throws {RangeError} If it has no bounds.
 */
export function toFlowSegment(document: Segment): FlowSegment {
  const timeRange = TimeRange.parse(document.timerange, { spelling: "any" });
  const { start, end } = timeRange.toNanosecondBounds();
  if (start === undefined || end === undefined) {
    throw new RangeError(
      `Cannot read the segment ${document.timerange}: it has no bounds`,
    );
  }
  const timestampOffset = Timestamp.parse(document.ts_offset ?? "0:0", {
    spelling: "any",
  });
  return {
    document,
    timeRange,
    start,
    end,
    timestampOffset,
    isWhole: coversObject(document, start, end, timestampOffset),
  };
}

/** Which of a segment's nanoseconds are its own, so that nothing of a neighbour is. */
export function toleratedBounds(segment: FlowSegment): {
  readonly start: bigint;
  readonly end: bigint;
} {
  const isOpen = segment.timeRange.inclusivity.endsWith(")");
  return {
    start: segment.start - TOLERANCE,
    end: isOpen ? segment.end - TOLERANCE : segment.end,
  };
}

function coversObject(
  { object_timerange }: Segment,
  start: bigint,
  end: bigint,
  offset: Timestamp,
): boolean {
  if (object_timerange === undefined) return false;
  const bounds = TimeRange.parse(object_timerange, {
    spelling: "any",
  }).toNanosecondBounds();
  const from = start - offset.nanoseconds;
  const to = end - offset.nanoseconds;
  return isNear(bounds.start, from) && isNear(bounds.end, to);
}

function isNear(a: bigint | undefined, b: bigint): boolean {
  if (a === undefined) return true;
  return a - b <= TOLERANCE && b - a <= TOLERANCE;
}
