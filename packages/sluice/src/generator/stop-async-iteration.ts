import { SluiceError } from "../core/errors.ts";

/**
 * There is no next item: what `anext`, `asend` and `athrow` end with.
 *
 * Source: Python, `StopAsyncIteration`.
 */
export class StopAsyncIteration extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_STOP_ASYNC_ITERATION";

  constructor() {
    super("Cannot go on: the iteration has ended");
  }

  /** @inheritDoc */
  get name(): string {
    return "StopAsyncIteration";
  }
}
