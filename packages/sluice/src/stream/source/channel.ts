import { describe } from "../../core/describe.ts";
import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { checkCount } from "../pace/limit.ts";
import { Stream } from "../stream.ts";
import { Inbox } from "./inbox.ts";
import type { Overflow } from "./overflow.ts";

/** Options of `channel` and `fromEvent`. */
export interface ChannelOptions extends StreamOptions {
  /** How many values are held until they are read. */
  readonly capacity?: number;
  /** What becomes of a value that there is no room for. */
  readonly overflow?: Overflow;
}

/** Values go in at one side, and come out of a stream. */
export interface Channel<T> {
  send(value: T, signal?: AbortSignal): Promise<void>;
  trySend(value: T): boolean;
  close(...error: readonly [error?: unknown]): void;
  readonly receiver: Stream<T>;
}

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
