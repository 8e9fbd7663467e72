import { SluiceError } from "../core/errors.ts";

/** A deadline passed: a block was cancelled, or an item of a stream did not come. */
export class TimeoutError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_TIMEOUT";

  /** @inheritDoc */
  get name(): string {
    return "TimeoutError";
  }
}
