import type { Many, Stream } from "../stream.ts";
import { combine } from "./combine.ts";
import type { ItemOf } from "./item-of.ts";
import { Concat } from "./concat-cursor.ts";

export function concat<S extends readonly Many<unknown>[]>(
  ...sources: S
): Stream<ItemOf<S[number]>> {
  return combine(sources, (taken, settings) => new Concat(taken, settings));
}
