import { isThenable } from "../core/thenable.ts";
import type { WithOptions } from "./combine-errors.ts";
import { leaveBlock } from "./leave-block.ts";
import {
  asyncEnter,
  asyncExit,
  OK,
  type AnyManager,
  type Entered,
  type Result,
} from "./protocol.ts";
import { findSession, refuse, type Exit, type Session } from "./session.ts";

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
  const candidate = manager as MaybeAsync | null | undefined;
  if (candidate === null || candidate === undefined) refuse(manager, "");
  // Read here, and not through an object, both calls are open to the compiler.
  let { [asyncEnter]: enter, [asyncExit]: exit } = candidate;
  let waits = true;
  if (typeof enter !== "function" || typeof exit !== "function") {
    ({ enter, exit, waits } = findSession(manager));
  }
  let value = enter.call(manager);
  if (waits && isThenable(value)) value = await value;
  let result: unknown;
  try {
    // `Entered` and `Result` say of the manager what its session cannot.
    result = body(value as Entered<M>);
    if (isThenable(result)) result = await result;
  } catch (error) {
    result = leaveBlock(
      exit.bind(manager),
      { status: "error", error },
      options,
    );
    return result as Promise<Result<M, R>>;
  }
  const answer = exit.call(manager, OK);
  if (isThenable(answer)) await answer;
  return result as Result<M, R>;
}

/** What may have the async pair. */
interface MaybeAsync {
  readonly [asyncEnter]?: Session["enter"];
  readonly [asyncExit]?: Exit;
}
