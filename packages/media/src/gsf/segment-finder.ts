import type { Grain } from "../grain/grain.ts";
import type { GsfSegment } from "./gsf-head.ts";
import type { GsfGrain } from "./gsf-part.ts";

/** Finds the segment of each flow. */
export class SegmentFinder {
  readonly #localIds: ReadonlySet<number>;
  /** Those of which nobody has said whose they are. */
  readonly #free: GsfSegment[];
  readonly #byFlow = new Map<string, number>();

  constructor(segments: readonly GsfSegment[]) {
    this.#localIds = new Set(segments.map(({ localId }) => localId));
    this.#free = segments.filter(({ flow }) => flow === undefined);
    for (const { flow, localId } of segments) {
      if (flow !== undefined) this.#byFlow.set(flow.flowId, localId);
    }
  }

  /**
   * Gives a grain with the local id of its flow's segment.
   *
   * @throws {RangeError} If there is no segment for it.
   */
  place(grain: Grain | GsfGrain): GsfGrain {
    if (grain.kind === "grain") {
      this.#claim(grain.grain.flowId, grain.localId);
      return grain;
    }
    return { kind: "grain", localId: this.#find(grain.flowId), grain };
  }

  /** Keeps others from a segment that a grain says it is in. */
  #claim(flowId: string, localId: number): void {
    if (!this.#localIds.has(localId)) {
      throw new RangeError(
        `Cannot write a grain to segment ${localId}: the head has no such segment`,
      );
    }
    const index = this.#free.findIndex(
      (segment) => segment.localId === localId,
    );
    if (index === -1) return;
    this.#free.splice(index, 1);
    if (!this.#byFlow.has(flowId)) this.#byFlow.set(flowId, localId);
  }

  #find(flowId: string): number {
    const known = this.#byFlow.get(flowId);
    if (known !== undefined) return known;
    const free = this.#free.shift();
    if (free === undefined) {
      throw new RangeError(
        `Cannot write a grain of flow ${flowId}: all segments of the head have other flows`,
      );
    }
    this.#byFlow.set(flowId, free.localId);
    return free.localId;
  }
}
