import { StoreError } from "./store-error.ts";

/** There is no such deletion request, or it is no longer kept. */
export class DeletionRequestNotFoundError extends StoreError {
  readonly code = "STORE_DELETION_REQUEST_NOT_FOUND";
  /** The id that was asked for. */
  readonly requestId: string;

  /**
   * @param requestId The id that was asked for.
   */
  constructor(requestId: string) {
    super(
      `There is no deletion request '${requestId}': it may have been done, and is no longer kept`,
    );
    this.requestId = requestId;
  }

  override get name(): "DeletionRequestNotFoundError" {
    return "DeletionRequestNotFoundError";
  }
}
