/** A segment of the model: whole seconds, and the number of its object. */
export interface ModelSegment {
  readonly object: number;
  readonly start: number;
  readonly end: number;
  /** A flow's second less the object's. */
  readonly offset: number;
}

/** What is done to the model, and to a store: flows and objects go by their numbers. */
export type ModelStep =
  | { readonly kind: "put" | "drop" | "lock" | "unlock"; readonly flow: number }
  | {
      readonly kind: "allocate";
      readonly flow: number;
      readonly object: number;
    }
  | {
      readonly kind: "add" | "add as one";
      readonly flow: number;
      readonly segments: readonly ModelSegment[];
    }
  | {
      readonly kind: "remove";
      readonly flow: number;
      readonly start: number;
      readonly end: number;
    };

type SegmentsStep = ModelStep & { readonly segments: readonly ModelSegment[] };

interface ModelFlow {
  isLocked: boolean;
  segments: readonly ModelSegment[];
}

interface ModelObject {
  readonly allocatedFor: number;
  readonly span?: { readonly start: number; readonly end: number };
  readonly isGone?: boolean;
}

/** Which codes of errors a step ends with; none, if all of it is done. */
type Codes = readonly string[];

const overlap = "STORE_SEGMENT_OVERLAP";
const invalid = "STORE_INVALID_REQUEST";

/** What a flow store is, as simply as it can be said. */
export class FlowStoreModel {
  readonly flows = new Map<number, ModelFlow>();
  readonly objects = new Map<number, ModelObject>();
  readonly #isAtomic: boolean;

  /** @param isAtomic Whether segments that are undone leave their objects as they were. */
  constructor(isAtomic: boolean) {
    this.#isAtomic = isAtomic;
  }

  /** Does a step; nothing, if it fails. */
  do(step: ModelStep): Codes {
    const flow = this.flows.get(step.flow);
    if (step.kind === "put" && flow === undefined) {
      this.flows.set(step.flow, { isLocked: false, segments: [] });
      return [];
    }
    if (flow === undefined) return ["STORE_FLOW_NOT_FOUND"];
    if (step.kind === "unlock" || step.kind === "lock") {
      flow.isLocked = step.kind === "lock";
      return [];
    }
    if (flow.isLocked) return ["STORE_READ_ONLY_FLOW"];
    const codes = this.#change(flow, step);
    this.#dropUnused();
    return codes;
  }

  /** The flows that refer to an object. */
  findFlows(object: number): readonly number[] {
    return [...this.flows]
      .filter(([, { segments }]) =>
        segments.some((one) => one.object === object),
      )
      .map(([flow]) => flow);
  }

  #change(flow: ModelFlow, step: ModelStep): Codes {
    switch (step.kind) {
      case "allocate":
        if (this.objects.has(step.object)) return [invalid];
        this.objects.set(step.object, { allocatedFor: step.flow });
        return [];
      case "add":
        return step.segments.flatMap((segment) =>
          this.#add(step.flow, segment),
        );
      case "add as one":
        return this.#addAsOne(flow, step);
      case "remove":
        flow.segments = flow.segments.filter(
          ({ start, end }) => start < step.start || end > step.end,
        );
        return [];
      case "drop":
        this.flows.delete(step.flow);
        return [];
      case "put":
      case "lock":
      case "unlock":
        return [];
    }
  }

  /** Objects go with the last segment that refers to them. */
  #dropUnused(): void {
    for (const [number, object] of this.objects) {
      const isUsed = this.findFlows(number).length > 0;
      if (object.span !== undefined && !isUsed) {
        this.objects.set(number, { ...object, isGone: true });
      }
    }
  }

  /** All that can be are added, and removed again if one could not be. */
  #addAndUndo(flow: ModelFlow, step: SegmentsStep): Codes {
    const { segments } = flow;
    const codes = step.segments.flatMap((one) => this.#add(step.flow, one));
    if (codes.length === 0) return [];
    flow.segments = segments;
    return codes.slice(0, 1);
  }

  #addAsOne(flow: ModelFlow, step: SegmentsStep): Codes {
    if (!this.#isAtomic) return this.#addAndUndo(flow, step);
    const [segments, objects] = [flow.segments, new Map(this.objects)];
    for (const segment of step.segments) {
      const codes = this.#add(step.flow, segment);
      if (codes.length === 0) continue;
      flow.segments = segments;
      for (const [number, object] of objects) this.objects.set(number, object);
      return codes;
    }
    return [];
  }

  #add(number: number, segment: ModelSegment): Codes {
    const flow = this.flows.get(number);
    const object = this.objects.get(segment.object);
    const start = segment.start - segment.offset;
    const end = segment.end - segment.offset;
    if (
      flow?.segments.some(
        (one) => one.start < segment.end && segment.start < one.end,
      )
    ) {
      return [overlap];
    }
    if (object === undefined || object.isGone === true) return [invalid];
    const { span, allocatedFor } = object;
    if (span === undefined) {
      if (allocatedFor !== number) return [invalid];
      this.objects.set(segment.object, { allocatedFor, span: { start, end } });
    } else if (start < span.start || end > span.end) return [invalid];
    if (flow !== undefined) {
      flow.segments = [...flow.segments, segment].sort(
        (a, b) => a.start - b.start,
      );
    }
    return [];
  }
}
