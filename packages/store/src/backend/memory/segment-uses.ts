import { earliestInstant, latestInstant } from "../../port/instant-bounds.ts";
import type { SegmentRecord } from "../../port/segment-index.ts";
import { compareKeys, OrderedMap } from "./ordered-map.ts";

type UseKey = readonly [objectId: string, flowId: string, start: bigint];

/** Which segments use which objects. */
export class SegmentUses {
  readonly #uses: OrderedMap<UseKey, SegmentRecord>;

  /** @param original What this is a copy of. */
  constructor(original?: SegmentUses) {
    this.#uses = original
      ? original.#uses.copy()
      : new OrderedMap<UseKey, SegmentRecord>(compareKeys);
  }

  /** Makes a copy, which changes by itself. */
  copy(): SegmentUses {
    return new SegmentUses(this);
  }

  add(objectId: string, segment: SegmentRecord): void {
    this.#uses.set([objectId, segment.flowId, segment.start], segment);
  }

  remove(objectId: string, { flowId, start }: SegmentRecord): void {
    this.#uses.delete([objectId, flowId, start]);
  }

  /** All segments that use an object. */
  *of(objectId: string): Iterable<SegmentRecord> {
    const entries = this.#uses.from([objectId, "", earliestInstant]);
    for (const [[used], segment] of entries) {
      if (used !== objectId) return;
      yield segment;
    }
  }

  /** A flow's segments that use an object: from a start on, or, backwards, before it. */
  *inFlow(
    objectId: string,
    flowId: string,
    start: bigint,
    isReversed: boolean,
  ): Iterable<SegmentRecord> {
    const key: UseKey = [objectId, flowId, start];
    const entries = isReversed ? this.#uses.before(key) : this.#uses.from(key);
    for (const [[used], segment] of entries) {
      if (used !== objectId || segment.flowId !== flowId) return;
      yield segment;
    }
  }

  /** The first flow behind another, by id, that has a segment which uses an object. */
  nextFlow(objectId: string, after: string | undefined): string | undefined {
    const [next] = this.#uses.from(
      after === undefined
        ? [objectId, "", earliestInstant]
        : [objectId, after, latestInstant],
    );
    return next?.[0][0] === objectId ? next[0][1] : undefined;
  }
}
