import { describe, expect, it } from "vitest";
import {
  BusyError,
  CancelledError,
  concat,
  from,
  latest,
  merge,
  race,
  zip,
  type Stream,
} from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";

const busy = {
  name: "BusyError",
  message:
    "Cannot read the stream: another reads it already; see tee() and borrow()",
};

const combiners: [string, (...streams: Stream<number>[]) => Stream<unknown>][] =
  [
    ["merge()", merge],
    ["concat()", concat],
    ["race()", race],
    ["latest()", latest],
    ["zip()", (...streams) => zip(streams)],
  ];

describe("a stream", () => {
  it("is its own async iterator", () => {
    const items = from([1]);

    expect(items[Symbol.asyncIterator]()).toBe(items);
  });

  it("is what from() makes of it", () => {
    const items = from([1]);

    expect(from(items)).toBe(items);
  });
});

describe("a stream that was handed over", () => {
  it("makes no second stream", () => {
    const items = from([1]);
    items.map(String);

    expect(() => items.map(String)).toThrow(expect.objectContaining(busy));
  });

  it("fails its own next()", async () => {
    const items = from([1]);
    items.map(String);

    const error = await errorOf(items.next());

    expect(error).toBeInstanceOf(BusyError);
    expect(error).toMatchObject(busy);
  });

  it("fails a loop over it", async () => {
    const items = from([1]);
    items.map(String);

    const loop = (async () => {
      for await (const _item of items);
    })();

    await expect(loop).rejects.toThrow(BusyError);
  });

  it("fails a sink of its own", async () => {
    const items = from([1]);
    items.map(String);

    const sink = (async () => items.toArray())();

    await expect(sink).rejects.toThrow(BusyError);
  });

  it("fails its next() while a sink reads it", async () => {
    const [source] = tracked([1], { stuck: true });
    const items = from(source);
    const all = errorOf(items.toArray());

    await expect(items.next()).rejects.toThrow(BusyError);

    await items.return();
    await all;
  });

  it("does not disturb the one who reads it", async () => {
    const items = from([1, 2]);
    const derived = items.map((item) => item * 2);

    await errorOf(items.next());

    await expect(derived.toArray()).resolves.toEqual([2, 4]);
  });

  it("can be neither lent nor split", () => {
    const items = from([1]);
    items.map(String);

    expect(() => items.borrow()).toThrow(BusyError);
    expect(() => items.tee()).toThrow(BusyError);
  });

  it.each(combiners)("is refused by %s", (_, combine) => {
    const items = from([1]);
    items.map(String);

    expect(() => combine(items)).toThrow(BusyError);
  });

  it.each(combiners)("is refused by %s the second time", (_, combine) => {
    const items = from([1]);

    expect(() => combine(items, items)).toThrow(BusyError);
  });

  it.each(combiners)(
    "leaves those beside it free where %s refuses it",
    async (_, combine) => {
      const [taken, free] = [from([1]), from([2])];
      taken.map(String);

      expect(() => combine(free, taken)).toThrow(BusyError);

      await expect(free.toArray()).resolves.toEqual([2]);
    },
  );

  it("closes with its own return() all that was made of it", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);
    const derived = items.map(String).filter(Boolean);
    await derived.next();

    await items.return();

    expect(track.closed).toBe(1);
    await expect(derived.next()).resolves.toEqual({
      done: true,
      value: undefined,
    });
  });

  it("closes with its disposal all that was made of it", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);
    const derived = items.map(String);
    await derived.next();

    await items[Symbol.asyncDispose]();

    expect(track.closed).toBe(1);
  });

  it("closes every branch of the tee() that it was split by", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);
    const branches = items.tee();
    await Promise.all(branches.map((branch) => branch.next()));

    await items.return();

    expect(track.closed).toBe(1);
    await expect(
      Promise.all(branches.map((branch) => branch.next())),
    ).resolves.toMatchObject([{ done: true }, { done: true }]);
  });

  it("closes with the whole the streams beside it", async () => {
    const [other, track] = tracked([3, 4], { form: "async-iterator" });
    const items = from([1, 2]);
    concat(items, from(other));

    await items.return();

    expect(track.closed).toBe(1);
  });

  it("fails with its return() the sink whose callback calls that, which sees no more", async () => {
    const [source, track] = tracked([1, 2, 3], { form: "iterable" });
    const items = from(source);
    let left: Promise<unknown> | undefined;

    const error = await errorOf(
      items.forEach((item) => {
        if (item === 2) left = items.return();
      }),
    );
    await left;

    expect(error).toBeInstanceOf(CancelledError);
    expect(track).toMatchObject({ pulled: 2, closed: 1 });
  });

  it("fails with its return() the sink that reads it, once it is closed", async () => {
    const clock = virtualClock();
    const [source] = tracked([1], { stuck: true, closeDelay: 10 });

    const [error, moment] = await clock.run(async () => {
      const items = from(source);
      const all = errorOf(items.toArray());
      const closed = items.return();
      const error = await all;
      const moment = clock.now();
      await closed;
      return [error, moment] as const;
    });

    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toHaveProperty(
      "message",
      "Cannot go on: the stream is closed",
    );
    expect(moment).toBe(10);
  });
});

describe("a stream that was begun", () => {
  it("gives the rest of its items to whoever it is handed over to", async () => {
    const items = from(["header", "a", "b"]);
    const header = await items.next();

    const rest = await items.map((item) => item.toUpperCase()).toArray();

    expect(header.value).toBe("header");
    expect(rest).toEqual(["A", "B"]);
  });

  it("gives the rest to a sink", async () => {
    const [source] = tracked([1, 2, 3]);
    const items = from(source);
    await items.next();

    await expect(items.toArray()).resolves.toEqual([2, 3]);
  });

  it.each(combiners)("gives the rest to %s", async (_, combine) => {
    const items = from([1, 2, 3]);
    await items.next();

    const rest = await combine(items).toArray();

    expect(rest.flat()).toEqual([2, 3]);
  });

  it("answers a call that waits before what it is handed over to", async () => {
    const first = createDeferred<number>();
    const items = from([first.promise, 2, 3]);
    const pending = items.next();

    const rest = items.map((item) => item * 10).toArray();
    first.resolve(1);

    await expect(pending).resolves.toEqual({ done: false, value: 1 });
    await expect(rest).resolves.toEqual([20, 30]);
  });

  it("is closed once when what it is handed over to is left", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source);
    await items.next();
    const rest = items.map(String);
    await rest.next();

    await rest.return();

    expect(track).toMatchObject({ returned: 1, closed: 1 });
  });

  it("passes its failure on to what it is handed over to", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1, 2], { error: failure });
    const items = from(source);
    await items.next();

    await expect(items.map(String).toArray()).rejects.toBe(failure);
  });

  it("has nothing to hand over after its end", async () => {
    const items = from([1]);
    await items.next();
    await items.next();

    await expect(items.map(String).toArray()).resolves.toEqual([]);
  });

  it("has nothing to hand over after it was left", async () => {
    const [source] = tracked([1, 2, 3]);
    const items = from(source);
    await items.next();
    await items.return();

    await expect(items.map(String).toArray()).resolves.toEqual([]);
  });
});

describe("a stream after wrong use", () => {
  it.each<[string, (items: Stream<number>) => unknown]>([
    ["map(1)", (items) => items.map(1 as never)],
    ["take(-1)", (items) => items.take(-1)],
    ["chunks(0)", (items) => items.chunks(0)],
    ["buffered(0)", (items) => items.buffered(0)],
    ["tee(0)", (items) => items.tee(0)],
    ["timeout(NaN)", (items) => items.timeout(NaN)],
    ["reduce(1)", (items) => items.reduce(1 as never)],
    ["forEach(1)", (items) => items.forEach(1 as never)],
    ["find(1)", (items) => items.find(1 as never)],
    ["merge() with a number", (items) => merge(items, 1 as never)],
    [
      "zip() in no such mode",
      (items) => zip([items], { mode: "widest" as never }),
    ],
  ])("is as it was: %s throws at once", async (_, misuse) => {
    const items = from([1, 2]);

    expect(() => misuse(items)).toThrow();

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });
});
