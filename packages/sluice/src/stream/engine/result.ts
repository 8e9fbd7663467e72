import { describe } from "../../core/describe.ts";
import { isObject } from "../../core/thenable.ts";

/** A result that has an item. */
export interface Item {
  readonly value: unknown;
}

/**
 * Whether an iterator's result says that it is at its end.
 *
 * @throws {TypeError} If it is no result at all.
 */
export function isDone(result: unknown): boolean {
  if (!isObject(result)) {
    throw new TypeError(
      `Cannot iterate on ${describe(result)}: it is no result`,
    );
  }
  const { done } = result as { readonly done?: unknown };
  // The two common answers are compared: to convert them takes longer.
  return done === true || (done !== false && Boolean(done));
}
