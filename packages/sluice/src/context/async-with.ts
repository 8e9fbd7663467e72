import { contextMark } from "../core/error-context.ts";
import { isThenable } from "../core/thenable.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import { OK, type AnyManager, type Entered, type Result } from "./protocol.ts";
import { findSession } from "./session.ts";

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
 * Source: Python, The `async with` statement (PEP 492).
 *
 * @param manager What to enter: a manager or a disposable.
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
export async function asyncWith<M extends AnyManager, R>(
  manager: M,
  body: (value: Entered<M>) => R | PromiseLike<R>,
  options?: WithOptions,
): Promise<Result<M, R>> {
  const { enter, exit, waits } = findSession(manager, true);
  let value = enter.call(manager);
  if (waits && isThenable(value)) value = await value;
  let result: unknown;
  try {
    // `Entered` and `Result` say of the manager what its session cannot.
    result = body(value as Entered<M>);
    if (isThenable(result)) result = await result;
  } catch (error) {
    const since = contextMark();
    try {
      result = exit.call(manager, { status: "error", error });
      if (isThenable(result)) result = await result;
    } catch (raised) {
      throw combineErrors(raised, error, since, options);
    }
    if (result) return undefined as Result<M, R>;
    throw error;
  }
  const answer = exit.call(manager, OK);
  if (isThenable(answer)) await answer;
  return result as Result<M, R>;
}
