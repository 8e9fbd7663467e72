import { describe } from "../../core/describe.ts";
import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { checkCount } from "../pace/limit.ts";
import { Stream } from "../stream.ts";
import { Inbox } from "./inbox.ts";
import type { Overflow } from "./overflow.ts";

/** Options of `channel` and `fromEvent`. */
export interface ChannelOptions extends StreamOptions {
  /**
   * How many values are held until they are read, at least 0; `Infinity` is without bound. 0
   * by default, and 1024 for `fromEvent`.
   */
  readonly capacity?: number;
  /**
   * What becomes of a value that there is no room for; `"block"` by default, and `"error"`
   * for `fromEvent`.
   */
  readonly overflow?: Overflow;
}

/** What is sent comes out of a stream; see {@linkcode channel}. */
export interface Channel<T> {
  /**
   * Puts a value in, and waits until it is held or read.
   *
   * Where there is no room, what becomes of it is up to `overflow`; it waits where that is
   * `"block"`, in the order of the calls.
   *
   * @param value What to send.
   * @param signal Ends the wait; the value is not sent then.
   * @throws {ClosedError} If the channel is closed, or its receiver is, before or
   * meanwhile.
   * @throws {OverflowError} If there is no room, and `overflow` is `"error"`.
   * @throws The signal's reason, once it is aborted; at once if it is already.
   *
   * @example Go no faster than the reader
   * ```ts
   * import { channel } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const { send, receiver } = channel<string>();
   * let isTaken = false;
   * const sending = send("a").then(() => (isTaken = true));
   * assert.equal(isTaken, false);
   * assert.deepEqual(await receiver.next(), { value: "a", done: false });
   * await sending;
   * await receiver.return();
   * ```
   */
  send(value: T, signal?: AbortSignal): Promise<void>;
  /**
   * Puts a value in, if it need not wait for that.
   *
   * @param value What to send.
   * @returns Whether it was put in; not, if it was dropped or the channel is closed.
   *
   * @example Drop what there is no room for
   * ```ts
   * import { channel } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const { trySend, close, receiver } = channel<number>({ capacity: 2 });
   * assert.deepEqual([1, 2, 3].map(trySend), [true, true, false]);
   * close();
   *
   * assert.deepEqual(await receiver.toArray(), [1, 2]);
   * ```
   */
  trySend(value: T): boolean;
  /**
   * Ends the stream, or fails it, after what was sent. To close again does nothing.
   *
   * @param error What the receiver fails with; without an argument it ends.
   *
   * @example Let the reader know that it failed
   * ```ts
   * import { channel } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const { trySend, close, receiver } = channel<number>({ capacity: 1 });
   * trySend(1);
   * close(new Error("line cut"));
   *
   * assert.equal((await receiver.next()).value, 1);
   * await assert.rejects(receiver.next(), /line cut/);
   * ```
   */
  close(...error: readonly [error?: unknown]): void;
  /**
   * What was sent, in order; it must be read to its end, or closed.
   *
   * @example Stop those who send
   * ```ts
   * import { channel } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const { trySend, receiver } = channel<number>({ capacity: Infinity });
   * trySend(1);
   * await receiver.return();
   *
   * assert.equal(trySend(2), false);
   * ```
   */
  readonly receiver: Stream<T>;
}

/**
 * Makes a stream into which values are put from outside.
 *
 * Holds `capacity` values, and one for each call of `send()` that waits. With none,
 * each value is handed from the sender to the reader: `send()` is done when it has
 * been taken. Any number may send; one reads. `close()` lets the reader have what was
 * sent, and then ends or fails the stream. When the reader leaves, what is held is
 * dropped, and calls that wait reject. Each side goes on in its own async context: a
 * callback of the receiver does not run in the one of whoever sends.
 *
 * Source: Python, `asyncio.Queue`, closed by `shutdown` as of 3.13, where 0 is without
 * bound; trio, `open_memory_channel`, where 0 hands over, as it does here.
 *
 * @param options How much is held, and what becomes of more; and those of `from()`.
 * @returns The channel, whose `receiver` must be read to its end, or closed.
 * @throws {RangeError} If `capacity` is neither an integer of at least 0 nor `Infinity`,
 * or `overflow` is no policy; at once.
 *
 * @example One side sends, the other reads
 * ```ts
 * import { channel } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const { send, close, receiver } = channel<string>();
 * const received = receiver.toArray();
 * await send("a");
 * await send("b");
 * close();
 *
 * assert.deepEqual(await received, ["a", "b"]);
 * ```
 */
export function channel<T>(options?: ChannelOptions): Channel<T> {
  const { capacity = 0, overflow = "block" } = options ?? {};
  checkCapacity(capacity, overflow);
  const settings = toSettings(options);
  const inbox = new Inbox({ capacity, overflow }, settings);
  return {
    send: (value, signal) => inbox.send(value, signal),
    trySend: (value) => inbox.offer(value),
    close: (...error) => {
      inbox.end(error.length === 0 ? undefined : { error: error[0] });
    },
    receiver: new Stream<T>(inbox, settings),
  };
}

/** @throws {RangeError} If the one is no count, or the other no policy. */
export function checkCapacity(capacity: number, overflow: Overflow): void {
  if (capacity !== Infinity) checkCount(capacity, "capacity", 0);
  if (!["block", "error", "drop-oldest", "drop-newest"].includes(overflow)) {
    throw new RangeError(
      `Cannot use ${describe(overflow)} as 'overflow': it is no such policy`,
    );
  }
}
