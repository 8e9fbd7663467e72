import { TimeRange, Timestamp } from "@sluice/time";
import { stream, type Stream } from "sluice";
import type { FlowStore } from "../port/flow-store.ts";
import { TOLERANCE, toFlowSegment, type FlowSegment } from "./flow-segment.ts";
import { listPages } from "./list-pages.ts";

/** What comes next on a flow's timeline: a segment, or nothing for a while. */
export type ReadingStep =
  | { readonly kind: "segment"; readonly segment: FlowSegment }
  | { readonly kind: "gap"; readonly timeRange: TimeRange };

/** What is to be read. */
export interface ReadingPlan {
  /** The flow. */
  readonly flowId: string;
  /** Which part of its timeline. */
  readonly timeRange: TimeRange;
}

/** Lists the segments of a flow that overlap a range, in order. */
export function listFlowSegments(
  store: FlowStore,
  { flowId, timeRange }: ReadingPlan,
): Stream<FlowSegment> {
  const query = { timerange: timeRange, includeObjectTimerange: true };
  return listPages((page) => store.listSegments(flowId, query, page)).map(
    toFlowSegment,
  );
}

/**
 * Tells what there is to read, step by step: the segments that overlap a range, and the gaps
 * within it. Where the range has no bound, nothing is missing.
 */
export function planReading(
  store: FlowStore,
  plan: ReadingPlan,
): Stream<ReadingStep> {
  return stream<ReadingStep>(async function* () {
    const { start, end } = plan.timeRange.toNanosecondBounds();
    let at = start;
    for await (const segment of listFlowSegments(store, plan)) {
      const gap = findGap(at, segment.start);
      if (gap !== undefined) yield gap;
      yield { kind: "segment", segment };
      at = segment.end;
    }
    const rest = findGap(at, end);
    if (rest !== undefined) yield rest;
  });
}

function findGap(
  from: bigint | undefined,
  to: bigint | undefined,
): ReadingStep | undefined {
  if (from === undefined || to === undefined || to - from <= TOLERANCE) return;
  const start = Timestamp.fromNanoseconds(from);
  const end = Timestamp.fromNanoseconds(to);
  return { kind: "gap", timeRange: TimeRange.of(start, end) };
}
