import { describe } from "../../core/describe.ts";
import { isObject } from "../../core/thenable.ts";
import { CursorSource } from "../engine/base-cursor.ts";
import { toSettings, type Settings } from "../engine/settings.ts";
import { Stream } from "../stream.ts";
import { checkCapacity, type ChannelOptions } from "./channel.ts";
import { Inbox } from "./inbox.ts";

/** As much of a Node `EventEmitter` as is used. */
export interface Emitter {
  on(name: string, listener: (...args: never[]) => void): unknown;
  off(name: string, listener: (...args: never[]) => void): unknown;
}

export function fromEvent<E = Event>(
  target: EventTarget,
  name: string,
  options?: ChannelOptions,
): Stream<E>;
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
