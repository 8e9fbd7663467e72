import { contextMark } from "../core/error-context.ts";
import { refusePromise } from "../core/refuse-promise.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import {
  OK,
  type AnySyncManager,
  type SyncEntered,
  type SyncResult,
} from "./protocol.ts";
import { findSession } from "./session.ts";

/**
 * Runs a block inside a sync context manager: Python's `with`.
 *
 * The twin of {@linkcode asyncWith} for managers and blocks that wait for
 * nothing. Exit runs when the block returns, so a block that returns a promise
 * would go on after its manager has left: that is refused.
 *
 * Source: Python, The `with` statement (PEP 343).
 *
 * @param manager What to enter: a sync manager or a disposable.
 * @param body The block. It is given what enter returned.
 * @param options What becomes of the block's error when exit fails too.
 * @returns What the block returned; `undefined` if its error was suppressed.
 * @throws {TypeError} If `manager` is neither a sync manager nor a disposable:
 * nothing is entered then; or if the block or exit returns a promise: exit is
 * told of the first as of an error of the block.
 * @throws What enter, the block (unless suppressed) or exit threw, as it is.
 *
 * @example Leave a mark before and after
 * ```ts
 * import { contextManager, syncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const log: string[] = [];
 * const section = contextManager(function* (name: string) {
 *   log.push(`<${name}>`);
 *   yield name;
 *   log.push(`</${name}>`);
 * });
 *
 * syncWith(section("p"), (name) => log.push(`in ${name}`));
 *
 * assert.deepEqual(log, ["<p>", "in p", "</p>"]);
 * ```
 */
export function syncWith<M extends AnySyncManager, R>(
  manager: M,
  body: (value: SyncEntered<M>) => R,
  options?: WithOptions,
): SyncResult<M, R> {
  const { enter, exit } = findSession(manager, false);
  // `SyncEntered` and `SyncResult` say of the manager what the inside does not need to know.
  const value = enter.call(manager) as SyncEntered<M>;
  let result: unknown;
  try {
    result = refusePromise(body(value), "block");
  } catch (error) {
    const since = contextMark();
    try {
      result = refusePromise(
        exit.call(manager, { status: "error", error }),
        "exit",
      );
    } catch (raised) {
      throw combineErrors(raised, error, since, options);
    }
    if (result) return undefined as SyncResult<M, R>;
    throw error;
  }
  refusePromise(exit.call(manager, OK), "exit");
  return result as SyncResult<M, R>;
}
