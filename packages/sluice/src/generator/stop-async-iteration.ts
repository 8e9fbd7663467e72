import { SluiceError } from "../core/errors.ts";

/**
 * There is no next item: what `anext`, `asend` and `athrow` end with.
 *
 * Streams do not throw it: they answer `next()` with the end, as iterators do.
 *
 * Source: Python, `StopAsyncIteration`.
 *
 * @example Nothing is left
 * ```ts
 * import { anext, from, StopAsyncIteration } from "sluice";
 * import assert from "node:assert/strict";
 *
 * await assert.rejects(anext(from([])), StopAsyncIteration);
 * ```
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
