import { StoreError } from "./store-error.ts";

/** Two segments for one instant of a flow: the one that was there stays. */
export class SegmentOverlapError extends StoreError {
  readonly code = "STORE_SEGMENT_OVERLAP";
  /** The flow. */
  readonly flowId: string;
  /** The range that was to be added. */
  readonly timerange: string;
  /** The range of the segment that is there. */
  readonly existing: string;

  /**
   * @param flowId The flow.
   * @param timerange The range that was to be added.
   * @param existing The range of the segment that is there.
   */
  constructor(flowId: string, timerange: string, existing: string) {
    super(
      `Cannot add ${timerange} to flow '${flowId}': it overlaps the segment ${existing}; delete that first, or write elsewhere`,
    );
    this.flowId = flowId;
    this.timerange = timerange;
    this.existing = existing;
  }

  override get name(): "SegmentOverlapError" {
    return "SegmentOverlapError";
  }
}
