import { StoreError } from "./store-error.ts";

/**
 * Segments that were to be added as one were added in part, and could not be removed again: a
 * remote store cannot do better where it loses its service in the middle.
 */
export class PartlyAddedError extends StoreError {
  readonly code = "STORE_PARTLY_ADDED";
  /** The flow. */
  readonly flowId: string;
  /** The ranges of the segments that may be there. */
  readonly timeranges: readonly string[];
  /** Why not all of them could be added; why they could not be removed is the `cause`. */
  readonly reason: unknown;

  /**
   * @param flowId The flow.
   * @param timeranges The ranges of the segments that may be there.
   * @param options `reason`: why not all could be added. `cause`: why they could not be removed.
   */
  constructor(
    flowId: string,
    timeranges: readonly string[],
    options: ErrorOptions & { readonly reason: unknown },
  ) {
    const { reason } = options;
    const words = reason instanceof Error ? reason.message : String(reason);
    super(
      `Cannot undo what was added to flow '${flowId}': ${timeranges.join(", ")} may be there, delete them; they were to go because: ${words}`,
      options,
    );
    this.flowId = flowId;
    this.timeranges = timeranges;
    this.reason = reason;
  }

  override get name(): "PartlyAddedError" {
    return "PartlyAddedError";
  }
}
