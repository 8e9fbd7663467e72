/**
 * The root of the errors that the toolkit throws for conditions worth catching.
 *
 * Wrong use (a value of the wrong shape, a manager entered twice) is not among
 * them: it throws `TypeError` or `RangeError`. Across processes and copies of
 * the library tell errors apart by `code`, not by `instanceof`.
 *
 * @example Tell which condition it is
 * ```ts
 * import { from, SluiceError } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const late = from(new Set([new Promise<never>(() => {})]), { closeGrace: 0 });
 * try {
 *   await late.timeout(1).toArray();
 * } catch (error) {
 *   assert.ok(error instanceof SluiceError && error.code === "SLUICE_TIMEOUT");
 * }
 * ```
 */
export abstract class SluiceError extends Error {
  /** Identifies the condition; never changes between versions. */
  abstract readonly code: string;

  /** Says what is wrong in one word; it is on the prototype. */
  abstract override get name(): string;
}

/**
 * Something was used outside of the block that opens it, or after it was closed.
 *
 * A task group throws it when a task is spawned outside of its block, and a timeout when
 * it is moved although it is over. The `send()` of a channel rejects with it once the channel is
 * closed, or its receiver has been left, also if that happens while it waits. To read a
 * stream that is closed is no error: it has ended.
 *
 * @example Stop sending when nobody reads any more
 * ```ts
 * import { channel, ClosedError } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const { send, receiver } = channel<number>();
 * const sending = send(1);
 * await receiver.return();
 *
 * await assert.rejects(sending, ClosedError);
 * ```
 */
export class ClosedError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_CLOSED";

  /** @inheritDoc */
  get name(): string {
    return "ClosedError";
  }
}

/**
 * Two callers used at once what serves one at a time.
 *
 * A generator of `asyncGenerator()` throws it when it is called while a call is under way.
 * A stream throws it, at once, when it is read or handed on (to an operator, to `merge()`
 * and its like, to a loop) although another reads it: read what was made of it, or
 * `tee()` or `borrow()` it. A virtual clock throws it while another run is under way.
 *
 * @example A stream has one reader
 * ```ts
 * import { BusyError, from } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const items = from([1, 2, 3]);
 * const doubled = items.map((n) => 2 * n);
 *
 * assert.throws(() => items.filter((n) => n > 1), BusyError);
 * assert.deepEqual(await doubled.toArray(), [2, 4, 6]);
 * ```
 */
export class BusyError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_BUSY";

  /** @inheritDoc */
  get name(): string {
    return "BusyError";
  }
}

/**
 * Someone asked for the work to stop: cancellation, which is not failure.
 *
 * Its `name` is `AbortError`, as the platform has it, so that code which knows
 * nothing of this library treats it as an abort.
 *
 * Task groups and timeouts cancel their tasks and blocks with it. It is the reason of the
 * signals that a stream gives to its callbacks, and to the generator of `stream()`, whose
 * `guard()` rejects with it; its `cause` is what the stream has failed with, if it has. A
 * stream's own `signal` ends it with that signal's reason.
 *
 * @example A callback that is told to stop
 * ```ts
 * import { CancelledError, from } from "sluice";
 * import assert from "node:assert/strict";
 *
 * let reason: unknown;
 * const items = from([1]).map((_, { signal }) => {
 *   signal.addEventListener("abort", () => (reason = signal.reason));
 *   return new Promise((resolve) => signal.addEventListener("abort", resolve));
 * });
 * const asked = items.next();
 * await items.return();
 *
 * assert.ok(reason instanceof CancelledError);
 * assert.equal((await asked).done, true);
 * ```
 */
export class CancelledError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_CANCELLED";

  /**
   * @param message What could not be done, and why.
   * @param options The error's `cause`, if it has one.
   */
  constructor(
    message = "Cannot go on: it was cancelled",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** @inheritDoc */
  get name(): string {
    return "AbortError";
  }
}

/**
 * Tells a cancellation from a failure: ours, or any error named `AbortError`.
 *
 * @param error Anything that was thrown.
 * @returns Whether it says that someone asked for the work to stop.
 *
 * @example Say nothing when the work was called off
 * ```ts
 * import { CancelledError, isCancelled } from "sluice";
 * import assert from "node:assert/strict";
 *
 * assert.ok(isCancelled(new CancelledError("Stopped")));
 * assert.ok(isCancelled(new DOMException("Stopped", "AbortError")));
 * assert.ok(!isCancelled(new Error("Broken")));
 * ```
 */
export function isCancelled(error: unknown): boolean {
  try {
    const { name } = Object(error) as { name?: unknown };
    return name === "AbortError";
  } catch {
    // A getter or a proxy's trap threw: whatever it is, it is no abort of ours.
    return false;
  }
}
