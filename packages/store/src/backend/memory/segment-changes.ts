import type { SegmentRecord, Span } from "../../port/segment-index.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { take } from "./take.ts";

/**
 * Keeps a segment.
 *
 * @param tables Where.
 * @param segment The segment.
 */
export function insertSegment(
  tables: MemoryTables,
  segment: SegmentRecord,
): void {
  const kept = tables.segments.insert(segment);
  const init = tables.objects.find(kept.objectId)?.initObjectId;
  if (init !== undefined) tables.initUses.add(init, kept);
}

/**
 * Removes segments that lie wholly within a span.
 *
 * @param tables Where.
 * @param flowId Of which flow.
 * @param window Which, and at most how many.
 * @returns Those that were removed.
 */
export function removeSegments(
  tables: MemoryTables,
  flowId: string,
  window: {
    readonly span: Span;
    readonly objectId?: string | undefined;
    readonly limit: number;
  },
): readonly SegmentRecord[] {
  const covered = findCovered(tables, flowId, window);
  const removed = take(covered, window.limit);
  for (const segment of removed) {
    tables.segments.remove(segment);
    const init = tables.objects.find(segment.objectId)?.initObjectId;
    if (init !== undefined) tables.initUses.remove(init, segment);
  }
  return removed;
}

/**
 * Tells from when to when a flow has segments.
 *
 * @param tables Where.
 * @param flowId Of which flow.
 * @param span Those that overlap it; all by default.
 * @returns From the start of the first to the end of the last.
 */
export function findExtent(
  { segments }: MemoryTables,
  flowId: string,
  span: Span | undefined,
): Span | undefined {
  const [first] = take(segments.within(flowId, { span }), 1);
  const [last] = take(segments.within(flowId, { span, reverse: true }), 1);
  return first && last && { start: first.start, end: last.end };
}

function* findCovered(
  { segments }: MemoryTables,
  flowId: string,
  {
    span,
    objectId,
  }: { readonly span: Span; readonly objectId?: string | undefined },
): Iterable<SegmentRecord> {
  for (const segment of segments.within(flowId, { span, objectId })) {
    if (segment.end > span.end) return;
    if (segment.start >= span.start) yield segment;
  }
}
