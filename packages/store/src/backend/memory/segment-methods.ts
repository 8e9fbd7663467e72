import type {
  IndexTransaction,
  SegmentRecord,
  Span,
} from "../../port/segment-index.ts";
import type { MemorySession } from "./memory-session.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { take } from "./take.ts";

/** What a transaction does with segments. */
export function createSegmentMethods(
  session: MemorySession,
): Pick<
  IndexTransaction,
  | "insertSegment"
  | "findOverlap"
  | "listSegments"
  | "findExtent"
  | "removeSegments"
> {
  return {
    insertSegment: (segment) =>
      session.write((tables) => {
        insert(tables, segment);
      }),
    findOverlap: (flowId, span) =>
      session.read(
        ({ segments }) => take(segments.within(flowId, { span }), 1)[0],
      ),
    listSegments: (flowId, window) =>
      session.read(({ segments }) =>
        take(segments.within(flowId, window), window.limit),
      ),
    findExtent: (flowId, span) =>
      session.read((tables) => findExtent(tables, flowId, span)),
    removeSegments: (flowId, { span, objectId, limit }) =>
      session.write((tables) => {
        const covered = findCovered(tables, flowId, span, objectId);
        const removed = take(covered, limit);
        for (const segment of removed) remove(tables, segment);
        return removed;
      }),
  };
}

function insert(tables: MemoryTables, segment: SegmentRecord): void {
  const kept = tables.segments.insert(segment);
  const init = tables.objects.find(kept.objectId)?.initObjectId;
  if (init !== undefined) tables.initUses.add(init, kept);
}

function remove(tables: MemoryTables, segment: SegmentRecord): void {
  tables.segments.remove(segment);
  const init = tables.objects.find(segment.objectId)?.initObjectId;
  if (init !== undefined) tables.initUses.remove(init, segment);
}

function findExtent(
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
  span: Span,
  objectId: string | undefined,
): Iterable<SegmentRecord> {
  for (const segment of segments.within(flowId, { span, objectId })) {
    if (segment.end > span.end) return;
    if (segment.start >= span.start) yield segment;
  }
}
