import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from, stream } from "sluice";
import { tracked } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { stateOf } from "../../support/state-of.ts";

const end = { done: true, value: undefined };

describe("next()", () => {
  it("gives one item at a time, and then the end", async () => {
    const items = from(["a", "b"]);

    const results = [
      await items.next(),
      await items.next(),
      await items.next(),
    ];

    expect(results).toEqual([
      { done: false, value: "a" },
      { done: false, value: "b" },
      end,
    ]);
  });

  it("gives the end again each time", async () => {
    const items = from([]);
    await items.next();

    await expect(items.next()).resolves.toEqual(end);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("gives no value with the end, whatever the source returns", async () => {
    const items = from(
      (async function* () {
        yield 1;
        return 2;
      })(),
    );
    await items.next();

    await expect(items.next()).resolves.toEqual(end);
  });

  it("gives a result of its own to each call", async () => {
    const items = from([1, 1]);

    const [first, second] = [await items.next(), await items.next()];

    expect(first).not.toBe(second);
  });

  it("gives `undefined` as an item like any other", async () => {
    const items = from([undefined]);

    await expect(items.next()).resolves.toEqual({
      done: false,
      value: undefined,
    });
    await expect(items.next()).resolves.toEqual(end);
  });

  it("fails once, and gives the end from then on", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });
    const items = from(source);
    await items.next();

    await expect(items.next()).rejects.toBe(failure);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("fails, and does not throw, where the source throws at once", async () => {
    const failure = new Error("broken");
    const items = from({
      next() {
        throw failure;
      },
    });

    await expect(items.next()).rejects.toBe(failure);
  });
});

describe("next() that is called before the last call was answered", () => {
  it("answers in order", async () => {
    const [source] = tracked([1, 2]);
    const items = from(source);

    const results = await Promise.all([
      items.next(),
      items.next(),
      items.next(),
      items.next(),
    ]);

    expect(results).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      end,
      end,
    ]);
  });

  it("answers in order where the later items are ready first", async () => {
    const [first, second] = [
      createDeferred<string>(),
      createDeferred<string>(),
    ];
    const pending = [first, second];
    const items = from([0, 1]).map((index) => pending[index]?.promise);
    const order: unknown[] = [];

    const all = Promise.all(
      [items.next(), items.next()].map(async (result) => {
        order.push((await result).value);
      }),
    );
    second.resolve("second");
    first.resolve("first");
    await all;

    expect(order).toEqual(["first", "second"]);
  });

  it("asks the source for one item at a time all the same", async () => {
    const [source, track] = tracked([1, 2, 3], { delay: 0 });
    const items = from(source);

    await Promise.all([items.next(), items.next(), items.next()]);

    expect(track.mostPending).toBe(1);
  });

  it("does not wait for the call before where the items are there", async () => {
    const [source] = tracked([1, 2], { form: "iterable" });
    const items = from(source);

    const second = (items.next(), items.next());

    await expect(second).resolves.toEqual({ done: false, value: 2 });
  });

  it("gives the failure to the first, and the end to those behind it", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });
    const items = from(source);

    const results = await Promise.allSettled([
      items.next(),
      items.next(),
      items.next(),
    ]);

    expect(results).toEqual([
      { status: "fulfilled", value: { done: false, value: 1 } },
      { status: "rejected", reason: failure },
      { status: "fulfilled", value: end },
    ]);
  });

  it("waits its turn where a callback calls it", async () => {
    const inner: Promise<unknown>[] = [];
    const items = from([1, 2]).map((item) => {
      if (inner.length === 0) inner.push(items.next());
      return item;
    });

    const outer = await items.next();

    expect(outer.value).toBe(1);
    await expect(inner[0]).resolves.toEqual({ done: false, value: 2 });
  });

  it("waits where the one before waits", async () => {
    const [source] = tracked<number>([], { stuck: true });
    const items = from(source);

    const [first, second] = [items.next(), items.next()];

    expect([await stateOf(first), await stateOf(second)]).toEqual([
      "pending",
      "pending",
    ]);
    await items.return();
  });

  it("answers with the end, at once, when the stream is left", async () => {
    const [source] = tracked<number>([], { stuck: true });
    const items = from(source);
    const pending = Promise.all([items.next(), items.next(), items.next()]);

    await items.return();

    await expect(pending).resolves.toEqual([end, end, end]);
  });

  it("gives every item once, in order, however the calls and the answers mix", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 9 }),
        async (scheduler, length, calls) => {
          const items = stream(async function* () {
            for (let item = 0; item < length; item++) {
              await scheduler.schedule(Promise.resolve(), `item ${item}`);
              yield item;
            }
          });
          const seen: unknown[] = [];
          const all = Promise.all(
            Array.from({ length: calls }, async (_, index) => {
              await scheduler.schedule(Promise.resolve(), `call ${index}`);
              seen.push(await items.next());
            }),
          );

          await scheduler.waitIdle();
          await all;

          const given = Math.min(length, calls);
          expect(seen).toEqual([
            ...Array.from({ length: given }, (_, value) => ({
              done: false,
              value,
            })),
            ...Array.from({ length: calls - given }, () => end),
          ]);
        },
      ),
    );
  });
});

describe("a loop over a stream", () => {
  it("sees every item", async () => {
    const seen: number[] = [];

    for await (const item of from([1, 2, 3])) seen.push(item);

    expect(seen).toEqual([1, 2, 3]);
  });

  it("closes it when it is left, and waits for that", async () => {
    const [source, track] = tracked([1, 2, 3]);

    for await (const item of from(source)) if (item === 2) break;

    expect(track).toMatchObject({ pulled: 2, returned: 1, closed: 1 });
  });

  it("closes it when its body fails", async () => {
    const failure = new Error("body");
    const [source, track] = tracked([1, 2, 3]);

    const loop = (async () => {
      for await (const _item of from(source)) throw failure;
    })();

    await expect(loop).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("does not close what has ended", async () => {
    const [source, track] = tracked([1]);

    for await (const _item of from(source));

    expect(track.returned).toBe(0);
  });

  it("fails with what closing fails with", async () => {
    const failure = new Error("close");
    const [source] = tracked([1, 2], { closeError: failure });

    const loop = (async () => {
      for await (const _item of from(source)) break;
    })();

    expect(await errorOf(loop)).toBe(failure);
  });
});
