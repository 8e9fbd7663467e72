import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Concat } from "./concat-cursor.ts";

/**
 * Gives the items of one source after the other.
 *
 * A source is opened when the one before has ended. Leaving, or a failure, closes those
 * too that were never started; streams are handed over, and keep the options that they
 * have. For those of the whole, and of other sources, see {@linkcode merge}. Holds nothing.
 *
 * Source: TC39, iterator sequencing, `Iterator.concat`; Python, `itertools.chain`.
 *
 * @param sources What to read; each once.
 * @returns The stream of all items.
 * @throws {TypeError} If one cannot be iterated over; at once.
 * @throws {BusyError} If one is a stream that another reads, or is there twice; at once.
 *
 * @example A heading, and then the rows
 * ```ts
 * import { concat, from } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const rows = from([1, 2]).map((row) => `row ${row}`);
 *
 * assert.deepEqual(await concat(["rows"], rows).toArray(), ["rows", "row 1", "row 2"]);
 * ```
 */
export function concat<S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<ItemOf<S[number]>> {
  return combine(sources, (taken, settings) => new Concat(taken, settings));
}
