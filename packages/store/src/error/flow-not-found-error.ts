import { StoreError } from "./store-error.ts";

/** There is no such flow. */
export class FlowNotFoundError extends StoreError {
  readonly code = "STORE_FLOW_NOT_FOUND";
  /** The id that was asked for. */
  readonly flowId: string;

  /**
   * @param flowId The id that was asked for.
   */
  constructor(flowId: string) {
    super(
      `There is no flow '${flowId}': make it first, or list those that there are`,
    );
    this.flowId = flowId;
  }

  override get name(): "FlowNotFoundError" {
    return "FlowNotFoundError";
  }
}
