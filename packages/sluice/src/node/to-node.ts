import { Readable } from "node:stream";
import { recordContext } from "../core/error-context.ts";
import { from, type StreamSource } from "../stream/source/from.ts";

/** Options of {@linkcode toNode}, named as Node's own. */
export interface ToNodeOptions {
  /**
   * Whether it gives the items as they are; `true` by default. If `false` it gives
   * bytes, and each item is to be a string or a `Uint8Array`.
   */
  readonly objectMode?: boolean;
  /**
   * How many items, or bytes, it may read ahead; 0 by default: an item is read when
   * it is asked for.
   */
  readonly highWaterMark?: number;
}

/**
 * Makes a Node Readable that reads a stream, or whatever a stream can be made of.
 *
 * An item is read when the Readable is asked for one, and none ahead, unless there is a
 * `highWaterMark`; so a slow Writable holds the stream back. The Readable owns the
 * stream: `destroy()` closes it, even while an item is waited for, and `close` comes
 * after the source has closed. Errors pass as they are, both ways; but Node takes falsy
 * ones for none, and they come as the `cause` of another. If closing fails after an
 * error, `errorContext()` of that error tells.
 *
 * To write a stream into a Writable, give both to `pipeline()` of
 * `node:stream/promises`. Given the stream itself, `pipeline()` cannot leave it while an
 * item is pending. On Node 20 it rejects without waiting for `close`: the stream's own
 * `return()` does.
 *
 * @param source What to read; a stream is handed over.
 * @param options What it gives, and how much it may hold.
 * @returns The Readable; read it to its end, or destroy it.
 * @throws {TypeError} If `source` cannot be iterated over; at once. The Readable fails
 * with one at an item that is `null`, or that is neither a string nor bytes where it
 * gives bytes.
 * @throws {BusyError} If another reads the stream already; at once.
 *
 * @example Write a stream into a Writable
 * ```ts
 * import { range } from "sluice";
 * import { toNode } from "sluice/node";
 * import assert from "node:assert/strict";
 * import { PassThrough } from "node:stream";
 * import { pipeline } from "node:stream/promises";
 *
 * const lines = range(3).map((index) => `line ${index}\n`);
 * const target = new PassThrough({ encoding: "utf8" });
 *
 * await pipeline(toNode(lines, { objectMode: false }), target);
 *
 * assert.equal(target.read(), "line 0\nline 1\nline 2\n");
 * ```
 */
export function toNode<T>(
  source: StreamSource<T>,
  options: ToNodeOptions = {},
): Readable {
  const { objectMode = true, highWaterMark = 0 } = options;
  // With options it is another stream, so that nobody else reads this one.
  const stream = from(source, {});
  const give = (value: T): void => {
    if (value === null || (value === undefined && !objectMode)) {
      throw new TypeError(
        `Cannot put ${String(value)} into a Readable of Node: it stands for its end`,
      );
    }
    readable.push(value);
    // Nothing of it was left to give, as with an empty string: it is still asked for.
    if (readable.readableLength === 0 && readable.readableFlowing !== true)
      readable.read(0);
  };
  const readable = new Readable({
    objectMode,
    highWaterMark,
    read() {
      stream
        .next()
        .then((result) => {
          if (readable.destroyed) return;
          if (result.done === true) readable.push(null);
          else give(result.value);
        })
        .catch((error: unknown) => readable.destroy(toError(error)));
    },
    destroy(error, callback) {
      stream.return().then(
        () => {
          callback(error);
        },
        (raised: unknown) => {
          if (error !== null) recordContext(error, raised, 0);
          callback(error ?? toError(raised));
        },
      );
    },
  });
  return readable;
}

/** Gives an error that Node does not take for none. */
function toError(error: unknown): Error {
  if (!error) {
    return new Error(
      `Cannot pass ${String(error)} on as Node takes it for no error`,
      { cause: error },
    );
  }
  // Whatever it is, Node passes it on as it is.
  return error as Error;
}
