import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Race } from "./race-cursor.ts";

/**
 * Gives the items of the source that answers first; the others are closed.
 *
 * They are asked in order, until one answers at once; otherwise all are asked at the
 * same time. To end, or to fail, is an answer too. Nothing of the one that wins is
 * lost. The others are closed while it is read; that is waited for at the end, and
 * what closing throws is told there. Streams are handed over, and keep the options
 * that they have; for those of the whole, see {@linkcode merge}.
 *
 * Source: RxJS, `race`; ECMAScript, `Promise.race`.
 *
 * @param sources What to read; each once.
 * @returns The stream of the items of one of them.
 * @throws {TypeError} If one cannot be iterated over; at once.
 * @throws {BusyError} If one is a stream that another reads, or is there twice; at once.
 *
 * @example The mirror that answers first
 * ```ts
 * import { race, sleep, stream } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const mirror = (name: string, ms: number) =>
 *   stream(async function* ({ signal }) {
 *     await sleep(ms, signal);
 *     yield name;
 *   });
 *
 * assert.deepEqual(await race(mirror("a", 50), mirror("b", 1)).toArray(), ["b"]);
 * ```
 */
export function race<S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<ItemOf<S[number]>> {
  return combine(sources, (taken, settings) => new Race(taken, settings));
}
