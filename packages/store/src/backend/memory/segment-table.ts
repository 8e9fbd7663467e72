import { SegmentOverlapError } from "../../error/segment-overlap-error.ts";
import {
  checkInstants,
  clampSpan,
  earliestInstant,
  latestInstant,
} from "../../port/instant-bounds.ts";
import type {
  SegmentRecord,
  SegmentWindow,
  Span,
} from "../../port/segment-index.ts";
import { compareKeys, OrderedMap } from "./ordered-map.ts";
import { SegmentUses } from "./segment-uses.ts";

type SegmentKey = readonly [flowId: string, start: bigint];

const always: Span = { start: earliestInstant, end: latestInstant };

/** Segments by flow and start, and by the object that they are in. */
export class SegmentTable {
  /** Which segments are in which objects. */
  readonly uses: SegmentUses;
  readonly #segments: OrderedMap<SegmentKey, SegmentRecord>;

  /** @param original What this is a copy of. */
  constructor(original?: SegmentTable) {
    this.uses = original?.uses.copy() ?? new SegmentUses();
    this.#segments = original
      ? original.#segments.copy()
      : new OrderedMap<SegmentKey, SegmentRecord>(compareKeys);
  }

  /** Makes a copy, which changes by itself. */
  copy(): SegmentTable {
    return new SegmentTable(this);
  }

  /** Keeps a segment; gives what is kept. */
  insert(segment: SegmentRecord): SegmentRecord {
    checkInstants(segment);
    const { flowId, objectId, start } = segment;
    const existing = this.#segments.get([flowId, start]);
    if (existing !== undefined) {
      throw new SegmentOverlapError(
        flowId,
        segment.timerange,
        existing.timerange,
      );
    }
    const kept = Object.freeze({ ...segment });
    this.#segments.set([flowId, start], kept);
    this.uses.add(objectId, kept);
    return kept;
  }

  remove(segment: SegmentRecord): void {
    this.#segments.delete([segment.flowId, segment.start]);
    this.uses.remove(segment.objectId, segment);
  }

  /** The segments of a flow that a window shows, as many as there are. */
  *within(
    flowId: string,
    window: Omit<SegmentWindow, "limit">,
  ): Iterable<SegmentRecord> {
    const { span = always, objectId, reverse = false } = window;
    const { start, end } = clampSpan(span);
    if (end <= start) return;
    const first = this.#firstOf(flowId, { start, end }, window);
    const segments =
      objectId === undefined
        ? this.#ofFlow(flowId, first, reverse)
        : this.uses.inFlow(objectId, flowId, first, reverse);
    for (const segment of segments) {
      if (reverse ? segment.end <= start : segment.start >= end) return;
      yield segment;
    }
  }

  /** From which start on, or, backwards, before which. */
  #firstOf(
    flowId: string,
    { start, end }: Span,
    { reverse = false, after }: Omit<SegmentWindow, "limit">,
  ): bigint {
    if (reverse) return after !== undefined && after < end ? after : end;
    const first = this.#startOfOverlap(flowId, start);
    return after !== undefined && after >= first ? after + 1n : first;
  }

  /** A segment that has begun before, and goes on, is among those that overlap. */
  #startOfOverlap(flowId: string, start: bigint): bigint {
    const before = this.#segments.floor([flowId, start]);
    return before?.flowId === flowId && before.end > start
      ? before.start
      : start;
  }

  *#ofFlow(
    flowId: string,
    start: bigint,
    isReversed: boolean,
  ): Iterable<SegmentRecord> {
    const key: SegmentKey = [flowId, start];
    const entries = isReversed
      ? this.#segments.before(key)
      : this.#segments.from(key);
    for (const [, segment] of entries) {
      if (segment.flowId !== flowId) return;
      yield segment;
    }
  }
}
