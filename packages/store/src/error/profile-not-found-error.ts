import { StoreError } from "./store-error.ts";

/** There is no such profile. */
export class ProfileNotFoundError extends StoreError {
  readonly code = "STORE_PROFILE_NOT_FOUND";
  /** The id that was asked for. */
  readonly profileId: string;

  /**
   * @param profileId The id that was asked for.
   */
  constructor(profileId: string) {
    super(
      `There is no profile '${profileId}': make it first, or list those that there are`,
    );
    this.profileId = profileId;
  }

  override get name(): "ProfileNotFoundError" {
    return "ProfileNotFoundError";
  }
}
