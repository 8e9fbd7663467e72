import { EventEmitter } from "node:events";
import { channel, fromEvent, interval, type StreamOptions } from "sluice";
import {
  FAILURE,
  type Nature,
  type SourceRow,
  type Specimen,
} from "./specimen.ts";

const NO_WAIT = "Closing it does not wait";
const NO_END = "It never ends by itself";
const MINUTE_MS = 60_000;

/** The sources into which something is put. */
export const pushedRows: readonly SourceRow[] = [
  {
    name: "interval(ms)",
    waits: "the time of the next tick",
    holds: "one timer, while it is asked",
    create: (_, options) => ({ stream: interval(MINUTE_MS, options) }),
    cannot: {
      finite: NO_END,
      failing: "It cannot fail",
      stuck: NO_WAIT,
    },
    heap: {
      create: () => ({ stream: interval(1) }),
      count: 50_000,
      takesTime: true,
    },
  },
  {
    name: "channel().receiver",
    waits: "a sender",
    holds: "`capacity` values, and one for each sender that waits",
    create: createChannel,
    cannot: { stuck: NO_WAIT },
    unread: "closed",
    heap: {
      create: () => {
        const { trySend, receiver } = channel<number>();
        return { stream: receiver, feed: () => trySend(1) };
      },
    },
  },
  {
    name: "fromEvent(target)",
    waits: "an event",
    holds: "`capacity` events",
    create: createFromTarget,
    cannot: {
      finite: NO_END,
      failing: "Its target cannot say that it failed",
      stuck: NO_WAIT,
    },
    unread: "not opened",
    heap: {
      create: () => {
        const target = new EventTarget();
        const event = new Event("item");
        return {
          stream: fromEvent(target, "item"),
          feed: () => target.dispatchEvent(event),
        };
      },
      count: 500_000,
    },
  },
  {
    name: "fromEvent(emitter)",
    waits: "an event",
    holds: "`capacity` events",
    create: createFromEmitter,
    cannot: { finite: NO_END, stuck: NO_WAIT },
    unread: "not opened",
    heap: {
      create: () => {
        const emitter = new EventEmitter();
        return {
          stream: fromEvent(emitter, "item"),
          feed: () => emitter.emit("item", 1),
        };
      },
    },
  },
];

function createChannel(nature: Nature, options: StreamOptions): Specimen {
  const { trySend, close, receiver } = channel<number>({
    ...options,
    capacity: Infinity,
  });
  for (let item = 1; item <= countItems(nature); item++) trySend(item);
  if (nature === "finite") close();
  if (nature === "failing") close(FAILURE);
  return {
    stream: receiver,
    closed: () => (nature === "failing" || trySend(0) ? 0 : 1),
  };
}

/** A target that keeps account of its listeners. */
class CountedTarget extends EventTarget {
  added = 0;
  removed = 0;

  override addEventListener(
    ...args: Parameters<EventTarget["addEventListener"]>
  ): void {
    this.added++;
    super.addEventListener(...args);
  }

  override removeEventListener(
    ...args: Parameters<EventTarget["removeEventListener"]>
  ): void {
    this.removed++;
    super.removeEventListener(...args);
  }
}

function createFromTarget(nature: Nature, options: StreamOptions): Specimen {
  const target = new CountedTarget();
  return {
    stream: fromEvent(target, "item", options),
    feed: () => {
      for (let item = 1; item <= countItems(nature); item++) {
        target.dispatchEvent(new Event("item"));
      }
    },
    opened: () => target.added,
    closed: () => target.removed,
    leftovers: () => target.added - target.removed,
  };
}

function createFromEmitter(nature: Nature, options: StreamOptions): Specimen {
  const emitter = new EventEmitter();
  let added = 0;
  let removed = 0;
  emitter.on("newListener", (name) => {
    if (name === "item") added++;
  });
  emitter.on("removeListener", (name) => {
    if (name === "item") removed++;
  });
  return {
    stream: fromEvent(emitter, "item", options),
    feed: () => {
      for (let item = 1; item <= countItems(nature); item++) {
        emitter.emit("item", item);
      }
      if (nature === "failing") emitter.emit("error", FAILURE);
    },
    opened: () => added,
    // It takes its listeners off when it has failed as well.
    closed: () => (nature === "failing" ? 0 : removed),
    leftovers: () =>
      emitter.listenerCount("item") + emitter.listenerCount("error"),
  };
}

function countItems(nature: Nature): number {
  return nature === "endless" ? 20 : 2;
}
