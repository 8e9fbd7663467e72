import { contextMark } from "../core/error-context.ts";
import { isThenable } from "../core/thenable.ts";
import type { WithOptions } from "./combine-errors.ts";
import { ExitEntries, SUPPRESSED } from "./exit-entries.ts";
import {
  asyncEnter,
  asyncExit,
  OK,
  UNKNOWN,
  type AnyManager,
  type AsyncContextManager,
  type Entered,
  type Outcome,
} from "./protocol.ts";
import { findSession } from "./session.ts";

/**
 * A stack of exits, run last in, first out: Python's `AsyncExitStack`, which
 * also passes for TC39's `AsyncDisposableStack`.
 *
 * Making one opens nothing. It takes managers and callbacks, sync and async
 * mixed, and leaves them as nested blocks would: each exit is told of the error
 * that is on its way, may suppress it, and may replace it. All exits run, each
 * once, whatever the others do; a sync one is followed by the next without a
 * pause. An exit may register another, which runs next.
 *
 * Left through `asyncWith`, `raise()` and `aclose()` it follows Python and may
 * be used again. Disposed of (`await using`) it follows TC39: exits are told
 * that nobody knows how the block ended, errors nest as `SuppressedError`, and
 * the stack is unusable after it.
 *
 * Source: Python, `contextlib.AsyncExitStack`; TC39, `AsyncDisposableStack`.
 *
 * @example Open as many as there are, and close them all
 * ```ts
 * import { asyncContextManager, AsyncExitStack, asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const log: string[] = [];
 * const open = asyncContextManager(async function* (name: string) {
 *   log.push(`open ${name}`);
 *   yield name;
 *   log.push(`close ${name}`);
 * });
 *
 * await asyncWith(new AsyncExitStack(), async (stack) => {
 *   for (const name of ["a", "b"]) await stack.enter(open(name));
 * });
 *
 * assert.deepEqual(log, ["open a", "open b", "close b", "close a"]);
 * ```
 *
 * @example In a generator, or wherever a callback does not fit
 * ```ts
 * import { AsyncExitStack, Lock } from "sluice";
 *
 * async function* numbers(lock: Lock) {
 *   const stack = new AsyncExitStack();
 *   try {
 *     await stack.enter(lock);
 *     yield 1;
 *   } catch (error) {
 *     await stack.raise(error);
 *   } finally {
 *     await stack.aclose();
 *   }
 * }
 *
 * for await (const _number of numbers(new Lock())) break;
 * ```
 */
export class AsyncExitStack
  extends ExitEntries<AsyncDisposable | Disposable>
  implements AsyncContextManager<AsyncExitStack, boolean>, AsyncDisposableStack
{
  protected readonly waits = true;

  /**
   * Enters a manager, waits, and registers its exit.
   *
   * @param manager A manager of either kind, or a disposable.
   * @returns What enter gave.
   * @throws {TypeError} If it is neither; nothing is registered then.
   * @throws {ReferenceError} If the stack is disposed of; if it was while this
   * waited, the manager is exited again first, and told of this error.
   * @throws What enter throws; nothing is registered then.
   */
  async enter<M extends AnyManager>(manager: M): Promise<Entered<M>> {
    this.checkUsable();
    const session = findSession(manager, true);
    const exit = (outcome: Outcome): unknown =>
      session.exit.call(manager, outcome);
    let value = session.enter.call(manager);
    if (session.waits && isThenable(value)) value = await value;
    try {
      this.register(exit);
    } catch (error) {
      const late = new AsyncExitStack();
      late.register(exit);
      await late.raise(error);
      throw error;
    }
    // `Entered` says of the manager what its session cannot.
    return value as Entered<M>;
  }

  /**
   * Runs all exits; they are told that the block failed.
   *
   * For a block that is no callback: in the `catch` of a `try` statement.
   *
   * @param error The block's error.
   * @throws The error, or the one that an exit replaced it with, unless suppressed.
   */
  async raise(error: unknown): Promise<void> {
    if (!(await this[asyncExit]({ status: "error", error }))) throw error;
  }

  /**
   * Runs all exits; they are told that all went well.
   *
   * The stack stays usable. Called again, it runs what was registered since.
   *
   * @throws What an exit throws, unless an exit after it suppresses it.
   */
  async aclose(): Promise<void> {
    await this[asyncExit](OK);
  }

  /** TC39's name for disposing of the stack. */
  disposeAsync(): Promise<void> {
    return this[Symbol.asyncDispose]();
  }

  /**
   * Runs all exits, which are told that nobody knows how the block ended, and
   * makes the stack unusable. Of several errors it makes a `SuppressedError`.
   *
   * Source: TC39, `AsyncDisposableStack.prototype[@@asyncDispose]`.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.disposed) return;
    this.markDisposed();
    await this.#unwind(UNKNOWN, { errors: "suppressed" });
  }

  /** Shows as the class's name, as a class of TC39 does. */
  get [Symbol.toStringTag](): string {
    return "AsyncExitStack";
  }

  /** Gives the stack itself to the block. */
  [asyncEnter](): this {
    this.checkUsable();
    return this;
  }

  /** Runs all exits; answers whether the block's error was suppressed. */
  [asyncExit](outcome: Outcome): Promise<boolean> {
    return this.#unwind(outcome);
  }

  async #unwind(outcome: Outcome, options?: WithOptions): Promise<boolean> {
    const calm = outcome.status === "error" ? SUPPRESSED : outcome;
    let current = outcome;
    for (let entry = this.take(); entry !== undefined; entry = this.take()) {
      const since = contextMark();
      try {
        let suppresses = entry(current);
        if (isThenable(suppresses)) suppresses = await suppresses;
        if (suppresses) current = calm;
      } catch (raised) {
        current = this.fail(raised, current, since, options);
      }
    }
    return this.judge(outcome, current);
  }
}
