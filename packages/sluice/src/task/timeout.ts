import { checkDuration } from "../core/check-duration.ts";
import {
  CancelledError,
  ClosedError,
  isCancelled,
  SluiceError,
} from "../core/errors.ts";
import { guard } from "../core/guard.ts";
import { now, startTimer } from "../core/timer.ts";
import {
  asyncEnter,
  asyncExit,
  type AsyncContextManager,
  type Outcome,
} from "../context/protocol.ts";

/** A block ran past its deadline and was cancelled. */
export class TimeoutError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_TIMEOUT";

  /** @inheritDoc */
  get name(): string {
    return "TimeoutError";
  }
}

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
 * @param ms How long, in milliseconds from entering; `null` is for ever, 0 or
 * less until the first pause that lets timers run.
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
  if (ms !== null) checkDuration("timeout", ms);
  return new Deadline(() => (ms === null ? null : now() + ms), options?.signal);
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
  if (when !== null) checkDuration("timeoutAt", when);
  return new Deadline(() => when, options?.signal);
}

class Deadline implements AsyncContextManager<Timeout, false>, Timeout {
  readonly #compute: () => number | null;
  readonly #outer: AbortSignal | undefined;
  readonly #controller = new AbortController();
  #state: "fresh" | "active" | "expired" | "ended" = "fresh";
  #expired = false;
  #when: number | null = null;
  #stopTimer: (() => void) | undefined;

  constructor(compute: () => number | null, outer: AbortSignal | undefined) {
    this.#compute = compute;
    this.#outer = outer;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get expired(): boolean {
    return this.#expired;
  }

  get when(): number | null {
    return this.#when;
  }

  reschedule(when: number | null): void {
    if (when !== null) checkDuration("reschedule", when);
    if (this.#state !== "active") {
      const found =
        this.#state === "expired"
          ? "it has passed"
          : "its block is not running";
      throw new ClosedError(`Cannot reschedule the deadline: ${found}`);
    }
    this.#schedule(when);
  }

  guard<T>(promise: T | PromiseLike<T>): Promise<T> {
    return guard(promise, this.signal);
  }

  [asyncEnter](): Timeout {
    if (this.#state !== "fresh") {
      throw new TypeError(
        "Cannot enter the timeout again: it serves once; make another",
      );
    }
    this.#state = "active";
    this.#schedule(this.#compute());
    this.#outer?.addEventListener("abort", this.#onOuterAbort);
    if (this.#outer?.aborted === true) this.#onOuterAbort();
    return this;
  }

  [asyncExit](outcome: Outcome): false {
    if (this.#state !== "active" && this.#state !== "expired") {
      throw new TypeError("Cannot exit the timeout: it is not entered");
    }
    this.#state = "ended";
    this.#stopTimer?.();
    this.#outer?.removeEventListener("abort", this.#onOuterAbort);
    if (
      this.#expired &&
      outcome.status === "error" &&
      this.#isOurs(outcome.error)
    ) {
      throw new TimeoutError("Cannot finish the block: its deadline passed", {
        cause: outcome.error,
      });
    }
    return false;
  }

  #schedule(when: number | null): void {
    this.#when = when;
    this.#stopTimer?.();
    this.#stopTimer =
      when === null ? undefined : startTimer(when, this.#expire);
  }

  readonly #expire = (): void => {
    this.#state = "expired";
    this.#expired = true;
    this.#controller.abort(new CancelledError("The deadline passed"));
  };

  readonly #onOuterAbort = (): void => {
    this.#controller.abort(this.#outer?.reason);
  };

  /** Whether an error is the cancellation by the deadline; one from outside wins over it. */
  #isOurs(error: unknown): boolean {
    if (this.#outer?.aborted === true) return false;
    return error === this.signal.reason || isCancelled(error);
  }
}
