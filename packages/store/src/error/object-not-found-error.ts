import { StoreError } from "./store-error.ts";

/** There is no such object, or its bytes are not there. */
export class ObjectNotFoundError extends StoreError {
  readonly code = "STORE_OBJECT_NOT_FOUND";
  /** The id, or the key, that was asked for. */
  readonly objectId: string;

  /**
   * @param objectId The id, or the key, that was asked for.
   * @param options Its cause.
   */
  constructor(objectId: string, options?: ErrorOptions) {
    super(
      `There is no object '${objectId}': its bytes were not written, or have been removed`,
      options,
    );
    this.objectId = objectId;
  }

  override get name(): "ObjectNotFoundError" {
    return "ObjectNotFoundError";
  }
}
