import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Merge } from "./merge-cursor.ts";

/**
 * Gives the items of several sources as they come.
 *
 * All sources are read at the same time, from the first item that is asked for on. Of
 * each it holds one item, or has one under way, and whoever gave one goes behind the
 * others: none is starved. It ends when all have ended. If one fails, the others are
 * closed, and the stream fails.
 *
 * Owns its sources: streams are handed over, and leaving closes all, side by side,
 * also what was never started. They keep the options that they have, and a signal of one
 * of them makes that one fail. To give some to the whole, which are also those of the
 * sources that are no streams, use `from(merge(…), options)`; without them they are the
 * defaults, but closing waits as long as the most patient source does.
 *
 * Source: RxJS, `merge`.
 *
 * @param sources What to read; each once.
 * @returns The stream of all items.
 * @throws {TypeError} If one cannot be iterated over; at once.
 * @throws {BusyError} If one is a stream that another reads, or is there twice; at once.
 *
 * @example Whoever is quicker is first
 * ```ts
 * import { interval, merge } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const slow = interval(20).map(() => "slow");
 * const quick = interval(1).map(() => "quick");
 *
 * assert.deepEqual(await merge(slow, quick).take(2).toArray(), ["quick", "quick"]);
 * ```
 */
export function merge<S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<ItemOf<S[number]>> {
  return combine(sources, (taken, settings) => new Merge(taken, settings));
}
