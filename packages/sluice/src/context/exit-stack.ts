import { contextMark } from "../core/error-context.ts";
import { refusePromise } from "../core/refuse-promise.ts";
import type { WithOptions } from "./combine-errors.ts";
import { ExitEntries, SUPPRESSED } from "./exit-entries.ts";
import {
  enter,
  exit,
  OK,
  UNKNOWN,
  type AnySyncManager,
  type ContextManager,
  type Outcome,
  type SyncEntered,
} from "./protocol.ts";
import { findSession } from "./session.ts";

/**
 * A stack of sync exits, run last in, first out: Python's `ExitStack`.
 *
 * The sync twin of {@linkcode AsyncExitStack}; what is registered must not
 * return promises.
 *
 * Source: Python, `contextlib.ExitStack`; TC39, `DisposableStack`.
 *
 * @example Leave in reverse order
 * ```ts
 * import { ExitStack, syncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const log: string[] = [];
 * syncWith(new ExitStack(), (stack) => {
 *   stack.callback((name: string) => log.push(name), "first");
 *   stack.callback((name: string) => log.push(name), "second");
 * });
 *
 * assert.deepEqual(log, ["second", "first"]);
 * ```
 */
export class ExitStack
  extends ExitEntries<Disposable>
  implements ContextManager<ExitStack, boolean>
{
  protected readonly waits = false;

  /**
   * Enters a manager and registers its exit.
   *
   * @param manager A sync manager or a disposable.
   * @returns What enter gave.
   * @throws {TypeError} If it is neither; nothing is registered then.
   * @throws {ReferenceError} If the stack is disposed of.
   * @throws What enter throws; nothing is registered then.
   */
  enter<M extends AnySyncManager>(manager: M): SyncEntered<M> {
    this.checkUsable();
    const session = findSession(manager, false);
    // `SyncEntered` says of the manager what its session cannot.
    const value = session.enter.call(manager) as SyncEntered<M>;
    this.register((outcome) => session.exit.call(manager, outcome));
    return value;
  }

  /**
   * Runs all exits; they are told that the block failed.
   *
   * For a block that is no callback: in the `catch` of a `try` statement.
   *
   * @param error The block's error.
   * @throws The error, or the one that an exit replaced it with, unless suppressed.
   */
  raise(error: unknown): void {
    if (!this[exit]({ status: "error", error })) throw error;
  }

  /**
   * Runs all exits; they are told that all went well.
   *
   * The stack stays usable. Called again, it runs what was registered since.
   *
   * @throws What an exit throws, unless an exit after it suppresses it.
   */
  close(): void {
    this[exit](OK);
  }

  /** TC39's name for disposing of the stack. */
  dispose(): void {
    this[Symbol.dispose]();
  }

  /**
   * Runs all exits, which are told that nobody knows how the block ended, and
   * makes the stack unusable. Of several errors it makes a `SuppressedError`.
   *
   * Source: TC39, `DisposableStack.prototype[@@dispose]`.
   */
  [Symbol.dispose](): void {
    if (this.disposed) return;
    this.markDisposed();
    this.#unwind(UNKNOWN, { errors: "suppressed" });
  }

  /** Gives the stack itself to the block. */
  [enter](): this {
    this.checkUsable();
    return this;
  }

  /** Runs all exits; answers whether the block's error was suppressed. */
  [exit](outcome: Outcome): boolean {
    return this.#unwind(outcome);
  }

  #unwind(outcome: Outcome, options?: WithOptions): boolean {
    const calm = outcome.status === "error" ? SUPPRESSED : outcome;
    let current = outcome;
    for (let entry = this.take(); entry !== undefined; entry = this.take()) {
      const since = contextMark();
      try {
        const suppresses = refusePromise(entry(current), "exit");
        if (suppresses) current = calm;
      } catch (raised) {
        current = this.fail(raised, current, since, options);
      }
    }
    return this.judge(outcome, current);
  }
}
