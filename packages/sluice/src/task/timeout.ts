import { checkDuration } from "../core/check-duration.ts";
import { ClosedError } from "../core/errors.ts";
import { now, startTimer } from "../core/clock.ts";
import {
  asyncEnter,
  asyncExit,
  type AsyncContextManager,
  type Outcome,
} from "../context/protocol.ts";
import { CancelScope } from "./cancel-scope.ts";
import { TimeoutError } from "./timeout-error.ts";

/** Options of `timeout` and `timeoutAt`. */
export interface TimeoutOptions {
  /** Cancels the block as well; then its reason, and no `TimeoutError`, is thrown. */
  readonly signal?: AbortSignal;
}

/** The deadline of a running block. */
export interface Timeout {
  /** Aborts at the deadline, or with the signal that was given. */
  readonly signal: AbortSignal;
  /** Whether the deadline has passed while the block ran. */
  readonly expired: boolean;
  /** The deadline, in milliseconds of `performance.now()`; `null` is never. */
  readonly when: number | null;
  /**
   * Sets another deadline.
   *
   * @param when In milliseconds of `performance.now()`; `null` is never.
   * @throws {ClosedError} If the deadline has passed or the block has ended.
   * @throws {TypeError} If `when` is neither a number nor `null`.
   */
  reschedule(when: number | null): void;
  /**
   * Waits for a promise, but no longer than until the deadline.
   *
   * @param promise What to wait for.
   * @returns Its value.
   * @throws {CancelledError} At the deadline; leaving the block makes a
   * `TimeoutError` of it.
   */
  guard<T>(promise: T | PromiseLike<T>): Promise<T>;
}

/**
 * Gives a block so much time: Python's `asyncio.timeout`.
 *
 * At the deadline the block's signal aborts. If the block ends with that
 * cancellation, a `TimeoutError` is thrown in its place; an error of its own
 * passes, and so does its value. JavaScript cannot interrupt a block: give it
 * the signal, or wrap what it waits for in `guard()`. It holds one timer, and
 * one listener on the signal given, until the block ends.
 *
 * Source: Python 3.11, `asyncio.timeout`.
 *
 * @param ms How long, in milliseconds from this call; `null` is for ever, 0 or less
 * until the first pause that lets timers run.
 * @param options A signal that cancels the block as well.
 * @returns A manager that serves once; the block is given its {@linkcode Timeout}.
 * @throws {TypeError} If `ms` is neither a number nor `null`, or on entering twice.
 * @throws {TimeoutError} On leaving, if the block was cancelled by the deadline.
 *
 * @example Give up on an answer
 * ```ts
 * import { asyncWith, timeout } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const answer = new Promise(() => {});
 *
 * await assert.rejects(
 *   asyncWith(timeout(5), (deadline) => deadline.guard(answer)),
 *   { name: "TimeoutError" },
 * );
 * ```
 */
export function timeout(
  ms: number | null,
  options?: TimeoutOptions,
): AsyncContextManager<Timeout, false> {
  if (ms !== null) checkDuration(ms);
  return new Deadline(ms === null ? null : now() + ms, options);
}

/**
 * Gives a block until a moment: Python's `asyncio.timeout_at`.
 *
 * As {@linkcode timeout}, with an absolute deadline, so that several blocks can
 * share one.
 *
 * Source: Python 3.11, `asyncio.timeout_at`.
 *
 * @param when In milliseconds of `performance.now()`; `null` is never.
 * @param options A signal that cancels the block as well.
 * @returns A manager that serves once; the block is given its {@linkcode Timeout}.
 * @throws {TypeError} If `when` is neither a number nor `null`, or on entering twice.
 * @throws {TimeoutError} On leaving, if the block was cancelled by the deadline.
 *
 * @example One deadline for two steps
 * ```ts
 * import { asyncWith, timeoutAt } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const deadline = performance.now() + 1000;
 * const first = await asyncWith(timeoutAt(deadline), () => "one");
 * const second = await asyncWith(timeoutAt(deadline), () => "two");
 *
 * assert.deepEqual([first, second], ["one", "two"]);
 * ```
 */
export function timeoutAt(
  when: number | null,
  options?: TimeoutOptions,
): AsyncContextManager<Timeout, false> {
  return new Deadline(when, options);
}

class Deadline
  extends CancelScope
  implements AsyncContextManager<Timeout, false>, Timeout
{
  expired = false;
  when: number | null;
  #stopTimer: (() => void) | undefined;

  constructor(when: number | null, options: TimeoutOptions | undefined) {
    super("the timeout", options?.signal);
    if (when !== null) checkDuration(when);
    this.when = when;
  }

  reschedule(when: number | null): void {
    if (when !== null) checkDuration(when);
    if (this.expired || this.block.stage !== "entered") {
      throw new ClosedError("Cannot reschedule the timeout: it is over");
    }
    this.#schedule(when);
  }

  [asyncEnter](): Timeout {
    this.begin();
    this.#schedule(this.when);
    return this;
  }

  [asyncExit](outcome: Outcome): false {
    this.end();
    this.#stopTimer?.();
    if (outcome.status === "error" && this.isCancellation(outcome.error)) {
      // A cancellation from outside wins over the deadline's.
      this.outer?.throwIfAborted();
      throw new TimeoutError("Cannot go on: the deadline passed", {
        cause: outcome.error,
      });
    }
    return false;
  }

  #schedule(when: number | null): void {
    this.#stopTimer?.();
    this.when = when;
    this.#stopTimer =
      when === null
        ? undefined
        : startTimer(when, () => {
            this.expired = true;
            this.cancel();
          });
  }
}
