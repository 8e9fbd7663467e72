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
  if (isObject(result)) return Boolean((result as { done?: unknown }).done);
  throw new TypeError(`Cannot iterate on ${describe(result)}: it is no result`);
}
