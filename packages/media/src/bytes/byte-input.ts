import { from, type Stream, type StreamOptions } from "sluice";

/**
 * Where bytes come from: all of them at once, or one chunk after the other. A Node
 * `Readable`, a `fetch` body and a `Stream` are among these.
 *
 * What is read of them may be a view of a chunk, and not a copy: leave chunks alone once
 * they have been given.
 */
export type ByteInput =
  | Uint8Array
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>
  | ReadableStream<Uint8Array>;

/**
 * Makes a stream of the chunks of an input.
 *
 * @param input Where the bytes come from.
 * @param options Those of the stream.
 * @returns The stream, which closes the input.
 * @throws {TypeError} If the input is none; at once. On reading, if a chunk is not
 * bytes.
 */
export function openBytes(
  input: ByteInput,
  options?: StreamOptions,
): Stream<Uint8Array> {
  if (input instanceof Uint8Array) return from([input], options);
  return from(input, options).tap(checkChunk);
}

function checkChunk(chunk: unknown): void {
  if (chunk instanceof Uint8Array) return;
  throw new TypeError(
    `Cannot read bytes of a chunk of type ${typeof chunk}: it is no Uint8Array`,
  );
}
