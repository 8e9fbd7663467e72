import { StoreError } from "./store-error.ts";

/** A flow has no samples where some were asked for. */
export class MissingMediaError extends StoreError {
  readonly code = "STORE_MISSING_MEDIA";
  /** The flow. */
  readonly flowId: string;
  /** The ranges that are missing, in TAMS's text. */
  readonly missing: readonly string[];

  /**
   * @param flowId The flow.
   * @param missing The ranges that are missing, in TAMS's text.
   */
  constructor(flowId: string, missing: readonly string[]) {
    super(
      `Flow '${flowId}' has no samples in ${missing.join(", ")}: ask for less, or let gaps be skipped`,
    );
    this.flowId = flowId;
    this.missing = missing;
  }

  override get name(): "MissingMediaError" {
    return "MissingMediaError";
  }
}
