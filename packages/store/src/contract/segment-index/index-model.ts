import type {
  ObjectRecord,
  SegmentRecord,
  SegmentWindow,
  Span,
} from "../../port/segment-index.ts";

/** What an index of segments and objects is to do, as plainly as it can be said. */
export class IndexModel {
  segments: readonly SegmentRecord[] = [];
  objects: readonly ObjectRecord[] = [];

  insertSegment(segment: SegmentRecord): void {
    this.segments = [...this.segments, segment].sort((a, b) =>
      a.start < b.start ? -1 : 1,
    );
  }

  listSegments(
    flowId: string,
    { span, objectId, reverse = false, after, limit }: SegmentWindow,
  ): readonly SegmentRecord[] {
    const ordered = reverse ? this.segments.toReversed() : this.segments;
    return ordered
      .filter((one) => one.flowId === flowId)
      .filter((one) => span === undefined || overlaps(one, span))
      .filter((one) => objectId === undefined || one.objectId === objectId)
      .filter(
        ({ start }) =>
          after === undefined || (reverse ? start < after : start > after),
      )
      .slice(0, limit);
  }

  findOverlap(flowId: string, span: Span): SegmentRecord | undefined {
    return this.listSegments(flowId, { span, limit: 1 })[0];
  }

  findExtent(flowId: string, span?: Span): Span | undefined {
    const found = this.listSegments(flowId, { span, limit: Infinity });
    const [first, last] = [found[0], found.at(-1)];
    return first && last && { start: first.start, end: last.end };
  }

  removeSegments(
    flowId: string,
    window: {
      readonly span: Span;
      readonly objectId?: string | undefined;
      readonly limit: number;
    },
  ): readonly SegmentRecord[] {
    const { span, objectId, limit } = window;
    const removed = this.listSegments(flowId, { objectId, limit: Infinity })
      .filter(({ start, end }) => start >= span.start && end <= span.end)
      .slice(0, limit);
    this.segments = this.segments.filter((one) => !removed.includes(one));
    return removed;
  }

  putObject(object: ObjectRecord): void {
    this.removeObject(object.id);
    this.objects = [...this.objects, object];
  }

  removeObject(id: string): void {
    this.objects = this.objects.filter((one) => one.id !== id);
  }

  isReferenced(id: string): boolean {
    return (
      this.segments.some(({ objectId }) => objectId === id) ||
      this.objects.some(({ initObjectId }) => initObjectId === id)
    );
  }

  listFlowsOfObject(id: string): readonly string[] {
    const ids = [id, ...this.#objectsThatNeed(id)];
    const flows = this.segments
      .filter(({ objectId }) => ids.includes(objectId))
      .map(({ flowId }) => flowId);
    return [...new Set(flows)].sort();
  }

  #objectsThatNeed(id: string): readonly string[] {
    return this.objects
      .filter(({ initObjectId }) => initObjectId === id)
      .map((object) => object.id);
  }
}

function overlaps(one: Span, other: Span): boolean {
  return (
    one.start < other.end && other.start < one.end && other.start < other.end
  );
}
