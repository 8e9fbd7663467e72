import { SluiceError } from "../../core/errors.ts";

/**
 * What becomes of a value that there is no room for: the sender waits, or is told by an
 * error; or the oldest that is held is dropped, or the new one.
 */
export type Overflow = "block" | "error" | "drop-oldest" | "drop-newest";

/**
 * More was sent than there is room for, and nothing may be dropped.
 *
 * The value was not taken. `send()` rejects with it, and the channel goes on; an event cannot
 * be refused, so a stream of events fails with it.
 *
 * @example A channel that makes nobody wait
 * ```ts
 * import { channel, OverflowError } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const { send, close, receiver } = channel<number>({ capacity: 1, overflow: "error" });
 * await send(1);
 * await assert.rejects(send(2), OverflowError);
 * close();
 *
 * assert.deepEqual(await receiver.toArray(), [1]);
 * ```
 */
export class OverflowError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_OVERFLOW";

  /** @inheritDoc */
  get name(): string {
    return "OverflowError";
  }
}
