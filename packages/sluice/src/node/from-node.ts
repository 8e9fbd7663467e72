import type { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { describe } from "../core/describe.ts";
import { isObject } from "../core/thenable.ts";
import { toSettings, type StreamOptions } from "../stream/engine/settings.ts";
import { from } from "../stream/source/from.ts";
import type { Stream } from "../stream/stream.ts";
import { ReadableIterator } from "./readable-iterator.ts";

/**
 * Makes a stream of a Node Readable: a file, a socket, the body of a request.
 *
 * Nothing is read until the first item is asked for, and nothing is held but what the
 * Readable has in its own buffer (see its `highWaterMark`). Bytes come in whatever
 * pieces it has. The stream owns the Readable: when it is left, even while a read is
 * pending or before the first, the Readable is destroyed, and its `close` event waited
 * for, for `closeGrace`. One made with `emitClose: false` never tells.
 *
 * At its end nothing is destroyed: a Readable closes itself, and that is waited for; of
 * a Duplex the writing half goes on. Errors are thrown as they are; one that comes
 * before the first read is kept for it, and does not end the process. What fails while
 * it is closed is thrown by whatever closes it. What fails later, and nobody else
 * listens to, `onDetached` is told of. A Readable that another destroys before its end
 * fails with Node's `ERR_STREAM_PREMATURE_CLOSE`.
 *
 * `from()` reads a Readable too, by the Readable's own iterator, without Node's types; it
 * listens to nothing before the first read, and leaves it to Node's version what
 * becomes of a Duplex.
 *
 * @typeParam T What it gives, which is not checked: Buffers, if it has no encoding and
 * is not in object mode.
 * @param readable What to read; nobody else may read it.
 * @param options A signal, and what holds for closing; what is made of the stream
 * inherits them.
 * @returns The stream.
 * @throws {TypeError} If `readable` is no Readable; at once.
 *
 * @example Read no more of a file than is needed
 * ```ts
 * import { fromNode } from "sluice/node";
 * import assert from "node:assert/strict";
 * import { createReadStream } from "node:fs";
 *
 * const file = createReadStream("package.json", { encoding: "utf8" });
 *
 * const start = await fromNode<string>(file).find((text) => text.length > 0);
 *
 * assert.ok(start?.startsWith("{"));
 * assert.ok(file.closed);
 * ```
 */
export function fromNode<T = Buffer>(
  readable: Readable,
  options?: StreamOptions,
): Stream<T> {
  if (!isReadable(readable)) {
    throw new TypeError(
      `Cannot make a stream of ${describe(readable)}: it is no Readable of Node`,
    );
  }
  const iterator = new ReadableIterator<T>(readable, toSettings(options));
  return from(iterator, options);
}

function isReadable(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { read, on, destroy } = value as Partial<Readable>;
  return [read, on, destroy].every((method) => typeof method === "function");
}
