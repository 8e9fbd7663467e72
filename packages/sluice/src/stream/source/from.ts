import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { checkSource } from "../engine/source.ts";
import { Stream, type Many } from "../stream.ts";

/** What a stream can be made of. */
export type StreamSource<T> =
  Many<T> | ReadableStream<T> | AsyncIterator<T> | Iterator<T | PromiseLike<T>>;

export function from<T>(
  source: StreamSource<T>,
  options?: StreamOptions,
): Stream<T> {
  if (source instanceof Stream) {
    // Its items are what its type says.
    const stream = source as Stream<T>;
    return options === undefined ? stream : stream.withOptions(options);
  }
  checkSource(source);
  return new Stream<T>(source, toSettings(options));
}
