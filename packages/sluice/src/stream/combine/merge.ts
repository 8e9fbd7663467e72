import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Merge } from "./merge-cursor.ts";

export function merge<S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<ItemOf<S[number]>> {
  return combine(sources, (taken, settings) => new Merge(taken, settings));
}
