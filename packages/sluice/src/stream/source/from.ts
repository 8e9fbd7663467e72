import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { checkSource } from "../engine/source.ts";
import { Stream, type Many } from "../stream.ts";

/**
 * What a stream can be made of: whatever can be iterated over, an iterator by itself, or a
 * web stream. A Node `Readable` is an async iterable.
 */
export type StreamSource<T> =
  Many<T> | ReadableStream<T> | AsyncIterator<T> | Iterator<T | PromiseLike<T>>;

/**
 * Makes a stream of anything that can be iterated over.
 *
 * What it is given is looked at, and opened when the first item is asked for. An
 * array, a string or another synchronous iterable costs no pause; promises in it are
 * waited for, one after the other. An iterator alone, an object with `next()`, counts as
 * synchronous in each result that is there at once. A web stream is cancelled, and a Node stream
 * destroyed, when it is left, even while a read is pending. Another stream is handed
 * over, to get other options, or a second signal; without options it is given as it is.
 *
 * The stream owns its source, and closes it: an iterator even if it was never
 * started, while of an iterable that was never opened nothing is called. To keep the
 * source open, use {@linkcode Stream.borrow}. An async generator that waits for
 * something cannot be stopped from outside: closing waits for it for `closeGrace`,
 * and then lets it be; {@linkcode stream} makes one that can be.
 *
 * Source: TC39, async iterator helpers (stage 2), `AsyncIterator.from`. Python asks the
 * first iterable of a generator expression for its iterator at once; here it is only
 * checked.
 *
 * @param source What to read.
 * @param options A signal, and what holds for closing; what is made of the stream
 * inherits them.
 * @returns The stream.
 * @throws {TypeError} If `source` cannot be iterated over; at once.
 * @throws {BusyError} If it is a stream that another reads, and there are options; at
 * once.
 *
 * @example A generator expression
 * ```ts
 * import { from } from "sluice";
 * import assert from "node:assert/strict";
 *
 * async function* sizes() {
 *   yield* [1, 2, 3];
 * }
 *
 * const odd = from(sizes()).filter((size) => size % 2 === 1);
 *
 * assert.deepEqual(await odd.toArray(), [1, 3]);
 * ```
 */
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
