import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Latest } from "./latest-cursor.ts";

export function latest<const S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<{ -readonly [I in keyof S]: ItemOf<S[I]> }> {
  return combine(sources, (taken, settings) => new Latest(taken, settings));
}
