import { StoreError } from "./store-error.ts";

/** An object is there already: objects never change. */
export class ObjectExistsError extends StoreError {
  readonly code = "STORE_OBJECT_EXISTS";
  /** Its id, or its key. */
  readonly objectId: string;

  /**
   * @param objectId Its id, or its key.
   */
  constructor(objectId: string) {
    super(
      `Cannot write object '${objectId}' again: objects never change; take another id`,
    );
    this.objectId = objectId;
  }

  override get name(): "ObjectExistsError" {
    return "ObjectExistsError";
  }
}
