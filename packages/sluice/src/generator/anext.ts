import { describe } from "../core/describe.ts";
import { isObject } from "../core/thenable.ts";
import { StopAsyncIteration } from "./stop-async-iteration.ts";

/**
 * Gives the iterator of an async iterable: Python's `aiter`.
 *
 * An iterable gives a fresh iterator each time; an iterator gives itself.
 *
 * Source: Python, `aiter`.
 *
 * @param iterable What has a `[Symbol.asyncIterator]()` method.
 * @returns Its iterator.
 * @throws {TypeError} If it has no such method, or that gives no iterator.
 *
 * @example Walk through by hand
 * ```ts
 * import { aiter, anext } from "sluice";
 * import assert from "node:assert/strict";
 *
 * async function* letters() {
 *   yield await Promise.resolve("a");
 * }
 *
 * const iterator = aiter(letters());
 *
 * assert.equal(await anext(iterator), "a");
 * assert.equal(await anext(iterator, "none"), "none");
 * ```
 */
export function aiter<T, R, N>(
  iterable: AsyncIterable<T, R, N>,
): AsyncIterator<T, R, N> {
  // Untyped callers are why this is checked.
  const source = Object(iterable) as Partial<typeof iterable>;
  const iterator = source[Symbol.asyncIterator]?.();
  if (typeof iterator?.next === "function") {
    return iterator;
  }
  throw new TypeError(
    `Cannot iterate over ${describe(iterable)}: it is not an async iterable`,
  );
}

/**
 * Gives the next item of an async iterator: Python's `anext`.
 *
 * Source: Python, `anext`. There nothing happens until the result is awaited;
 * here `next()` is called at once.
 *
 * @param iterator What to ask.
 * @param fallback What to give instead at the end, each time.
 * @returns The next item.
 * @throws {StopAsyncIteration} At the end, each time, if there is no fallback.
 * @throws {TypeError} If `next()` gives no iterator result.
 * @throws What `next()` throws.
 *
 * @example The first line, if there is one
 * ```ts
 * import { anext } from "sluice";
 * import assert from "node:assert/strict";
 *
 * async function* nothing(): AsyncGenerator<string, void> {}
 *
 * assert.equal(await anext(nothing(), "no line"), "no line");
 * await assert.rejects(anext(nothing()), { name: "StopAsyncIteration" });
 * ```
 */
export async function anext<T, D = never>(
  iterator: AsyncIterator<T, unknown, undefined>,
  ...fallback: readonly [fallback?: D]
): Promise<T | D> {
  return giveItem<T, D>(await iterator.next(), ...fallback);
}

/** Gives the item of a result; at the end the fallback, if there is one, or an error. */
export function giveItem<T, D = never>(
  result: IteratorResult<T, unknown>,
  ...fallback: readonly [fallback?: D]
): T | D {
  if (!isObject(result)) {
    throw new TypeError(
      `Cannot iterate on ${describe(result)}: it is no result`,
    );
  }
  if (result.done !== true) return result.value;
  // An `undefined` that is given counts; one that is absent does not.
  if (fallback.length > 0) return fallback[0] as D;
  throw new StopAsyncIteration();
}
