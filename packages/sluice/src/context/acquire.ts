import { AsyncExitStack } from "./async-exit-stack.ts";
import type { AnyManager, Entered } from "./protocol.ts";
import { createOutcomeUnknown, isStrict } from "./session.ts";

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
 * @throws {TypeError} If `manager` is neither a manager nor a disposable, or must be
 * told how the block ended; it is not entered then.
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
  if (isStrict(manager)) throw createOutcomeUnknown();
  // A stack that is disposed of tells its exits just what is known here.
  const stack = new AsyncExitStack();
  const value = await stack.enter(manager);
  return { value, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
