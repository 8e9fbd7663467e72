import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { fromEvent, OverflowError, type Stream } from "sluice";
import { errorOf } from "../../support/error-of.ts";

const end = { done: true, value: undefined };

/** An EventTarget that counts its listeners. */
class CountingTarget extends EventTarget {
  listeners = 0;

  override addEventListener(
    ...args: Parameters<EventTarget["addEventListener"]>
  ): void {
    this.listeners += 1;
    super.addEventListener(...args);
  }

  override removeEventListener(
    ...args: Parameters<EventTarget["removeEventListener"]>
  ): void {
    this.listeners -= 1;
    super.removeEventListener(...args);
  }
}

function countListeners(emitter: EventEmitter): number {
  return emitter
    .eventNames()
    .reduce((sum, name) => sum + emitter.listenerCount(name), 0);
}

describe("fromEvent() of an EventTarget", () => {
  it("gives the events themselves", async () => {
    const target = new EventTarget();
    const events = fromEvent(target, "item");
    const pending = events.next();
    const event = new Event("item");

    target.dispatchEvent(event);

    expect((await pending).value).toBe(event);
    await events.return();
  });

  it("gives the events of that name alone", async () => {
    const target = new EventTarget();
    const types = fromEvent(target, "item")
      .map(({ type }) => type)
      .take(2)
      .toArray();

    for (const type of ["item", "other", "item"]) {
      target.dispatchEvent(new Event(type));
    }

    await expect(types).resolves.toEqual(["item", "item"]);
  });

  it("listens from the first read on", async () => {
    const target = new CountingTarget();
    const events = fromEvent(target, "item");
    const before = target.listeners;

    const pending = events.next();

    expect([before, target.listeners]).toEqual([0, 1]);
    await events.return();
    await pending;
  });

  it("misses what was there before the first read", async () => {
    const target = new EventTarget();
    const events = fromEvent<CustomEvent<string>>(target, "item");
    target.dispatchEvent(new CustomEvent("item", { detail: "early" }));
    const pending = events.next();

    target.dispatchEvent(new CustomEvent("item", { detail: "late" }));

    expect((await pending).value?.detail).toBe("late");
    await events.return();
  });

  it("listens once, however many are read", async () => {
    const target = new CountingTarget();
    const events = fromEvent(target, "item");
    const pending = [events.next(), events.next()];

    target.dispatchEvent(new Event("item"));
    target.dispatchEvent(new Event("item"));
    await Promise.all(pending);

    expect(target.listeners).toBe(1);
    await events.return();
  });

  it.each<[string, (events: Stream<Event>) => Promise<unknown>]>([
    ["return()", (events) => events.return()],
    ["throw()", (events) => errorOf(events.throw(new Error("stop")))],
    ["take()", (events) => events.take(0).toArray()],
  ])("listens no more once it is left by %s", async (_, leave) => {
    const target = new CountingTarget();
    const events = fromEvent(target, "item");
    const pending = events.next();
    target.dispatchEvent(new Event("item"));
    await pending;

    await leave(events);

    expect(target.listeners).toBe(0);
  });

  it("never listens where it is left before it is read", async () => {
    const target = new CountingTarget();
    const events = fromEvent(target, "item");

    await events.return();
    await events.next();

    expect(target.listeners).toBe(0);
  });

  it("listens no more once its signal has aborted", async () => {
    const target = new CountingTarget();
    const controller = new AbortController();
    const { signal } = controller;
    const pending = errorOf(fromEvent(target, "item", { signal }).next());

    controller.abort();
    await pending;

    expect(target.listeners).toBe(0);
  });

  it("holds events that come while nobody asks", async () => {
    const target = new EventTarget();
    const events = fromEvent(target, "item");
    const first = events.next();
    for (let count = 0; count < 3; count++) {
      target.dispatchEvent(new Event("item"));
    }
    await first;

    await expect(events.next()).resolves.toMatchObject({ done: false });
    await expect(events.next()).resolves.toMatchObject({ done: false });
    await events.return();
  });

  it("does not run the reader inside of dispatchEvent()", async () => {
    const log: string[] = [];
    const target = new EventTarget();
    const read = fromEvent(target, "item")
      .tap(() => log.push("read"))
      .take(1)
      .toArray();

    target.dispatchEvent(new Event("item"));
    log.push("dispatched");
    await read;

    expect(log).toEqual(["dispatched", "read"]);
  });
});

describe("fromEvent() of an EventEmitter", () => {
  it("gives the arguments of each event", async () => {
    const emitter = new EventEmitter();
    const all = fromEvent(emitter, "item").take(3).toArray();

    emitter.emit("item", 1, "one");
    emitter.emit("item");
    emitter.emit("item", undefined);

    await expect(all).resolves.toEqual([[1, "one"], [], [undefined]]);
  });

  it("fails with the emitter's `error`, after what is held", async () => {
    const failure = new Error("emitted");
    const emitter = new EventEmitter();
    const events = fromEvent(emitter, "item");
    const first = events.next();
    emitter.emit("item", 1);
    emitter.emit("item", 2);

    emitter.emit("error", failure);

    await expect(first).resolves.toEqual({ done: false, value: [1] });
    await expect(events.next()).resolves.toEqual({ done: false, value: [2] });
    await expect(events.next()).rejects.toBe(failure);
    await expect(events.next()).resolves.toEqual(end);
  });

  it("gives `error` events as items, if those are asked for", async () => {
    const failure = new Error("emitted");
    const emitter = new EventEmitter();
    const pending = fromEvent(emitter, "error").take(1).toArray();

    emitter.emit("error", failure);

    await expect(pending).resolves.toEqual([[failure]]);
  });

  it("listens to its events and to errors while it is read", async () => {
    const emitter = new EventEmitter();
    const events = fromEvent(emitter, "item");

    const pending = events.next();

    expect(emitter.eventNames()).toEqual(["item", "error"]);
    await events.return();
    await pending;
  });

  it("listens to nothing once it is left", async () => {
    const emitter = new EventEmitter();
    const events = fromEvent(emitter, "item");
    const pending = events.next();

    await events.return();
    await pending;

    expect(countListeners(emitter)).toBe(0);
  });

  it("listens to nothing once it has failed", async () => {
    const emitter = new EventEmitter();
    const events = fromEvent(emitter, "item");
    const pending = errorOf(events.next());

    emitter.emit("error", new Error("emitted"));
    await pending;

    expect(countListeners(emitter)).toBe(0);
  });

  it("takes what has on() and off() for an emitter", async () => {
    const listeners = new Map<string, (...args: never[]) => void>();
    const emitter = {
      on: (name: string, listener: (...args: never[]) => void) =>
        listeners.set(name, listener),
      off: (name: string) => listeners.delete(name),
    };
    const pending = fromEvent(emitter, "item").take(1).toArray();

    listeners.get("item")?.(1 as never);

    await expect(pending).resolves.toEqual([[1]]);
    expect(listeners.size).toBe(0);
  });
});

describe("the overflow of fromEvent()", () => {
  async function emitWhileNobodyAsks(
    count: number,
    options: Parameters<typeof fromEvent>[2],
  ): Promise<Stream<unknown[]>> {
    const emitter = new EventEmitter();
    const events = fromEvent(emitter, "item", options);
    const first = events.next();
    emitter.emit("item", 0);
    await first;
    for (let item = 1; item <= count; item++) emitter.emit("item", item);
    return events;
  }

  it('"error", which is the default, fails the stream after what is held', async () => {
    const events = await emitWhileNobodyAsks(3, { capacity: 2 });

    await expect(events.next()).resolves.toEqual({ done: false, value: [1] });
    const error = await errorOf(events.toArray());

    expect(error).toBeInstanceOf(OverflowError);
    expect(error).toHaveProperty(
      "message",
      "Cannot take in more: it is full, with 2 values",
    );
  });

  it('"block" fails as well, as events cannot wait', async () => {
    const events = await emitWhileNobodyAsks(3, {
      capacity: 2,
      overflow: "block",
    });

    await expect(events.toArray()).rejects.toThrow(OverflowError);
  });

  it('"drop-oldest" keeps the newest', async () => {
    const events = await emitWhileNobodyAsks(4, {
      capacity: 2,
      overflow: "drop-oldest",
    });

    await expect(events.take(2).toArray()).resolves.toEqual([[3], [4]]);
  });

  it('"drop-newest" keeps the oldest', async () => {
    const events = await emitWhileNobodyAsks(4, {
      capacity: 2,
      overflow: "drop-newest",
    });

    await expect(events.take(2).toArray()).resolves.toEqual([[1], [2]]);
  });

  it("is not there up to 1024 events", async () => {
    const events = await emitWhileNobodyAsks(1024, undefined);

    await expect(events.take(1024).toArray()).resolves.toHaveLength(1024);
  });

  it("is there with one more", async () => {
    const events = await emitWhileNobodyAsks(1025, undefined);

    await expect(events.toArray()).rejects.toThrow(OverflowError);
  });

  it("listens no more once it has failed the stream", async () => {
    const emitter = new EventEmitter();
    const events = fromEvent(emitter, "item", { capacity: 1 });
    const first = events.next();
    for (let item = 0; item < 4; item++) emitter.emit("item", item);
    await first;
    await errorOf(events.toArray());

    expect(countListeners(emitter)).toBe(0);
  });
});

describe("fromEvent()", () => {
  it.each([
    [1, "1"],
    [null, "null"],
    [undefined, "undefined"],
    [{}, "the object"],
    [{ on: () => undefined }, "the object"],
    ["target", '"target"'],
  ])("refuses %o, at once", (target, name) => {
    expect(() => fromEvent(target as never, "item")).toThrow(
      new TypeError(`Cannot listen to ${name}: it is no target of events`),
    );
  });

  it("refuses a capacity that is no count, at once", () => {
    expect(() =>
      fromEvent(new EventTarget(), "item", { capacity: -1 }),
    ).toThrow(RangeError);
  });

  it("refuses a policy that there is not, at once", () => {
    expect(() =>
      fromEvent(new EventTarget(), "item", { overflow: "drop" as never }),
    ).toThrow(RangeError);
  });
});
