import { describe } from "../../core/describe.ts";
import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Zip, type ZipMode } from "./zip-cursor.ts";

/** Options of `zip`. */
export interface ZipOptions {
  /**
   * When it ends: with the first source that does (`"shortest"`, the default), with
   * the last (`"longest"`), or with all in the same row, which is checked (`"strict"`).
   */
  readonly mode?: ZipMode;
  /** What stands for the items of a source that has ended, in the order of the sources. */
  readonly padding?: readonly unknown[];
}

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
