import { StoreError } from "./store-error.ts";

/** A folder or a file of the store, or its service, cannot be read, or written. */
export class StorageAccessError extends StoreError {
  readonly code = "STORE_ACCESS";
  /** Which: a path, or a URL. */
  readonly place: string;
  /** What is wrong, in words. */
  readonly problem: string;

  /**
   * @param place Which: a path, or a URL.
   * @param problem What is wrong, in words.
   * @param options Its cause.
   */
  constructor(place: string, problem: string, options?: ErrorOptions) {
    super(`Cannot use '${place}': ${problem}`, options);
    this.place = place;
    this.problem = problem;
  }

  override get name(): "StorageAccessError" {
    return "StorageAccessError";
  }
}
