import { describe, expect, it } from "vitest";
import { from, merge, range, Semaphore, type Stream } from "sluice";
import { tracked } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";

/** Counts how many calls of a callback run at once. */
function createMeter(): {
  readonly work: (item: number) => Promise<number>;
  readonly most: () => number;
} {
  let running = 0;
  let most = 0;
  return {
    work: async (item) => {
      most = Math.max(most, ++running);
      await loopTurns(1 + (item % 3));
      running -= 1;
      return item;
    },
    most: () => most,
  };
}

describe("limit()", () => {
  it("gives all items, in order", async () => {
    const items = range(9)
      .map(async (item) => item)
      .limit(3);

    await expect(items.toArray()).resolves.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("works on so many items at once, and on no more", async () => {
    const { work, most } = createMeter();

    await range(9).map(work).limit(3).toArray();

    expect(most()).toBe(3);
  });

  it("caps what a buffered() below it runs at once", async () => {
    const { work, most } = createMeter();

    const items = await range(9).map(work).limit(2).buffered(5).toArray();

    expect(items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most()).toBe(2);
  });

  it("lets a buffered() below it hold more than run at once", async () => {
    const begun: number[] = [];
    const items = range(9)
      .map(async (item) => {
        begun.push(item);
        return item;
      })
      .limit(1)
      .buffered(4);

    await items.next();
    await loopTurns(9);

    expect(begun).toEqual([0, 1, 2, 3, 4]);
    await items.return();
  });

  it("does not cap beyond what the buffered() below it does by itself", async () => {
    const { work, most } = createMeter();

    await range(9).map(work).limit(5).buffered(2).toArray();

    expect(most()).toBe(2);
  });

  it("takes the least of several", async () => {
    const { work, most } = createMeter();

    await range(9).map(work).limit(2).limit(4).buffered(8).toArray();

    expect(most()).toBe(2);
  });

  it("is the cap of another limit() below it, too", async () => {
    const { work, most } = createMeter();

    const items = await range(9).map(work).limit(2).limit(4).toArray();

    expect(items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most()).toBe(2);
  });

  it("asks the source for one item at a time", async () => {
    const [source, track] = tracked([0, 1, 2, 3]);

    await from(source).limit(3).toArray();

    expect(track.mostPending).toBe(1);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).limit(2).toArray()).resolves.toEqual([]);
  });

  it("closes the source when it is left", async () => {
    const [source, track] = tracked([0, 1, 2, 3]);
    const items = from(source).limit(2);
    await items.next();

    await items.return();

    expect(track.closed).toBe(1);
  });

  it.each([0, -1, 1.5, NaN, Infinity, "2", undefined])(
    "refuses a limit of %o, at once",
    (limit) => {
      expect(() => from([1]).limit(limit as never)).toThrow(RangeError);
    },
  );
});

describe("limit() by a semaphore", () => {
  it("caps several streams together", async () => {
    const semaphore = new Semaphore(2);
    const { work, most } = createMeter();
    const read = (): Stream<number> => range(5).map(work).limit(semaphore);

    const all = await Promise.all([
      read().toArray(),
      read().buffered(3).toArray(),
      read().map(String).toArray(),
    ]);

    expect(all[0]).toEqual([0, 1, 2, 3, 4]);
    expect(all[1]).toEqual([0, 1, 2, 3, 4]);
    expect(all[2]).toEqual(["0", "1", "2", "3", "4"]);
    expect(most()).toBe(2);
    expect(semaphore.available).toBe(2);
  });

  it("caps the branches of a merge together", async () => {
    const semaphore = new Semaphore(2);
    const { work, most } = createMeter();

    const items = await merge(
      range(4).map(work).limit(semaphore),
      range(4).map(work).limit(semaphore),
    ).toArray();

    expect(items).toHaveLength(8);
    expect(most()).toBe(2);
  });

  it("goes on when whoever else holds a permit gives it back", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.tryAcquire();
    const all = range(2).limit(semaphore).toArray();
    await loopTurns();

    permit?.release();

    await expect(all).resolves.toEqual([0, 1]);
  });

  it.each<
    [string, (items: Stream<number>, limit: Semaphore) => Stream<unknown>]
  >([
    ["right after it", (items, limit) => items.limit(limit)],
    [
      "after steps that look at one item",
      (items, limit) =>
        items
          .map(async (item) => item)
          .filter(() => true)
          .unordered()
          .limit(limit),
    ],
    ["as a buffered()", (items, limit) => items.tap(String).buffered(limit)],
    ["and again", (items, limit) => items.limit(limit).limit(limit)],
    ["above a buffered()", (items, limit) => items.limit(limit).buffered(2)],
  ])("may stand twice for the same items: %s", async (_, apply) => {
    const semaphore = new Semaphore(1);
    const { work, most } = createMeter();

    const all = apply(range(3).map(work).limit(semaphore), semaphore).toArray();

    await expect(all).resolves.toEqual([0, 1, 2]);
    expect(most()).toBe(1);
    expect(semaphore.available).toBe(1);
  });

  it.each<[string, (items: Stream<number>, limit: Semaphore) => unknown]>([
    ["limit()", (items, limit) => items.limit(limit)],
    ["buffered()", (items, limit) => items.buffered(limit)],
    ["map()", (items, concurrency) => items.map(String, { concurrency })],
    [
      "filter()",
      (items, concurrency) => items.filter(Boolean, { concurrency }),
    ],
    [
      "forEach()",
      (items, concurrency) => items.forEach(String, { concurrency }),
    ],
  ])(
    "is refused by %s where one above needs a permit for what it is asked for",
    (_, apply) => {
      const semaphore = new Semaphore(1);
      const error = new TypeError(
        "Cannot limit the stream by a semaphore: one above is limited by it",
      );

      expect(() => apply(range(3).limit(semaphore).take(2), semaphore)).toThrow(
        error,
      );
      expect(() =>
        apply(range(3).map(Number, { concurrency: semaphore }), semaphore),
      ).toThrow(error);
      expect(() =>
        apply(
          range(3).flatMap((item) => [item], { concurrency: semaphore }),
          semaphore,
        ),
      ).toThrow(error);
    },
  );

  it("is refused by a flatMap() below another", () => {
    const options = { concurrency: new Semaphore(1) };
    const items = range(3).flatMap((item) => [item], options);

    expect(() => items.flatMap((item) => [item], options)).toThrow(TypeError);
  });

  it("may be shared with a flatMap() below, which asks when the item is there", async () => {
    const semaphore = new Semaphore(1);

    const items = await range(3)
      .map(async (item) => item)
      .limit(semaphore)
      .flatMap(async (item) => [item, item], { concurrency: semaphore })
      .toArray();

    expect(items).toEqual([0, 0, 1, 1, 2, 2]);
    expect(semaphore.available).toBe(1);
  });

  it("leaves a stream that refuses it as it was", async () => {
    const semaphore = new Semaphore(1);
    const items = range(3).limit(semaphore).take(2);

    expect(() => items.limit(semaphore)).toThrow(TypeError);

    await expect(items.toArray()).resolves.toEqual([0, 1]);
  });

  it("may be others on the way", async () => {
    const [first, second] = [new Semaphore(1), new Semaphore(1)];

    const items = await range(4)
      .limit(first)
      .chunks(2)
      .limit(second)
      .map(Number, { concurrency: new Semaphore(1) })
      .toArray();

    expect(items).toHaveLength(2);
  });

  it("holds no permit while nobody asks and nothing runs", async () => {
    const semaphore = new Semaphore(1);
    const items = range(3)
      .map(async (item) => item)
      .limit(semaphore)
      .buffered(1);

    await items.next();
    await loopTurns(3);

    expect(semaphore.available).toBe(1);
    await items.return();
  });

  it("gives all permits back at the end", async () => {
    const semaphore = new Semaphore(2);

    await range(5).limit(semaphore).toArray();

    expect(semaphore.available).toBe(2);
  });

  it("gives all permits back when it is left", async () => {
    const semaphore = new Semaphore(2);
    const items = from(tracked<number>([], { stuck: true })[0]).limit(
      semaphore,
    );
    const pending = items.next();
    await loopTurns();

    await items.return();
    await pending;

    expect(semaphore.available).toBe(2);
  });

  it("gives all permits back when it fails", async () => {
    const semaphore = new Semaphore(2);

    await errorOf(
      range(5)
        .map((item) =>
          item === 1 ? Promise.reject(new Error("callback")) : item,
        )
        .limit(semaphore)
        .toArray(),
    );

    expect(semaphore.available).toBe(2);
  });

  it("gives up its place in the queue when it is left", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.tryAcquire();
    const items = range(3).limit(semaphore);
    const pending = items.next();
    await loopTurns();

    await items.return();
    permit?.release();
    await pending;

    expect(semaphore.available).toBe(1);
  });
});
