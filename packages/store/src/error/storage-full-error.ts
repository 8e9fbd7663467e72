import { StoreError } from "./store-error.ts";

/** There is no room; nothing is left of what was to be written. */
export class StorageFullError extends StoreError {
  readonly code = "STORE_FULL";
  /** Where: a path, or a storage backend. */
  readonly place: string;

  /**
   * @param place Where: a path, or a storage backend.
   * @param options Its cause.
   */
  constructor(place: string, options?: ErrorOptions) {
    super(
      `There is no room left in '${place}': free some, and try again; nothing was changed`,
      options,
    );
    this.place = place;
  }

  override get name(): "StorageFullError" {
    return "StorageFullError";
  }
}
