import { recordContext } from "../core/error-context.ts";
import { SuppressedError } from "../core/suppressed-error.ts";

/** Options of `asyncWith` and `syncWith`. */
export interface WithOptions {
  /**
   * What is thrown when exit fails while the block's error is on its way:
   * exit's error itself, with the block's as its context (`"replace"`, the
   * default, as in Python), or a `SuppressedError` that has both
   * (`"suppressed"`, as under `await using`, where an error that is thrown again
   * is nested with itself).
   */
  readonly errors?: "replace" | "suppressed";
}

/**
 * Gives the one error that is thrown for two.
 *
 * @param raised What exit threw.
 * @param pending What the block threw, or an exit before.
 * @param since When the handling of that began.
 */
export function combineErrors(
  raised: unknown,
  pending: unknown,
  since: number,
  options: WithOptions | undefined,
): unknown {
  if (options?.errors === "suppressed") {
    return new SuppressedError(raised, pending);
  }
  recordContext(raised, pending, since);
  return raised;
}
