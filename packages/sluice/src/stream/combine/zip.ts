import { describe } from "../../core/describe.ts";
import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Zip, type ZipMode } from "./zip-cursor.ts";

/** Options of {@linkcode zip}. */
export interface ZipOptions {
  /**
   * When it ends: with the first source that does (`"shortest"`, the default), with
   * the last (`"longest"`), or with all in the same row, which is checked (`"strict"`).
   */
  readonly mode?: ZipMode;
  /**
   * What stands for the items of a source that has ended, in the order of the sources, if
   * `mode` is `"longest"`; `undefined` by default.
   */
  readonly padding?: readonly unknown[];
}

/**
 * Gives rows of one item of each source.
 *
 * All sources are asked for their items of a row at the same time; it holds the row that
 * is being filled. It ends with the first source that does, and what was read of the
 * others for that row is lost, unless `mode` says otherwise. Then, and when one fails,
 * the others are closed. Streams are handed over, and keep the options that they have;
 * for those of the whole, see {@linkcode merge}.
 *
 * Source: TC39, joint iteration, `Iterator.zip`; Python, `zip`, `itertools.zip_longest`.
 * Both ask one source after the other.
 *
 * @param sources What to read; each once.
 * @param options When it ends, and what stands for items that are missing.
 * @returns The stream of the rows, which are arrays; in `"strict"` mode it fails with a
 * `TypeError`, if a source is longer than another.
 * @throws {TypeError} If one cannot be iterated over; at once.
 * @throws {RangeError} If `mode` is none; at once.
 * @throws {BusyError} If one is a stream that another reads, or is there twice; at once.
 *
 * @example Picture and sound
 * ```ts
 * import { zip } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const rows = zip([["v0", "v1"], ["a0"]], { mode: "longest", padding: ["", "-"] });
 *
 * assert.deepEqual(await rows.toArray(), [["v0", "a0"], ["v1", "-"]]);
 * ```
 */
export function zip<const S extends readonly Many<unknown>[]>(
  sources: S,
  options?: ZipOptions,
): Stream<{ -readonly [I in keyof S]: ItemOf<S[I]> }> {
  const { mode = "shortest", padding = [] } = options ?? {};
  if (!["shortest", "longest", "strict"].includes(mode)) {
    throw new RangeError(
      `Cannot use ${describe(mode)} as 'mode': it is no such mode`,
    );
  }
  return combine(
    [...sources],
    (taken, settings) => new Zip(taken, settings, mode, padding),
  );
}
