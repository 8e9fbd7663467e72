import { SluiceError } from "../core/errors.ts";

/**
 * A deadline passed: a block was cancelled, or an item of a stream did not come.
 *
 * A block of `timeout()` or `timeoutAt()` throws it when it is left; its `cause` is the
 * cancellation. What `Stream.timeout()` gives fails with it, once its source is closed,
 * and it has no `cause`.
 *
 * Source: Python, `TimeoutError`, as `asyncio.timeout` raises it.
 *
 * @example An item that does not come
 * ```ts
 * import { stream, TimeoutError } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const silent = stream(async function* ({ guard }) {
 *   yield await guard(new Promise<string>(() => {}));
 * });
 *
 * await assert.rejects(silent.timeout(1).toArray(), TimeoutError);
 * ```
 */
export class TimeoutError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_TIMEOUT";

  /** @inheritDoc */
  get name(): string {
    return "TimeoutError";
  }
}
