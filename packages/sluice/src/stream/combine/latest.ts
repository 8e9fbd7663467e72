import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Latest } from "./latest-cursor.ts";

/**
 * Gives the newest items of all sources, as an array, whenever there is a new one.
 *
 * The first array comes when each source has given an item. All are read at the same
 * time; of each it holds the newest item, and one more, or has one under way. No item
 * is left out: a slow reader holds the sources up. It ends when all have ended, or
 * when one ends without an item. If one fails, the others are closed, and the stream
 * fails. Streams are handed over, and keep the options that they have;
 * for those of the whole, see {@linkcode merge}.
 *
 * Source: RxJS, `combineLatest`.
 *
 * @param sources What to read; each once.
 * @returns The stream of the arrays, in the order of the sources.
 * @throws {TypeError} If one cannot be iterated over; at once.
 * @throws {BusyError} If one is a stream that another reads, or is there twice; at once.
 *
 * @example A price in two currencies
 * ```ts
 * import { latest } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const prices = latest([10, 20], [2]).map(([price, rate]) => price * rate);
 *
 * assert.deepEqual(await prices.toArray(), [20, 40]);
 * ```
 */
export function latest<const S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<{ -readonly [I in keyof S]: ItemOf<S[I]> }> {
  return combine(sources, (taken, settings) => new Latest(taken, settings));
}
