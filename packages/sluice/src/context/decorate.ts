import { isThenable } from "../core/thenable.ts";
import { wrapFunction } from "../core/wrap-function.ts";
import { asyncWith } from "./async-with.ts";
import { ExitStack } from "./exit-stack.ts";
import type {
  AnyManager,
  AnySyncManager,
  Result,
  SyncResult,
} from "./protocol.ts";
import { isSyncManager } from "./session.ts";
import { syncWith } from "./sync-with.ts";

/** A function, with the type of its `this`. */
type Method<This, A extends unknown[], R> = (this: This, ...args: A) => R;

/** What a decorated function returns: a promise, if it or its manager is async. */
export type DecoratedResult<M, R> =
  R extends PromiseLike<infer V>
    ? Promise<Result<M, V>>
    : M extends AnySyncManager
      ? SyncResult<M, R>
      : Promise<Result<M, R>>;

/**
 * Puts a context manager around every call of a function.
 *
 * Each call makes a manager of its own, so a function may be called again while
 * it runs, and may call itself. Where the manager has a sync session, that is
 * entered, so a sync function stays sync; if the function returns a promise, the
 * session lasts until that has settled. With a manager that is only async, the
 * function returns a promise.
 *
 * Without a function it gives a decorator, for methods too:
 * `@decorate(() => timed("load")) async load() {}`.
 *
 * Source: Python, `contextlib.ContextDecorator`, `AsyncContextDecorator`. There a
 * sync manager around an async function is left before the function has begun.
 *
 * @param create Makes the manager of one call.
 * @param method The function. Its `this`, arguments and result pass through.
 * @returns A function with the name of the one given.
 * @throws What enter, the function (unless suppressed) or exit throws, on calls.
 *
 * @example Count the calls that are running
 * ```ts
 * import { contextManager, decorate } from "sluice";
 * import assert from "node:assert/strict";
 *
 * let running = 0;
 * const counted = contextManager(function* () {
 *   running += 1;
 *   try {
 *     yield;
 *   } finally {
 *     running -= 1;
 *   }
 * }, { suppresses: false });
 *
 * const load = decorate(counted, async (name: string) => `${name}: ${running}`);
 *
 * assert.equal(await load("a"), "a: 1");
 * assert.equal(running, 0);
 * ```
 */
export function decorate<M extends AnyManager, This, A extends unknown[], R>(
  create: () => M,
  method: Method<This, A, R>,
): Method<This, A, DecoratedResult<M, R>>;
export function decorate<M extends AnyManager>(
  create: () => M,
): <This, A extends unknown[], R>(
  method: Method<This, A, R>,
) => Method<This, A, DecoratedResult<M, R>>;
export function decorate(create: () => AnyManager, method?: Erased): unknown {
  return method === undefined
    ? (method: Erased) => wrap(create, method)
    : wrap(create, method);
}

type Erased = Method<unknown, unknown[], unknown>;

function wrap(create: () => AnyManager, method: Erased): Erased {
  return wrapFunction(function (this: unknown, ...args: unknown[]) {
    const manager = create();
    const call = (): unknown => method.apply(this, args);
    return isSyncManager(manager)
      ? span(manager, call)
      : asyncWith(manager, call);
  }, method);
}

/** Calls a function in a sync session that lasts as long as the promise it may return. */
function span(manager: AnySyncManager, call: () => unknown): unknown {
  const stack = new ExitStack();
  stack.enter(manager);
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    return syncWith(stack, (): unknown => {
      throw error;
    });
  }
  return isThenable(result)
    ? asyncWith(stack, () => result)
    : syncWith(stack, () => result);
}
