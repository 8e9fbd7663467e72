import { checkFunction } from "../../core/check-function.ts";
import type { StreamOptions } from "../engine/settings.ts";
import type { Stream } from "../stream.ts";
import { from, type StreamSource } from "./from.ts";

/** A source that can be read any number of times, each time afresh. */
export interface StreamIterable<T> extends AsyncIterable<T> {
  [Symbol.asyncIterator](): Stream<T>;
}

export function iterable<T>(
  create: () => StreamSource<T>,
  options?: StreamOptions,
): StreamIterable<T> {
  checkFunction(create, "make an iterable with");
  return {
    [Symbol.asyncIterator]: () => from(create(), options),
  };
}
