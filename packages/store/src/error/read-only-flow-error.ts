import { StoreError } from "./store-error.ts";

/** A flow that is read-only was to be changed. */
export class ReadOnlyFlowError extends StoreError {
  readonly code = "STORE_READ_ONLY_FLOW";
  /** The flow. */
  readonly flowId: string;

  /**
   * @param flowId The flow.
   */
  constructor(flowId: string) {
    super(
      `Cannot change flow '${flowId}': it is read-only; set read_only to false first`,
    );
    this.flowId = flowId;
  }

  override get name(): "ReadOnlyFlowError" {
    return "ReadOnlyFlowError";
  }
}
