import { describe } from "../../core/describe.ts";
import { isObject } from "../../core/thenable.ts";
import { CursorSource } from "../engine/base-cursor.ts";
import { toSettings, type Settings } from "../engine/settings.ts";
import { Stream } from "../stream.ts";
import { checkCapacity, type ChannelOptions } from "./channel.ts";
import { Inbox } from "./inbox.ts";

/** What events can be heard from in Node: as much of an `EventEmitter` as is used. */
export interface Emitter {
  /** Begins to call a listener. */
  on(name: string, listener: (...args: unknown[]) => void): unknown;
  /** Ceases to call it. */
  off(name: string, listener: (...args: unknown[]) => void): unknown;
}

/**
 * Gives the events of one name, as they come.
 *
 * The listener is added when the first item is asked for, and taken off at the end and
 * on closing: events before that are missed. An event cannot wait, so those that are
 * not read yet are held, `capacity` at most. One more fails the stream with an
 * `OverflowError`, after those that are held, unless `overflow` says to drop the oldest
 * or the newest. The stream never ends by itself.
 *
 * An `EventTarget` gives its events; an `EventEmitter` gives the arguments of each, as
 * an array, and its `error` event fails the stream.
 *
 * Source: Node, `events.on`; WICG, Observable, `EventTarget.when`.
 *
 * @param target What to listen to.
 * @param name The name of the events.
 * @param options How much is held, and what becomes of more; and those of `from()`.
 * @returns The stream, which must be closed.
 * @throws {TypeError} If `target` is neither of the two; at once.
 * @throws {RangeError} If `capacity` is neither an integer of at least 0 nor `Infinity`,
 * or `overflow` is no policy; at once.
 *
 * @example The first message
 * ```ts
 * import { fromEvent } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const target = new EventTarget();
 * const first = fromEvent(target, "message").take(1).toArray();
 * target.dispatchEvent(new Event("message"));
 *
 * assert.deepEqual((await first).map(({ type }) => type), ["message"]);
 * ```
 */
export function fromEvent<E = Event>(
  target: EventTarget,
  name: string,
  options?: ChannelOptions,
): Stream<E>;
/**
 * Gives the arguments of the events of one name, as they come, as arrays.
 *
 * The emitter's `error` event fails the stream, after what is held.
 *
 * @param target What to listen to.
 * @param name The name of the events.
 * @param options How much is held, and what becomes of more; and those of `from()`.
 * @returns The stream, which must be closed.
 * @throws {TypeError} If `target` is no `EventEmitter`; at once.
 * @throws {RangeError} If `capacity` is neither an integer of at least 0 nor `Infinity`,
 * or `overflow` is no policy; at once.
 */
export function fromEvent<A extends readonly unknown[] = unknown[]>(
  target: Emitter,
  name: string,
  options?: ChannelOptions,
): Stream<A>;
export function fromEvent(
  target: EventTarget | Emitter,
  name: string,
  options?: ChannelOptions,
): Stream<unknown> {
  const { capacity = 1024, overflow = "error" } = options ?? {};
  checkCapacity(capacity, overflow);
  const listen = findListen(target);
  const create = (settings: Settings): Inbox => {
    let stop: (() => void) | undefined;
    return new Inbox(
      {
        capacity,
        overflow,
        start: (inbox) => {
          stop = listen(name, inbox);
        },
        stop: () => {
          stop?.();
        },
      },
      settings,
    );
  };
  return new Stream<unknown>(new CursorSource(create), toSettings(options));
}

/** Begins to put events into an inbox; gives what ends it. */
type Listen = (name: string, inbox: Inbox) => () => void;

function findListen(target: unknown): Listen {
  const candidate: Partial<EventTarget & Emitter> = isObject(target)
    ? target
    : {};
  if (typeof candidate.addEventListener === "function") {
    return (name, inbox) =>
      listenToTarget(candidate as EventTarget, name, inbox);
  }
  if (
    typeof candidate.on === "function" &&
    typeof candidate.off === "function"
  ) {
    return (name, inbox) => listenToEmitter(candidate as Emitter, name, inbox);
  }
  throw new TypeError(
    `Cannot listen to ${describe(target)}: it is no target of events`,
  );
}

function listenToTarget(
  target: EventTarget,
  name: string,
  inbox: Inbox,
): () => void {
  const onEvent = (event: unknown): void => {
    inbox.put(event);
  };
  target.addEventListener(name, onEvent);
  return () => {
    target.removeEventListener(name, onEvent);
  };
}

function listenToEmitter(
  emitter: Emitter,
  name: string,
  inbox: Inbox,
): () => void {
  const onEvent = (...args: readonly unknown[]): void => {
    inbox.put(args);
  };
  const onError = (error: unknown): void => {
    inbox.end({ error });
  };
  emitter.on(name, onEvent);
  if (name !== "error") emitter.on("error", onError);
  return () => {
    emitter.off(name, onEvent);
    if (name !== "error") emitter.off("error", onError);
  };
}
