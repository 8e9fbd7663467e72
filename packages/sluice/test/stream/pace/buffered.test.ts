import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from, range, Semaphore } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { countTurns } from "../../support/count-turns.ts";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { stateOf } from "../../support/state-of.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

describe("buffered()", () => {
  it("gives all items, in order", async () => {
    const [source] = tracked([1, 2, 3, 4, 5]);

    await expect(from(source).buffered(2).toArray()).resolves.toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).buffered(2).toArray()).resolves.toEqual([]);
  });

  it("loads so many items while the one before them is worked on", async () => {
    const [source, track] = tracked([1, 2, 3, 4, 5]);
    const items = from(source).buffered(2);

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(3);
    await items.return();
  });

  it("loads another when one is taken", async () => {
    const [source, track] = tracked([1, 2, 3, 4, 5]);
    const items = from(source).buffered(2);
    await items.next();

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(4);
    await items.return();
  });

  it("asks the source for one item at a time", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1, 2, 3, 4], { delay: 10 });

    await clock.run(() => from(source).buffered(3).toArray());

    expect(track.mostPending).toBe(1);
  });

  it("gives at once what is ready", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2, 3], { delay: 10 });

    const moments = await clock.run(async () => {
      const items = from(source).buffered(2);
      const moments: number[] = [];
      await items.next();
      moments.push(clock.now());
      await from(tracked([1], { delay: 100 })[0]).next();
      await items.next();
      await items.next();
      moments.push(clock.now());
      await items.return();
      return moments;
    });

    expect(moments).toEqual([10, 110]);
  });

  it("gives an item that is ready without a pause", async () => {
    const items = from(tracked([1, 2, 3])[0]).buffered(2);
    await items.next();
    await loopTurns();
    const unit = await countTurns(() => Promise.resolve());

    expect(await countTurns(() => items.next())).toBe(unit);
    await items.return();
  });

  it("loads nothing before the first item is asked for", async () => {
    const [source, track] = tracked([1, 2]);

    from(source).buffered(2);
    await loopTurns();

    expect(track.events).toEqual([]);
  });

  it("loads at once, if it is eager", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);

    const items = from(source).buffered(2, { eager: true });
    await loopTurns();

    expect(track.pulled).toBe(2);
    await expect(items.toArray()).resolves.toEqual([1, 2, 3, 4]);
  });

  it("loads nothing, though it is eager, where its signal has aborted", async () => {
    const [source, track] = tracked([1, 2, 3]);

    from(source, { signal: AbortSignal.abort() }).buffered(2, {
      eager: true,
    });
    await loopTurns();

    expect(track.events).toEqual([]);
  });

  it("closes what it has loaded eagerly when its signal aborts, read or not", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const [source, track] = tracked([1, 2, 3]);
    from(source, { signal }).buffered(2, { eager: true });
    await loopTurns();

    controller.abort();
    await loopTurns();

    expect(track.closed).toBe(1);
  });

  it("may be handed over although it is eager", async () => {
    const [source] = tracked([1, 2, 3]);
    const items = from(source).buffered(2, { eager: true });
    await loopTurns();

    await expect(items.map(String).toArray()).resolves.toEqual(["1", "2", "3"]);
  });

  it("closes what it has loaded eagerly when it is left unread", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source).buffered(2, { eager: true });
    await loopTurns();

    await items.return();

    expect(track.closed).toBe(1);
  });

  it("gives a failure in its place, after the items before it", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1, 2], { error: failure });
    const items = from(source).buffered(9);

    await items.next();
    await loopTurns();

    await expect(items.next()).resolves.toEqual({ done: false, value: 2 });
    await expect(items.next()).rejects.toBe(failure);
  });

  it("drops what it has loaded when it is left", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source).buffered(2);
    await items.next();
    await loopTurns();

    await items.return();

    expect(track.closed).toBe(1);
    await expect(items.next()).resolves.toEqual({
      done: true,
      value: undefined,
    });
  });

  it("reports a failure that it has loaded when it is left", async () => {
    const failure = new Error("broken");
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1], { error: failure });
    const items = from(source, { onDetached }).buffered(2);
    await items.next();
    await loopTurns();

    await items.return();

    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("may be left while it loads", async () => {
    const [source, track] = tracked<number>([], { stuck: true });
    const items = from(source).buffered(2);
    const pending = items.next();

    await items.return();

    await expect(pending).resolves.toEqual({ done: true, value: undefined });
    expect(track.closed).toBe(1);
  });

  it("holds a permit of a semaphore for each item that is loaded", async () => {
    const semaphore = new Semaphore(2);
    const item = createDeferred<number>();
    const items = from([item.promise, 2]).buffered(semaphore);
    const pending = items.next();
    await loopTurns();
    const free = [semaphore.available];

    item.resolve(1);
    await pending;
    await loopTurns();
    free.push(semaphore.available);

    expect(free[0]).toBeLessThan(2);
    expect(free[1]).toBe(2);
    await items.return();
  });

  it.each([0, -1, 1.5, NaN, Infinity, "2", undefined])(
    "refuses a limit of %o, at once",
    (limit) => {
      expect(() => from([1]).buffered(limit as never)).toThrow(RangeError);
    },
  );

  it("says why it refuses a limit", () => {
    expect(() => from([1]).buffered(0)).toThrow(
      new RangeError(
        "Cannot use 0 as 'limit': it is not an integer of 1 or more",
      ),
    );
  });

  it("gives all items in order, however they are scheduled and read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 6 }),
        fc.boolean(),
        async (scheduler, limit, length, eager) => {
          async function* load(): AsyncGenerator<number, void, undefined> {
            for (let item = 0; item < length; item++) {
              await scheduler.schedule(Promise.resolve(), `load ${item}`);
              yield item;
            }
          }
          const seen: number[] = [];
          const done = from(load())
            .buffered(limit, { eager })
            .forEach(async (item) => {
              await scheduler.schedule(Promise.resolve(), `work on ${item}`);
              seen.push(item);
            });

          await scheduler.waitIdle();
          await done;

          expect(seen).toEqual(Array.from({ length }, (_, item) => item));
        },
      ),
    );
  });
});

describe("buffered() below map(), filter() and tap()", () => {
  it("runs them for so many items at once, in order", async () => {
    const begun: number[] = [];
    const work = [0, 1, 2, 3].map(() => createDeferred<number>());
    const all = range(4)
      .map((item) => {
        begun.push(item);
        return work[item]?.promise;
      })
      .buffered(2)
      .toArray();
    await loopTurns();
    const first = [...begun];

    work[1]?.resolve(1);
    await loopTurns();
    const second = [...begun];
    for (const item of [0, 2, 3]) work[item]?.resolve(item);

    expect([first, second]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    await expect(all).resolves.toEqual([0, 1, 2, 3]);
  });

  it("runs them one after the other for each item", async () => {
    const log: string[] = [];
    const note = async (name: string): Promise<true> => {
      await loopTurns();
      log.push(name);
      return true;
    };

    await range(2)
      .tap((item) => note(`tap ${item}`))
      .filter((item) => note(`filter ${item}`))
      .map((item) => note(`map ${item}`))
      .buffered(2)
      .toArray();

    expect(log).toEqual([
      "tap 0",
      "tap 1",
      "filter 0",
      "filter 1",
      "map 0",
      "map 1",
    ]);
  });

  it("leaves out what a filter does not want, and goes on", async () => {
    const items = range(6)
      .filter(async (item) => item % 2 === 1)
      .map(async (item) => item * 10)
      .buffered(2);

    await expect(items.toArray()).resolves.toEqual([10, 30, 50]);
  });

  it("does not run other steps for several items at once", async () => {
    let running = 0;
    let most = 0;

    await range(4)
      .scan(async (sum, item) => {
        most = Math.max(most, ++running);
        await loopTurns();
        running -= 1;
        return sum + item;
      }, 0)
      .buffered(3)
      .toArray();

    expect(most).toBe(1);
  });

  it("runs only what stands right above it for several items at once", async () => {
    let running = 0;
    let most = 0;

    const items = await range(4)
      .map(async (item) => {
        most = Math.max(most, ++running);
        await loopTurns();
        running -= 1;
        return item;
      })
      .take(4)
      .buffered(3)
      .toArray();

    expect(items).toEqual([0, 1, 2, 3]);
    expect(most).toBe(1);
  });

  it("fails in its place, and begins nothing more", async () => {
    const failure = new Error("callback");
    const begun: number[] = [];
    const seen: number[] = [];

    const error = await errorOf(
      range(9)
        .map(async (item) => {
          begun.push(item);
          if (item === 1) throw failure;
          return item;
        })
        .buffered(2)
        .forEach((item) => {
          seen.push(item);
        }),
    );

    expect(error).toBe(failure);
    expect(seen).toEqual([0]);
    expect(begun.length).toBeLessThanOrEqual(3);
  });

  it("closes the source when they fail", async () => {
    const { onDetached } = recordDetached();
    const [source, track] = tracked([1, 2, 3]);

    await errorOf(
      from(source, { onDetached })
        .map(() => Promise.reject(new Error("callback")))
        .buffered(2)
        .toArray(),
    );

    expect(track.closed).toBe(1);
  });

  it("waits for those that run when it is left, and tells them", async () => {
    const signals: AbortSignal[] = [];
    const log: string[] = [];
    const items = range(2)
      .map(async (_, { signal }) => {
        signals.push(signal);
        await new Promise((resolve) => {
          signal.addEventListener("abort", resolve);
        });
        await loopTurns();
        log.push("callback is through");
      })
      .buffered(2);
    const pending = items.next();
    await loopTurns();

    await items.return();
    log.push("left");
    await pending;

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(log).toEqual(["callback is through", "callback is through", "left"]);
  });

  it("gives the same as without it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { minLength: 1 }),
        async (items, limit, waits) => {
          const later = <V>(value: V, index: number): V | Promise<V> =>
            waits[index % waits.length] === true
              ? Promise.resolve(value)
              : value;

          const given = await from(items)
            .map((item, { index }) => later(item + 1, index))
            .filter((item, { index }) => later(item % 3 !== 0, index))
            .tap((item, { index }) => later(item, index))
            .buffered(limit)
            .toArray();

          expect(given).toEqual(
            items.map((item) => item + 1).filter((item) => item % 3 !== 0),
          );
        },
      ),
    );
  });
});

describe("buffered() by bytes", () => {
  it("begins no item while those that are ready come to as much", async () => {
    const [source, track] = tracked(["aaaa", "bbbb", "cccc", "dddd", "eeee"]);
    const items = from(source).buffered(9, { maxBytes: 8 });

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(3);
    await items.return();
  });

  it("goes on when one is taken", async () => {
    const [source, track] = tracked(["aaaa", "bbbb", "cccc", "dddd", "eeee"]);
    const items = from(source).buffered(9, { maxBytes: 8 });
    await items.next();
    await loopTurns();

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(4);
    await items.return();
  });

  it("loads one item at least, however large", async () => {
    const items = from(["a".repeat(100), "b"]).buffered(2, { maxBytes: 1 });

    await expect(items.toArray()).resolves.toHaveLength(2);
  });

  it.each<[string, unknown, number]>([
    ["the byteLength of bytes", new Uint16Array(2), 4],
    ["the length of a string", "abcd", 4],
    ["the length of an array", [1, 2, 3, 4], 4],
    ["1 for anything else", 7, 1],
  ])("takes %s for the size of an item", async (_, item, size) => {
    const [source, track] = tracked([item, item, item, item, item]);
    const items = from(source).buffered(9, { maxBytes: 2 * size });

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(3);
    await items.return();
  });

  it("takes what `sizeOf` says for the size of an item", async () => {
    const [source, track] = tracked([5, 5, 5, 5, 5]);
    const items = from(source).buffered(9, {
      maxBytes: 10,
      sizeOf: (item) => item,
    });

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(3);
    await items.return();
  });

  it("measures what the steps above it give", async () => {
    const [source, track] = tracked([1, 2, 3, 4, 5]);
    const items = from(source)
      .map((item) => "x".repeat(item * 10))
      .buffered(9, { maxBytes: 50 });

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(3);
    await items.return();
  });

  it("fails, and closes the source, where `sizeOf` throws", async () => {
    const failure = new Error("size");
    const [source, track] = tracked([1, 2]);
    const items = from(source).buffered(2, {
      maxBytes: 10,
      sizeOf: () => {
        throw failure;
      },
    });

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it.each([0, -1, NaN, "8", null])(
    "refuses a bound of %o, at once",
    (maxBytes) => {
      expect(() =>
        from([1]).buffered(2, { maxBytes: maxBytes as never }),
      ).toThrow(RangeError);
    },
  );

  it.each<[string, unknown, string]>([
    ["is NaN", NaN, "NaN"],
    ["is negative", -1, "-1"],
    ["has no end", Infinity, "Infinity"],
    ["is not a number", "8", '"8"'],
  ])(
    "fails, and closes the source, where a size %s",
    async (_, size, shown) => {
      const [source, track] = tracked([1, 2, 3]);
      const items = from(source).buffered(2, {
        maxBytes: 10,
        sizeOf: (item) => (item === 2 ? (size as number) : 1),
      });

      await expect(items.next()).resolves.toEqual({ value: 1, done: false });
      await expect(items.next()).rejects.toThrow(
        new RangeError(
          `Cannot use ${shown} as the size of an item: it is not finite, or less than 0`,
        ),
      );
      expect(track.closed).toBe(1);
    },
  );

  it.each([true, false])(
    "fails where the size of what a promise gave is none, in order: %o",
    async (ordered) => {
      const semaphore = new Semaphore(2);
      const unhandled = await findUnhandledRejections(async () => {
        const slow = from([1, 2, 3]).map(async (item) => item);
        const marked = (ordered ? slow : slow.unordered()).limit(semaphore);
        const items = marked.buffered(2, { maxBytes: 9, sizeOf: () => NaN });
        const error = errorOf(items.toArray());

        expect(await stateOf(error)).toBe("fulfilled");
        expect(await error).toBeInstanceOf(RangeError);
      });

      expect(unhandled).toEqual([]);
      expect(semaphore.available).toBe(2);
    },
  );

  it("takes a size that is no integer", async () => {
    const items = from([1, 2, 3]).buffered(2, {
      maxBytes: 1,
      sizeOf: () => 0.3,
    });

    await expect(items.toArray()).resolves.toEqual([1, 2, 3]);
  });

  it("measures nothing where there is no bound", async () => {
    const items = from([{ length: "2 m" }, { length: "3 m" }]).buffered(2);

    await expect(items.toArray()).resolves.toHaveLength(2);
  });

  it("gives all items, whatever the bounds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 20 }),
        async (items, limit, maxBytes) => {
          const given = await from(tracked(items)[0])
            .map(async (item) => item)
            .buffered(limit, { maxBytes, sizeOf: (item) => item })
            .toArray();

          expect(given).toEqual(items);
        },
      ),
    );
  });
});

describe("buffered() with sizeOf that throws", () => {
  it("fails, also where the item had to be waited for", async () => {
    const items = from([1])
      .map((item) => Promise.resolve(item))
      .buffered(2, {
        maxBytes: 10,
        sizeOf: () => {
          throw new Error("no size");
        },
      });

    await expect(items.toArray()).rejects.toThrow("no size");
  });
});

describe("buffered() with a semaphore", () => {
  it("gives the permit back as soon as its source fails, read or not", async () => {
    const semaphore = new Semaphore(1);
    const failure = new Error("of the source");
    const [source] = tracked<number>([], { error: failure });
    const items = from(source).buffered(semaphore, { eager: true });
    await loopTurns();

    expect(semaphore.available).toBe(1);
    expect(await errorOf(items.next())).toBe(failure);
  });
});
