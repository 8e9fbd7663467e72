import { StoreError } from "./store-error.ts";

/** Another process has the store open. */
export class StoreLockedError extends StoreError {
  readonly code = "STORE_LOCKED";
  /** Which store: its folder. */
  readonly place: string;
  /** Who has it, as far as is known. */
  readonly owner: string;

  /**
   * @param place Which store: its folder.
   * @param owner Who has it, as far as is known.
   */
  constructor(place: string, owner: string) {
    super(
      `Cannot open the store in '${place}': ${owner} has it open; close that, or go through its server`,
    );
    this.place = place;
    this.owner = owner;
  }

  override get name(): "StoreLockedError" {
    return "StoreLockedError";
  }
}
