import { contextMark } from "../core/error-context.ts";
import { isThenable } from "../core/thenable.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import {
  OK,
  type AnyManager,
  type EnteredAll,
  type ResultOfAll,
} from "./protocol.ts";
import { findSession, type Exit } from "./session.ts";

/**
 * Runs a block inside a context manager: Python's `async with`.
 *
 * Enters the manager, waits, runs the block with what enter gave, waits, and
 * exits, however the block ended; then it waits for exit. Exit is told how the
 * block ended and suppresses the block's error if it answers true. Whatever has
 * its answer at once is not waited for: a sync manager costs no pause.
 *
 * Takes a manager of either kind (of one that is both, the async session), and
 * any disposable, which is its own value, is told nothing and suppresses
 * nothing. If enter fails, there is nothing to exit. If exit fails while the
 * block's error is on its way, exit's error is thrown, and the block's is its
 * {@linkcode errorContext}.
 *
 * Several managers, as an array, are entered in order, each inside the one
 * before, and the block is given all their values.
 *
 * Source: Python, The `async with` statement (PEP 492).
 *
 * @param manager What to enter: a manager, a disposable, or an array of them.
 * @param body The block. It is given what enter returned.
 * @param options What becomes of the block's error when exit fails too.
 * @returns What the block returned; `undefined` if its error was suppressed.
 * @throws {TypeError} If `manager` is neither a manager nor a disposable; nothing is
 * entered then.
 * @throws What enter, the block (unless suppressed) or exit threw, as it is.
 *
 * @example Give a connection back, however the work ends
 * ```ts
 * import { asyncEnter, asyncExit, asyncWith, type Outcome } from "sluice";
 * import assert from "node:assert/strict";
 *
 * class Transaction {
 *   log = ["begin"];
 *   [asyncEnter]() {
 *     return Promise.resolve(this.log);
 *   }
 *   async [asyncExit](outcome: Outcome) {
 *     this.log.push(await (outcome.status === "ok" ? "commit" : "rollback"));
 *   }
 * }
 *
 * const log = await asyncWith(new Transaction(), (log) => log);
 *
 * assert.deepEqual(log, ["begin", "commit"]);
 * ```
 */
export function asyncWith<
  const M extends AnyManager | readonly AnyManager[],
  R,
>(
  manager: M,
  body: (value: EnteredAll<M>) => R | PromiseLike<R>,
  options?: WithOptions,
): Promise<ResultOfAll<M, R>> {
  // `EnteredAll` and `ResultOfAll` say of the managers what the inside does not need to know.
  const block = body as Body;
  const result = Array.isArray(manager)
    ? runInAll(manager, [], block, options)
    : runIn(manager, block, options);
  return result as Promise<ResultOfAll<M, R>>;
}

type Body = (value: unknown) => unknown;

async function runIn(
  manager: unknown,
  body: Body,
  options: WithOptions | undefined,
): Promise<unknown> {
  const { enter, exit, waits } = findSession(manager);
  let value = enter.call(manager);
  if (waits && isThenable(value)) value = await value;
  let result;
  try {
    result = body(value);
    if (isThenable(result)) result = await result;
  } catch (error) {
    return leaveFailed(exit.bind(manager), error, options);
  }
  const answer = exit.call(manager, OK);
  if (isThenable(answer)) await answer;
  return result;
}

/** Leaves a block that failed; throws its error, unless exit suppresses or replaces it. */
export async function leaveFailed(
  exit: OmitThisParameter<Exit>,
  error: unknown,
  options: WithOptions | undefined,
): Promise<undefined> {
  const since = contextMark();
  let suppresses;
  try {
    suppresses = exit({ status: "error", error });
    if (isThenable(suppresses)) suppresses = await suppresses;
  } catch (raised) {
    throw combineErrors({ raised, pending: error, since }, options);
  }
  if (!suppresses) throw error;
  return undefined;
}

/** Enters each manager inside the one before, and runs the block in the last. */
async function runInAll(
  managers: readonly unknown[],
  values: readonly unknown[],
  body: Body,
  options: WithOptions | undefined,
): Promise<unknown> {
  if (values.length === managers.length) return body(values);
  return runIn(
    managers[values.length],
    (value) => runInAll(managers, [...values, value], body, options),
    options,
  );
}
