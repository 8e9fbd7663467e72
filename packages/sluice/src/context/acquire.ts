import { isThenable } from "../core/thenable.ts";
import { OutcomeUnknownError } from "./outcome-unknown-error.ts";
import { UNKNOWN, type AnyManager, type Entered } from "./protocol.ts";
import { findSession, isStrict } from "./session.ts";

/** An entered manager, for `await using`: disposing of it is exiting. */
export interface Acquired<T> extends AsyncDisposable {
  /** What enter gave. */
  readonly value: T;
}

/**
 * Enters a manager for `await using`.
 *
 * The language does not tell a disposer whether the block failed, so exit is
 * told that nobody knows (`unknown`) and can suppress nothing. A manager that
 * must know, as a transaction must, is refused before it is entered. Disposing
 * of the handle again does nothing.
 *
 * Source: TC39 explicit resource management, issue 49.
 *
 * @param manager A manager of either kind, or a disposable.
 * @returns A handle with the value; it must be disposed of.
 * @throws {TypeError} If `manager` is neither a manager nor a disposable.
 * @throws {OutcomeUnknownError} If the manager must be told how the block ended.
 * @throws What enter throws; on disposal, what exit throws.
 *
 * @example Enter without nesting
 * ```ts
 * import { acquire, Lock } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const lock = new Lock();
 * {
 *   await using _held = await acquire(lock);
 *   assert.ok(lock.locked);
 * }
 * assert.ok(!lock.locked);
 * ```
 */
export async function acquire<M extends AnyManager>(
  manager: M,
): Promise<Acquired<Entered<M>>> {
  const { enter, exit, waits } = findSession(manager);
  if (isStrict(manager))
    throw new OutcomeUnknownError("acquire a strict manager");
  let value = enter.call(manager);
  if (waits && isThenable(value)) value = await value;
  let held = true;
  return {
    // `Entered` says of the manager what its session cannot.
    value: value as Entered<M>,
    async [Symbol.asyncDispose]() {
      if (!held) return;
      held = false;
      const answer = exit.call(manager, UNKNOWN);
      if (isThenable(answer)) await answer;
    },
  };
}
