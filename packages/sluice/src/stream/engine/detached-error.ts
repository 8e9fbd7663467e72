import { SluiceError } from "../../core/errors.ts";

/**
 * Something of a closed stream did not stop in time, or failed with nobody left to be told.
 *
 * It is given to the stream's `onDetached`, and never thrown. Where something failed,
 * `cause` is what it threw.
 */
export class DetachedError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_DETACHED";

  /** @inheritDoc */
  get name(): string {
    return "DetachedError";
  }
}
