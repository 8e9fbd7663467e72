import { StoreError } from "./store-error.ts";

/** There is no such source. */
export class SourceNotFoundError extends StoreError {
  readonly code = "STORE_SOURCE_NOT_FOUND";
  /** The id that was asked for. */
  readonly sourceId: string;

  /**
   * @param sourceId The id that was asked for.
   */
  constructor(sourceId: string) {
    super(
      `There is no source '${sourceId}': sources are made by their first flow, and go with the last`,
    );
    this.sourceId = sourceId;
  }

  override get name(): "SourceNotFoundError" {
    return "SourceNotFoundError";
  }
}
