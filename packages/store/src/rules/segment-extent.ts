import { TimeRange } from "@sluice/time";
import { toSpan } from "../port/instant-bounds.ts";
import type { IndexTransaction, SegmentRecord } from "../port/segment-index.ts";
import { isEmptySpan } from "./time-text.ts";

/**
 * Finds from when to when a flow has segments, or those of it that overlap a range. Its ends
 * are within it as they are within the first and the last segment.
 *
 * @param index The index.
 * @param flowId The flow.
 * @param within Which segments; all of them, if it is absent.
 * @returns The range; `()` if there are none.
 */
export async function findExtent(
  index: IndexTransaction,
  flowId: string,
  within: TimeRange = TimeRange.eternity,
): Promise<TimeRange> {
  const span = toSpan(within);
  if (isEmptySpan(span)) return TimeRange.never;
  const ends = [];
  for (const reverse of [false, true]) {
    ends.push(
      ...(await index.listSegments(flowId, { span, reverse, limit: 1 })),
    );
  }
  return joinExtents(ends);
}

/** Gives the range from the first to the last of some segments; `()` if there are none. */
export function joinExtents(segments: readonly SegmentRecord[]): TimeRange {
  return segments
    .map(({ timerange }) => TimeRange.parse(timerange, { spelling: "any" }))
    .reduce((all, range) => all.encompass(range), TimeRange.never);
}
