import { describe, expect, it } from "vitest";
import { from, Semaphore } from "sluice";
import { tracked } from "sluice/testing";
import { loopTurns } from "../../support/loop-turns.ts";

describe("map()", () => {
  it("gives what the callback makes of each item", async () => {
    const items = from([1, 2, 3]).map((item) => item * 2);

    await expect(items.toArray()).resolves.toEqual([2, 4, 6]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).map(String).toArray()).resolves.toEqual([]);
  });

  it("awaits what the callback promises", async () => {
    const items = from([1, 2]).map(async (item) => {
      await loopTurns();
      return item * 2;
    });

    await expect(items.toArray()).resolves.toEqual([2, 4]);
  });

  it("awaits foreign promises, too", async () => {
    const items = from([1]).map((item): PromiseLike<number> => ({
      then: (resolve) => Promise.resolve(item + 1).then(resolve),
    }));

    await expect(items.toArray()).resolves.toEqual([2]);
  });

  it("mixes results that are there and results that are promised, in order", async () => {
    const items = from([1, 2, 3, 4]).map((item) =>
      item % 2 === 0 ? loopTurns().then(() => item) : item,
    );

    await expect(items.toArray()).resolves.toEqual([1, 2, 3, 4]);
  });

  it.each([undefined, null, false, 0, ""])(
    "gives %o as a result like any other",
    async (result) => {
      const items = from([1]).map(() => result);

      await expect(items.toArray()).resolves.toEqual([result]);
    },
  );

  it("calls the callback when the item is asked for, and not before", async () => {
    const seen: number[] = [];
    const items = from([1, 2]).map((item) => seen.push(item));

    await items.next();
    await loopTurns();

    expect(seen).toEqual([1]);
  });

  it("calls two that are neighbours in turn, whichever waits", async () => {
    const items = from([1, 2, 3])
      .map((item) => (item === 2 ? Promise.resolve(item) : item))
      .map((item) => (item === 3 ? Promise.resolve(item * 10) : item * 10));

    await expect(items.toArray()).resolves.toEqual([10, 20, 30]);
  });

  it("closes the source, and fails, when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source).map((item) => {
      if (item === 2) throw failure;
      return item;
    });

    await expect(items.next()).resolves.toEqual({ done: false, value: 1 });
    await expect(items.next()).rejects.toBe(failure);
    expect(track).toMatchObject({ pulled: 2, closed: 1 });
  });

  it.each([
    [undefined, "undefined"],
    [1, "1"],
    [{}, "the object"],
  ])("refuses %o for a callback, at once", (callback, name) => {
    expect(() => from([1]).map(callback as never)).toThrow(
      new TypeError(`Cannot call ${name}: it is not a function`),
    );
  });

  it.each([0, -1, 1.5, NaN, Infinity, "2"])(
    "refuses a concurrency of %o, at once",
    (concurrency) => {
      expect(() =>
        from([1]).map(String, { concurrency: concurrency as never }),
      ).toThrow(RangeError);
    },
  );

  it("says why it refuses a concurrency", () => {
    expect(() => from([1]).map(String, { concurrency: 0 })).toThrow(
      new RangeError(
        "Cannot use 0 as 'concurrency': it is not an integer of 1 or more",
      ),
    );
  });

  it("takes a semaphore for a concurrency", async () => {
    const items = from([1, 2]).map(async (item) => item * 2, {
      concurrency: new Semaphore(1),
    });

    await expect(items.toArray()).resolves.toEqual([2, 4]);
  });
});
