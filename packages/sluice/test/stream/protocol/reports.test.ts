import { describe, expect, it } from "vitest";
import { concat, from, iterable, merge, sleep, zip, type Stream } from "sluice";
import { tracked, virtualClock, type TrackedBehaviour } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { recordDetached } from "../../support/record-detached.ts";

/** What cannot be closed: its pull goes on, or its `return()`, or both wait for each other. */
const behaviours: [string, TrackedBehaviour][] = [
  ["whose pull goes on", { stuck: true, onReturn: "ignore" }],
  ["whose return() goes on", { stuck: true, closeStuck: true }],
  [
    "of which both go on",
    { stuck: true, onReturn: "ignore", closeStuck: true },
  ],
  ["whose return() waits for its pull", { stuck: true, onReturn: "queue" }],
];

/** What reads a stream, which has not been started. */
const readers: [string, (items: Stream<number>) => Stream<unknown>][] = [
  ["itself", (items) => items],
  ["map()", (items) => items.map(String)],
  ["a source of flatMap()", (items) => from([0]).flatMap(() => items)],
  [
    "a source of flatMap() that comes later",
    (items) => from([0]).flatMap(async () => items),
  ],
  [
    "a source of flatMap() with concurrency",
    (items) => from([0]).flatMap(() => items, { concurrency: 2 }),
  ],
  [
    "a source of unordered flatMap() with concurrency",
    (items) =>
      from([0]).flatMap(() => items, { concurrency: 2, ordered: false }),
  ],
  ["a source of switchMap()", (items) => from([0]).switchMap(() => items)],
  ["a part of concat()", (items) => concat([], items, [1])],
  ["a part of merge()", (items) => merge(items, [])],
  ["a part of zip()", (items) => zip([items, [1]])],
  ["onClose()", (items) => items.onClose(() => undefined)],
  ["catch()", (items) => items.catch(() => [])],
  ["map() with concurrency", (items) => items.map(String, { concurrency: 2 })],
  ["tee()", (items) => items.tee(1)[0]],
  ["from()", (items) => from(items)],
  [
    "from(), with a signal",
    (items) => from(items, { signal: new AbortController().signal }),
  ],
  ["iterable()", (items) => from(iterable(() => items))],
];

describe.each(behaviours)("a source %s", (_, behaviour) => {
  it.each(readers)("is reported once, read by %s", async (__, read) => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: 50 };
    const [source] = tracked<number>([], behaviour);

    await clock.run(async () => {
      const items = from(read(from(source, options)), options);
      const pending = items.next();
      await clock.waitUntilIdle();
      await items.return();
      await pending;
      // What is reported later is counted, too.
      await sleep(5000);
    });

    expect(reports).toHaveLength(1);
  });

  it("is reported once, read further by another", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1], behaviour);

    await clock.run(async () => {
      const items = from(source, { onDetached });
      await items.next();
      const rest = items.map(String);
      const pending = rest.next();
      await clock.waitUntilIdle();
      await rest.return();
      await pending;
      // What is reported later is counted, too.
      await sleep(5000);
    });

    expect(reports).toHaveLength(1);
    expect(clock.steps[0]).toBe(1000);
  });
});

/** Those that read it, and do not make it when they are read. */
const owners = readers.filter(([name]) => !/source of|iterable/.test(name));

describe("an iterator whose return() goes on", () => {
  it.each(owners)("is reported once, not begun by %s", async (_, read) => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: 50 };
    const [source] = tracked([1], {
      form: "async-iterator",
      closeStuck: true,
    });

    await clock.run(async () => {
      const items = read(from(source, options));
      await from(concat([1], items), options)
        .take(1)
        .toArray();
    });

    expect(reports).toHaveLength(1);
  });
});

/** What calls a callback that gives sources. */
const openers: [
  string,
  (
    items: Stream<number>,
    callback: (item: number) => Promise<Stream<number>>,
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
        .catch(async () => callback(0)),
  ],
];

describe("a source that comes too late, and cannot be closed", () => {
  it.each(openers)("is reported once: %s", async (_, call) => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: 50 };
    const [source] = tracked([1], { form: "async-iterator", closeStuck: true });
    const work = createDeferred();

    await clock.run(async () => {
      const items = call(from([0], options), async () => {
        await work.promise;
        return from<number>(source, options);
      });
      const pending = items.next();
      await clock.waitUntilIdle();
      const left = items.return();
      await sleep(30);
      work.resolve();
      await Promise.all([left, pending]);
      expect(clock.now()).toBe(50);
      await sleep(5000);
    });

    expect(reports).toHaveLength(1);
  });

  it("is reported once where it was loaded ahead", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: 50 };
    const [first] = tracked<number>([], { stuck: true });
    const [second] = tracked<number>([], { stuck: true, onReturn: "ignore" });

    await clock.run(async () => {
      const items = from([first, second], options).flatMap(
        (source) => from(source, options),
        { concurrency: 2 },
      );
      const pending = items.next();
      await clock.waitUntilIdle();
      await items.return();
      await pending;
      // What is reported later is counted, too.
      await sleep(5000);
    });

    expect(reports).toHaveLength(1);
    expect(clock.steps[0]).toBe(50);
  });
});
