import { contextMark } from "../core/error-context.ts";
import { whenDone, type Soon } from "../core/when-done.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import type { Outcome } from "./protocol.ts";

/**
 * Leaves a block by its manager's exit.
 *
 * @returns What exit answers, unless the block failed: nothing then. A promise
 * only if exit gave one.
 * @throws The block's error, unless exit suppresses it; what exit throws.
 */
export function leaveBlock(
  exit: (outcome: Outcome) => unknown,
  outcome: Outcome,
  options?: WithOptions,
): Soon<unknown> {
  if (outcome.status !== "error") return exit(outcome);
  const pending = outcome.error;
  const since = contextMark();
  return whenDone(
    () => exit(outcome),
    (suppresses) => {
      if (!suppresses) throw pending;
      return undefined;
    },
    (raised) => {
      throw combineErrors({ raised, pending, since }, options);
    },
  );
}
