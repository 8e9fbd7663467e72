import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from, Semaphore, type ConcurrencyOptions, type Stream } from "sluice";
import { tracked } from "sluice/testing";
import { createDeferred, type Deferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";

/** Work that the test finishes, item by item. */
class Work {
  readonly begun: number[] = [];
  readonly #pending = new Map<number, Deferred<number>>();
  running = 0;
  most = 0;

  /** The callback: goes on when the item is finished. */
  readonly run = async (item: number): Promise<number> => {
    this.begun.push(item);
    this.most = Math.max(this.most, ++this.running);
    try {
      return await this.#find(item).promise;
    } finally {
      this.running -= 1;
    }
  };

  async finish(item: number): Promise<void> {
    this.#find(item).resolve(item);
    await loopTurns();
  }

  async fail(item: number, error: unknown): Promise<void> {
    const { promise, reject } = this.#find(item);
    promise.catch(() => undefined);
    reject(error);
    await loopTurns();
  }

  #find(item: number): Deferred<number> {
    const pending = this.#pending.get(item) ?? createDeferred<number>();
    this.#pending.set(item, pending);
    return pending;
  }
}

type Run = (
  items: Stream<number>,
  work: Work["run"],
  options: ConcurrencyOptions,
) => Stream<number>;

/** What works on several items at once, and gives what the callback gives. */
const operators: [string, Run][] = [
  ["map()", (items, work, options) => items.map(work, options)],
  [
    "filter()",
    (items, work, options) =>
      items.filter((item) => work(item).then(() => true), options),
  ],
  [
    "flatMap()",
    (items, work, options) =>
      items.flatMap((item) => work(item).then((result) => [result]), options),
  ],
];

function collect(items: Stream<number>): {
  readonly seen: number[];
  readonly done: Promise<unknown>;
} {
  const seen: number[] = [];
  const done = items.forEach((item) => {
    seen.push(item);
  });
  return { seen, done };
}

describe.each(operators)("%s with concurrency", (_, run) => {
  it("works on so many items at once, and on no more", async () => {
    const work = new Work();
    const { done } = collect(
      run(from([0, 1, 2, 3]), work.run, { concurrency: 2 }),
    );
    await loopTurns();

    expect(work.begun).toEqual([0, 1]);
    for (const item of [0, 1, 2, 3]) await work.finish(item);
    await done;
    expect(work.most).toBe(2);
  });

  it("gives results in the order of the items", async () => {
    const work = new Work();
    const { seen, done } = collect(
      run(from([0, 1]), work.run, { concurrency: 2 }),
    );
    await loopTurns();

    await work.finish(1);
    const before = [...seen];
    await work.finish(0);
    await done;

    expect(before).toEqual([]);
    expect(seen).toEqual([0, 1]);
  });

  it("gives results as they come, if order is not asked for", async () => {
    const work = new Work();
    const { seen, done } = collect(
      run(from([0, 1]), work.run, { concurrency: 2, ordered: false }),
    );
    await loopTurns();

    await work.finish(1);
    const before = [...seen];
    await work.finish(0);
    await done;

    expect(before).toEqual([1]);
    expect(seen).toEqual([1, 0]);
  });

  it("begins nothing before the first item is asked for", async () => {
    const work = new Work();

    run(from([0, 1]), work.run, { concurrency: 2 });
    await loopTurns();

    expect(work.begun).toEqual([]);
  });

  it("asks the source for one item at a time", async () => {
    const [source, track] = tracked([0, 1, 2, 3]);

    await run(from(source), async (item) => item, {
      concurrency: 3,
    }).toArray();

    expect(track.mostPending).toBe(1);
  });

  it("gives all items of a source with fewer than may run", async () => {
    const items = run(from([0, 1]), async (item) => item, { concurrency: 9 });

    await expect(items.toArray()).resolves.toEqual([0, 1]);
  });

  it("gives nothing for an empty source", async () => {
    const items = run(from<number>([]), async (item) => item, {
      concurrency: 2,
    });

    await expect(items.toArray()).resolves.toEqual([]);
  });

  it("gives what comes before a failure, and then fails", async () => {
    const failure = new Error("work");
    const [source, track] = tracked([0, 1, 2, 3]);
    const work = new Work();
    const { seen, done } = collect(
      run(from(source), work.run, { concurrency: 2 }),
    );
    const error = errorOf(done);
    await loopTurns();

    await work.fail(1, failure);
    await work.finish(0);

    expect(await error).toBe(failure);
    expect(seen).toEqual([0]);
    expect(track.closed).toBe(1);
  });

  it("begins nothing more after a failure", async () => {
    const work = new Work();
    const { done } = collect(
      run(from([0, 1, 2, 3]), work.run, { concurrency: 2 }),
    );
    const error = errorOf(done);
    await loopTurns();

    await work.fail(1, new Error("work"));
    await work.finish(0);
    await error;

    expect(work.begun).toEqual([0, 1]);
  });

  it("waits, when it fails, for what still runs", async () => {
    const failure = new Error("work");
    const work = new Work();
    const { done } = collect(
      run(from([0, 1, 2]), work.run, { concurrency: 2, ordered: false }),
    );
    let hasFailed = false;
    const error = errorOf(done).then((error) => {
      hasFailed = true;
      return error;
    });
    await loopTurns();

    await work.fail(1, failure);
    const before = hasFailed;
    await work.finish(0);

    expect(before).toBe(false);
    expect(await error).toBe(failure);
  });

  it("waits, when it is left, for what still runs", async () => {
    const work = new Work();
    const items = run(from([0, 1]), work.run, { concurrency: 2 });
    const pending = items.next();
    await loopTurns();
    let isLeft = false;

    const left = items.return().then(() => {
      isLeft = true;
    });
    await work.finish(0);
    const before = isLeft;
    await work.finish(1);
    await left;

    expect(before).toBe(false);
    await expect(pending).resolves.toEqual({ done: true, value: undefined });
  });

  it("reports what fails after it was left, once for each", async () => {
    const { reports, onDetached } = recordDetached();
    const failures = [new Error("zero"), new Error("one")];
    const work = new Work();
    const items = run(from([0, 1], { onDetached }), work.run, {
      concurrency: 2,
    });
    const pending = items.next();
    await loopTurns();

    const left = items.return();
    await work.fail(0, failures[0]);
    await work.fail(1, failures[1]);
    await Promise.all([left, pending]);

    expect(reports.map(({ cause }) => cause)).toEqual(failures);
  });

  it("holds a permit of a semaphore for each that is under way", async () => {
    const semaphore = new Semaphore(2);
    const work = new Work();
    const { done } = collect(
      run(from([0, 1, 2]), work.run, {
        concurrency: semaphore,
        ordered: false,
      }),
    );
    await loopTurns();
    const free = [semaphore.available];

    for (const item of [0, 1, 2]) await work.finish(item);
    await done;
    free.push(semaphore.available);

    expect(free).toEqual([0, 2]);
    expect(work.most).toBe(2);
  });

  it("shares a semaphore with other streams", async () => {
    const semaphore = new Semaphore(2);
    const work = new Work();
    const options = { concurrency: semaphore, ordered: false };
    const all = [
      collect(run(from([0, 1]), work.run, options)),
      collect(run(from([2, 3]), work.run, options)),
    ];
    await loopTurns();
    const begun = work.begun.length;

    for (const item of [0, 1, 2, 3, 0, 1, 2, 3]) await work.finish(item);
    await Promise.all(all.map(({ done }) => done));

    expect(begun).toBe(2);
    expect(work.most).toBe(2);
    expect(semaphore.available).toBe(2);
  });

  it("waits for a permit that somebody else holds", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.tryAcquire();
    const work = new Work();
    const { seen, done } = collect(
      run(from([0]), work.run, { concurrency: semaphore }),
    );
    await loopTurns();
    const before = [...work.begun];

    permit?.release();
    await loopTurns();
    await work.finish(0);
    await done;

    expect(before).toEqual([]);
    expect(seen).toEqual([0]);
  });

  it("leaves the queue of a semaphore when it is left", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.tryAcquire();
    const work = new Work();
    const items = run(from([0]), work.run, { concurrency: semaphore });
    const pending = items.next();
    await loopTurns();

    await items.return();
    permit?.release();
    await pending;

    expect(semaphore.available).toBe(1);
    expect(work.begun).toEqual([]);
  });

  it("gives its permits back when it fails", async () => {
    const semaphore = new Semaphore(2);
    const { onDetached } = recordDetached();
    const items = run(
      from([0, 1, 2, 3], { onDetached }),
      () => Promise.reject(new Error("work")),
      { concurrency: semaphore },
    );

    await errorOf(items.toArray());
    await loopTurns();

    expect(semaphore.available).toBe(2);
  });

  it("takes every item once, however the work is scheduled", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 2, max: 4 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 8 }),
        async (scheduler, concurrency, ordered, length) => {
          const source = Array.from({ length }, (_, item) => item);
          let running = 0;
          let most = 0;
          const work = async (item: number): Promise<number> => {
            most = Math.max(most, ++running);
            await scheduler.schedule(Promise.resolve(), `item ${item}`);
            running -= 1;
            return item;
          };
          const all = run(from(source), work, {
            concurrency,
            ordered,
          }).toArray();

          await scheduler.waitIdle();
          const items = await all;

          expect(most).toBe(Math.min(concurrency, length));
          expect(ordered ? items : items.sort((a, b) => a - b)).toEqual(source);
        },
      ),
    );
  });
});

describe("map() with concurrency", () => {
  it("tells those that run when what is below needs no more, and waits for them", async () => {
    const [source, track] = tracked([0, 1, 2, 3]);
    let running = 0;
    const items = from(source).map(
      async (item, { signal }) => {
        if (item === 0) return item;
        running += 1;
        await new Promise((resolve) => {
          signal.addEventListener("abort", resolve);
        });
        running -= 1;
        return item;
      },
      { concurrency: 3 },
    );

    const first = await items.take(1).toArray();

    expect(first).toEqual([0]);
    expect(running).toBe(0);
    expect(track.closed).toBe(1);
  });

  it("begins the next when one is taken", async () => {
    const work = new Work();
    const items = from([0, 1, 2, 3]).map(work.run, {
      concurrency: 2,
      ordered: false,
    });
    const first = items.next();
    await loopTurns();

    await work.finish(0);
    await first;

    expect(work.begun).toEqual([0, 1, 2]);
    for (const item of [1, 2]) await work.finish(item);
    await items.return();
  });
});

describe("filter() with concurrency", () => {
  it("leaves out what is not wanted, in order", async () => {
    const items = from([0, 1, 2, 3, 4]).filter(
      async (item) => {
        await loopTurns();
        return item % 2 === 0;
      },
      { concurrency: 3 },
    );

    await expect(items.toArray()).resolves.toEqual([0, 2, 4]);
  });

  it("gives nothing where nothing is wanted", async () => {
    const items = from([0, 1, 2]).filter(async () => false, {
      concurrency: 2,
    });

    await expect(items.toArray()).resolves.toEqual([]);
  });
});

describe("flatMap() with concurrency", () => {
  it("loads one item of each source ahead, and gives them in order", async () => {
    const [first, firstTrack] = tracked(["a", "b"]);
    const [second, secondTrack] = tracked(["c", "d"]);
    const sources = [first, second];
    const items = from([0, 1]).flatMap((index) => sources[index] ?? [], {
      concurrency: 2,
    });

    await items.next();
    await loopTurns();
    const pulled = [firstTrack.pulled, secondTrack.pulled];
    const rest = await items.toArray();

    expect(pulled[1]).toBe(1);
    expect(rest).toEqual(["b", "c", "d"]);
  });

  it("gives the items as they come, in turn, without order", async () => {
    const [first] = tracked(["a", "b"]);
    const [second] = tracked(["c", "d"]);
    const sources = [first, second];

    const items = await from([0, 1])
      .flatMap((index) => sources[index] ?? [], {
        concurrency: 2,
        ordered: false,
      })
      .toArray();

    expect([...items].sort()).toEqual(["a", "b", "c", "d"]);
    expect(items.slice(0, 2).sort()).toEqual(["a", "c"]);
  });

  it.each([true, false])(
    "has no more sources open than it may (ordered: %o)",
    async (ordered) => {
      let open = 0;
      let most = 0;
      const [outer] = tracked([0, 1, 2, 3, 4]);
      const items = from(outer).flatMap(
        async function* (item) {
          most = Math.max(most, ++open);
          await loopTurns();
          yield item;
          open -= 1;
        },
        { concurrency: 2, ordered },
      );

      const all = await items.toArray();

      expect(all.sort()).toEqual([0, 1, 2, 3, 4]);
      expect(most).toBe(2);
    },
  );

  it.each([true, false])(
    "closes all sources that are open when it is left (ordered: %o)",
    async (ordered) => {
      const inner = [0, 1, 2].map(() => tracked([1, 2, 3]));
      const [outer, outerTrack] = tracked([0, 1, 2]);
      const items = from(outer).flatMap((index) => inner[index]?.[0] ?? [], {
        concurrency: 2,
        ordered,
      });
      await items.next();
      await loopTurns();

      await items.return();

      expect(outerTrack.closed).toBe(1);
      expect(inner.map(([, track]) => track.open)).toEqual([0, 0, 0]);
      expect(inner.map(([, track]) => track.closed)).toEqual([1, 1, 0]);
    },
  );

  it.each([true, false])(
    "closes a source that comes too late (ordered: %o)",
    async (ordered) => {
      const [late, track] = tracked([1], { form: "async-iterator" });
      const work = createDeferred<AsyncIterable<number>>();
      const items = from([0, 1]).flatMap(() => work.promise, {
        concurrency: 2,
        ordered,
      });
      const pending = items.next();
      await loopTurns();

      const left = items.return();
      work.resolve(late);
      await Promise.all([left, pending]);

      expect(track.returned).toBeGreaterThan(0);
      expect(track.open).toBe(0);
    },
  );

  it.each([true, false])(
    "closes a source that its callback gives after it has left (ordered: %o)",
    async (ordered) => {
      const [inner, track] = tracked([1], { form: "async-iterator" });
      const items: Stream<number> = from([0]).flatMap(
        () => {
          left = items.return();
          return inner;
        },
        { concurrency: 2, ordered },
      );
      let left: Promise<unknown> | undefined;

      await items.next();
      await left;

      expect(track).toMatchObject({ pulled: 0, returned: 1 });
    },
  );

  it.each([true, false])(
    "fails with what one of its sources fails with, and closes the others (ordered: %o)",
    async (ordered) => {
      const failure = new Error("inner");
      const [bad] = tracked<number>([], { error: failure });
      const [good, track] = tracked([1, 2, 3], { form: "async-iterator" });
      const [outer, outerTrack] = tracked([0, 1, 2]);

      const error = await errorOf(
        from(outer)
          .flatMap((index) => (index === 0 ? bad : good), {
            concurrency: 2,
            ordered,
          })
          .toArray(),
      );

      expect(error).toBe(failure);
      expect(outerTrack.closed).toBe(1);
      expect(track.open).toBe(track.opened - track.closed);
    },
  );
});
