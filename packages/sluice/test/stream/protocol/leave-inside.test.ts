import { describe, expect, it } from "vitest";
import { concat, from, merge, zip, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";

const end = { done: true, value: undefined };

type Callback = (item: number) => unknown;

/** What calls a callback, and what reads it; its answer lets the item pass. */
const callers: [
  string,
  (items: Stream<number>, callback: Callback) => Stream<unknown>,
][] = [
  ["map()", (items, callback) => items.map(callback)],
  [
    "map() after map()",
    (items, callback) => items.map((item) => item).map(callback),
  ],
  ["filter()", (items, callback) => items.filter(callback)],
  ["tap()", (items, callback) => items.tap(callback)],
  ["takeWhile()", (items, callback) => items.takeWhile(callback)],
  ["dropWhile()", (items, callback) => items.dropWhile(callback)],
  [
    "scan()",
    (items, callback) => items.scan<unknown>((_, item) => callback(item), 0),
  ],
  [
    "map() with concurrency",
    (items, callback) => items.map(callback, { concurrency: 2 }),
  ],
  [
    "unordered map() with concurrency",
    (items, callback) =>
      items.map(callback, { concurrency: 2, ordered: false }),
  ],
  ["buffered()", (items, callback) => items.map(callback).buffered(2)],
  [
    "a part of concat()",
    (items, callback) => concat(items.map(callback), from([8])),
  ],
  [
    "a part of merge()",
    (items, callback) => merge(items.map(callback), from([])),
  ],
  ["a part of zip()", (items, callback) => zip([items.map(callback)])],
  [
    "a source of flatMap()",
    (items, callback) => from([0]).flatMap(() => items.map(callback)),
  ],
  ["catch()", (items, callback) => items.map(callback).catch(() => [])],
  ["onClose()", (items, callback) => items.map(callback).onClose(() => {})],
  ["a branch of tee()", (items, callback) => items.map(callback).tee(1)[0]],
];

describe.each(callers)("a stream that a callback of %s leaves", (_, call) => {
  it("waits for the promise that the callback gives, and then closes its source", async () => {
    const log: string[] = [];
    const work = createDeferred();
    const [source] = tracked([1, 2], { log, name: "source" });
    const items = call(from<number>(source), () => {
      left = items.return().then(() => log.push("left"));
      return work.promise.then(() => log.push("callback ended"));
    });
    let left: Promise<unknown> | undefined;

    await expect(items.next()).resolves.toEqual(end);
    await loopTurns();
    log.push("callback goes on");
    work.resolve();
    await left;

    expect(log.slice(log.indexOf("callback goes on"))).toEqual([
      "callback goes on",
      "callback ended",
      "source returned",
      "source closed",
      "left",
    ]);
  });

  it("waits for that promise no longer than the grace", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source, track] = tracked([1, 2]);

    await clock.run(async () => {
      const items = call(from<number>(source, { onDetached }), () => {
        left = items.return();
        return new Promise(() => {});
      });
      let left: Promise<unknown> | undefined;
      await items.next();
      await left;
    });

    expect(clock.steps).toEqual([1000]);
    expect(reports).toHaveLength(1);
    expect(track.closed).toBe(1);
  });

  it.each([
    ["at once", (): unknown => true],
    ["later", (): unknown => Promise.resolve(true)],
  ])(
    "calls nothing behind the callback, which answers %s",
    async (__, answer) => {
      const later: unknown[] = [];
      const [source, track] = tracked([1, 2], { form: "iterable" });
      const items = call(from<number>(source), () => {
        left = items.return();
        return answer();
      })
        .tap((item) => void later.push(item))
        .map((item) => item)
        .filter((item) => later.push(item));
      let left: Promise<unknown> | undefined;

      await expect(items.next()).resolves.toEqual(end);
      await left;
      await loopTurns();

      expect(later).toEqual([]);
      expect(track).toMatchObject({ returned: 1, closed: 1 });
    },
  );

  it("calls nothing behind the callback once its signal has aborted", async () => {
    const reason = new Error("aborted");
    const controller = new AbortController();
    const { signal } = controller;
    const later: unknown[] = [];
    const [source, track] = tracked([1, 2], { form: "iterable" });
    const items = call(from<number>(source, { signal }), () => {
      controller.abort(reason);
      return true;
    }).tap((item) => void later.push(item));

    expect(await errorOf(items.next())).toBe(reason);
    await loopTurns();

    expect(later).toEqual([]);
    expect(track).toMatchObject({ returned: 1, closed: 1 });
  });

  it("drops what a sink would have been given", async () => {
    const given: unknown[] = [];
    const [source, track] = tracked([1, 2]);
    const items = call(from<number>(source), () => {
      left = items.return();
      return true;
    });
    let left: Promise<unknown> | undefined;

    const error = await errorOf(items.forEach((item) => void given.push(item)));
    await left;

    expect(error).toMatchObject({ code: "SLUICE_CANCELLED" });
    expect(given).toEqual([]);
    expect(track.closed).toBe(1);
  });

  it.each([
    [
      "throws",
      (failure: Error) => {
        throw failure;
      },
    ],
    ["rejects with", (failure: Error) => Promise.reject(failure)],
  ])("reports what the callback %s afterwards", async (__, fail) => {
    const failure = new Error("late");
    const { reports, onDetached } = recordDetached();
    const [source, track] = tracked([1, 2]);
    const items = call(from<number>(source, { onDetached }), () => {
      left = items.return();
      return fail(failure);
    });
    let left: Promise<unknown> | undefined;

    await expect(items.next()).resolves.toEqual(end);
    await left;

    expect(reports.map(({ cause }) => cause)).toEqual([failure]);
    expect(track.closed).toBe(1);
  });
});

/** What calls a callback that gives a source. */
const openers: [
  string,
  (
    items: Stream<number>,
    callback: (item: unknown) => AsyncIterable<unknown>,
  ) => Stream<unknown>,
][] = [
  ["flatMap()", (items, callback) => items.flatMap(callback)],
  [
    "flatMap() with concurrency",
    (items, callback) => items.flatMap(callback, { concurrency: 2 }),
  ],
  [
    "unordered flatMap() with concurrency",
    (items, callback) =>
      items.flatMap(callback, { concurrency: 2, ordered: false }),
  ],
  ["switchMap()", (items, callback) => items.switchMap(callback)],
  [
    "catch()",
    (items, callback) =>
      items
        .tap(() => {
          throw new Error("recovered from");
        })
        .catch(callback),
  ],
];

describe.each(openers)("a stream that a callback of %s leaves", (_, call) => {
  it("closes the source that the callback gives, and reads nothing of it", async () => {
    const [outer, outerTrack] = tracked([1, 2]);
    const [inner, track] = tracked([1], {
      form: "async-iterator",
      closeDelay: 10,
    });
    const clock = virtualClock();

    const moment = await clock.run(async () => {
      const items = call(from<number>(outer), () => {
        left = items.return();
        return inner;
      });
      let left: Promise<unknown> | undefined;
      await expect(items.next()).resolves.toEqual(end);
      await left;
      return clock.now();
    });

    expect(moment).toBe(10);
    expect(track).toMatchObject({ pulled: 0, returned: 1, closed: 1 });
    expect(outerTrack).toMatchObject({ pulled: 1, closed: 1 });
  });

  it("does not mind that the callback gives none", async () => {
    const { reports, onDetached } = recordDetached();
    const items = call(from([1, 2], { onDetached }), () => {
      left = items.return();
      // The types would not let it.
      return undefined as never;
    });
    let left: Promise<unknown> | undefined;

    await expect(items.next()).resolves.toEqual(end);
    await left;

    expect(reports).toEqual([]);
  });
});

describe("a stream that is left from inside", () => {
  it("does not call the next of the steps that are run ahead", async () => {
    const work = createDeferred<number>();
    const later: unknown[] = [];
    const items = from([1])
      .map(() => work.promise)
      .tap((item) => void later.push(item))
      .buffered(2);
    const pending = items.next();
    await loopTurns();

    const left = items.return();
    work.resolve(1);
    await Promise.all([left, pending]);

    expect(later).toEqual([]);
  });

  it("reads no other source of a combination", async () => {
    const [other, track] = tracked([1], { form: "async-iterator" });
    const first: Stream<number> = from([1]).map((item) => {
      left = items.return();
      return item;
    });
    const items = zip([first, other]);
    let left: Promise<unknown> | undefined;

    await expect(items.next()).resolves.toEqual(end);
    await left;

    expect(track).toMatchObject({ pulled: 0, returned: 1 });
  });

  it("fails as what it is made into with the reason of its signal", async () => {
    const reason = new Error("aborted");
    const controller = new AbortController();
    const { signal } = controller;
    const later: unknown[] = [];
    const inner = from([1, 2], { signal }).filter(() => {
      controller.abort(reason);
      return false;
    });
    const items = concat(inner, [3]).tap((item) => void later.push(item));

    expect(await errorOf(items.next())).toBe(reason);
    expect(later).toEqual([]);
  });

  it("calls nothing of what was begun before it was handed on", async () => {
    const later: unknown[] = [];
    const begun: Stream<number> = from([1, 2])
      .map((item) => {
        if (item === 2) left = rest.return();
        return item;
      })
      .tap((item) => void later.push(item));
    await begun.next();
    const rest = begun.map(String);
    let left: Promise<unknown> | undefined;

    await expect(rest.next()).resolves.toEqual(end);
    await left;

    expect(later).toEqual([1]);
  });

  it("calls nothing before a tee() once all branches are left", async () => {
    const later: unknown[] = [];
    const branches = from([1])
      .map((item) => {
        left = Promise.all(branches.map((branch) => branch.return()));
        return item;
      })
      .tap((item) => void later.push(item))
      .tee(2);
    let left: Promise<unknown> | undefined;

    const result = await branches[0].next();
    expect(result).toEqual(end);
    await left;

    expect(later).toEqual([]);
  });

  it("waits for the hook of onClose() that leaves it", async () => {
    const work = createDeferred();
    const log: string[] = [];
    const items: Stream<number> = from<number>([]).onClose(() => {
      left = items.return().then(() => log.push("left"));
      return work.promise.then(() => void log.push("hook ended"));
    });
    let left: Promise<unknown> | undefined;

    const pending = items.next();
    await loopTurns();
    work.resolve();
    await Promise.all([pending, left]);

    expect(log).toEqual(["hook ended", "left"]);
  });
});
