import { contextMark } from "../core/error-context.ts";
import { whenDone, type Soon } from "../core/when-done.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import type { Outcome } from "./protocol.ts";

/**
 * Leaves a block by its manager's exit.
 *
 * @param suppressed Whether the block had failed with an error that is
 * suppressed by now: what exit throws has no context then, whatever a block around
 * this one handles.
 * @returns What exit answers, unless the block failed: nothing then. A promise
 * only if exit gave one.
 * @throws The block's error, unless exit suppresses it; what exit throws.
 */
export function leaveBlock(
  exit: (outcome: Outcome) => unknown,
  outcome: Outcome,
  options?: WithOptions,
  suppressed = false,
): Soon<unknown> {
  const failed = outcome.status === "error";
  if (!failed && !suppressed) return exit(outcome);
  const pending = failed ? outcome.error : undefined;
  const since = contextMark();
  return whenDone(
    () => exit(outcome),
    (suppresses) => {
      if (failed && !suppresses) throw pending;
      return undefined;
    },
    (raised) => {
      throw combineErrors(raised, pending, since, options);
    },
  );
}
