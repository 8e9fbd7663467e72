import { checkFunction } from "../../core/check-function.ts";
import type { StreamOptions } from "../engine/settings.ts";
import type { Stream } from "../stream.ts";
import { from, type StreamSource } from "./from.ts";

/** What can be read any number of times, each time afresh. */
export interface StreamIterable<T> extends AsyncIterable<T> {
  /** Makes a stream of a source of its own; it must be read to its end, or closed. */
  [Symbol.asyncIterator](): Stream<T>;
}

/**
 * Makes something that can be read any number of times: each reader gets a stream of
 * its own.
 *
 * The factory is called for each, when its iterator is asked for: by `for await`, and
 * by `from()` and the operators when the first item is asked for. Holds nothing.
 *
 * Source: Python, an iterable whose `__aiter__` gives a new iterator each time, as a list
 * does; a generator, and a stream, can be read once.
 *
 * @param create Makes what is read, anew for each reader.
 * @param options Those of `from()`, for each stream.
 * @returns The iterable.
 * @throws {TypeError} If `create` is not a function; at once. On reading, if it gives
 * nothing to iterate over.
 *
 * @example Read it twice
 * ```ts
 * import { from, iterable, range } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const squares = iterable(() => range(3).map((n) => n * n));
 *
 * assert.deepEqual(await from(squares).toArray(), [0, 1, 4]);
 * assert.deepEqual(await from(squares).toArray(), [0, 1, 4]);
 * ```
 */
export function iterable<T>(
  create: () => StreamSource<T>,
  options?: StreamOptions,
): StreamIterable<T> {
  checkFunction(create, "make an iterable with");
  return {
    [Symbol.asyncIterator]: () => from(create(), options),
  };
}
