import { describe, expect, it } from "vitest";
import { errorContext, from, stream, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

const end = { done: true, value: undefined };

/** The ways of leaving a stream; what each gives is handled. */
const ways: [string, (items: Stream<unknown>) => Promise<unknown>][] = [
  ["return()", (items) => items.return()],
  ["throw()", (items) => errorOf(items.throw(new Error("thrown in")))],
  ["disposal", (items) => items[Symbol.asyncDispose]()],
];

describe.each(ways)("%s", (_, leave) => {
  it("before the first read closes an iterator that is there", async () => {
    const [source, track] = tracked([1, 2], { form: "async-iterator" });
    const items = from(source);

    await leave(items);

    expect(track.events).toEqual(["returned", "closed"]);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("before the first read does not ask an iterable for an iterator", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);

    await leave(items);

    expect(track.events).toEqual([]);
    await expect(items.next()).resolves.toEqual(end);
    expect(track.events).toEqual([]);
  });

  it("before the first read closes the sources of a combination", async () => {
    const [source, track] = tracked([1, 2], { form: "async-iterator" });
    const items = from(source).flatMap(() => [1]);

    await leave(items.take(1).map(String));

    expect(track.closed).toBe(1);
  });

  it("between two items closes the source", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);
    await items.next();

    await leave(items);

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
    await expect(items.next()).resolves.toEqual(end);
  });

  it("between two items closes a synchronous source", async () => {
    const [source, track] = tracked([1, 2], { form: "iterable" });
    const items = from(source);
    await items.next();

    await leave(items);

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
  });

  it("answers a call that waits with the end, and closes the source", async () => {
    const [source, track] = tracked<number>([], { stuck: true });
    const items = from(source);
    const pending = items.next();

    await leave(items);

    await expect(pending).resolves.toEqual(end);
    expect(track).toMatchObject({ returned: 1, closed: 1 });
  });

  it("answers a call that waits before the source has closed", async () => {
    const clock = virtualClock();
    const [source] = tracked<number>([], { stuck: true, closeDelay: 10 });

    const moment = await clock.run(async () => {
      const items = from(source);
      const pending = items.next().then(() => clock.now());
      await leave(items);
      return pending;
    });

    expect(moment).toBe(0);
    expect(clock.steps).toEqual([10]);
  });

  it("drops the item that was on its way", async () => {
    const item = createDeferred<number>();
    const items = from([item.promise, 2]);
    const pending = items.next();

    const left = leave(items);
    item.resolve(1);
    await left;

    await expect(pending).resolves.toEqual(end);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("out of a callback ends the call that runs, and closes the source once", async () => {
    const [source, track] = tracked([1, 2, 3], { form: "iterable" });
    let left: Promise<unknown> | undefined;
    const items: Stream<number> = from(source).map((item) => {
      left = leave(items);
      return item;
    });

    const result = await items.next();
    await left;

    expect(result).toEqual(end);
    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
  });

  it("out of a callback that gives nothing on reads no further", async () => {
    const [source, track] = tracked([1, 2, 3], { form: "iterable" });
    let left: Promise<unknown> | undefined;
    const items: Stream<number> = from(source).filter((item) => {
      if (item === 2) left = leave(items);
      return false;
    });

    const result = await items.next();
    await left;

    expect(result).toEqual(end);
    expect(track).toMatchObject({ pulled: 2, returned: 1 });
  });

  it("out of the source ends the call that runs", async () => {
    let left: Promise<unknown> | undefined;
    const items: Stream<number> = from({
      next() {
        left = leave(items);
        return { done: false, value: 1 };
      },
    });

    const result = await items.next();
    await left;

    expect(result).toEqual(end);
  });

  it.each([0, 1])(
    "awaited by a callback, after %i turns, waits for that callback no longer than the grace",
    async (turns) => {
      const clock = virtualClock();
      const { reports, onDetached } = recordDetached();
      const [source, track] = tracked([1, 2]);

      await clock.run(async () => {
        const items: Stream<number> = from(source, { onDetached }).map(
          async (item) => {
            for (let turn = 0; turn < turns; turn++) await undefined;
            // It waits for the callback, and that for it.
            await leave(items);
            return item;
          },
        );
        await expect(items.next()).resolves.toEqual(end);
        await items.return();
      });

      expect(clock.steps).toEqual([1000]);
      expect(reports).toMatchObject([{ code: "SLUICE_DETACHED" }]);
      expect(track.closed).toBe(1);
    },
  );

  it("after the end does nothing", async () => {
    const [source, track] = tracked([1]);
    const items = from(source);
    await items.next();
    await items.next();

    await leave(items);

    expect(track.returned).toBe(0);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("after a failure does nothing", async () => {
    const failure = new Error("broken");
    const { reports, onDetached } = recordDetached();
    const [source, track] = tracked([], { error: failure });
    const items = from(source, { onDetached });
    await errorOf(items.next());

    await leave(items);

    expect(track.returned).toBe(0);
    expect(reports).toEqual([]);
  });

  it("twice closes the source once", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);
    await items.next();

    await leave(items);
    await leave(items);

    expect(track).toMatchObject({ returned: 1, closed: 1 });
  });

  it("twice at once waits both times until the source has closed", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });

    const moments = await clock.run(async () => {
      const items = from(source);
      await items.next();
      return Promise.all([
        leave(items).then(() => clock.now()),
        leave(items).then(() => clock.now()),
      ]);
    });

    expect(moments).toEqual([10, 10]);
  });

  it("waits for a callback that runs", async () => {
    const clock = virtualClock();
    const work = createDeferred<number>();

    const log: string[] = [];
    await clock.run(async () => {
      const items = from([1]).map(async () => {
        const item = await work.promise;
        log.push("the callback is through");
        return item;
      });
      const pending = items.next();
      const left = leave(items).then(() => log.push("it is left"));
      await clock.waitUntilIdle();
      work.resolve(1);
      await Promise.all([pending, left]);
    });

    expect(log).toEqual(["the callback is through", "it is left"]);
  });

  it("waits for a generator that cleans up", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });
    const log: string[] = [];

    await clock.run(async () => {
      const items = stream(async function* () {
        try {
          for await (const item of source) yield item;
        } finally {
          log.push(`${clock.now()}`);
        }
      });
      await items.next();
      await leave(items);
      log.push("left");
    });

    expect(log).toEqual(["10", "left"]);
  });

  it("leaves no rejection unhandled", async () => {
    const { onDetached } = recordDetached();
    const [source] = tracked<number>([], {
      error: new Error("late"),
      delay: 0,
      onReturn: "ignore",
      closeError: new Error("close"),
    });

    const unhandled = await findUnhandledRejections(async () => {
      const items = from(source, { onDetached });
      const pending = items.next();
      await leave(items).catch(() => undefined);
      await pending;
    });

    expect(unhandled).toEqual([]);
  });
});

describe("return()", () => {
  it("gives the end", async () => {
    await expect(from([1]).return()).resolves.toEqual(end);
  });

  it("fails with what closing fails with", async () => {
    const failure = new Error("close");
    const [source] = tracked([1, 2], { closeError: failure });
    const items = from(source);
    await items.next();

    await expect(items.return()).rejects.toBe(failure);
  });

  it("fails with what a synchronous source's return() throws", async () => {
    const failure = new Error("close");
    const [source] = tracked([1, 2], { form: "iterable", closeError: failure });
    const items = from(source);
    await items.next();

    await expect(items.return()).rejects.toBe(failure);
  });

  it("is satisfied with a source that cannot be closed", async () => {
    const items = from({ next: () => ({ done: false as const, value: 1 }) });
    await items.next();

    await expect(items.return()).resolves.toEqual(end);
  });

  it("settles a native generator that waits only for its own next step", async () => {
    const step = createDeferred();
    const log: string[] = [];
    async function* generate(): AsyncGenerator<number, void, undefined> {
      try {
        await step.promise;
        yield 1;
      } finally {
        log.push("cleaned up");
      }
    }
    const items = from(generate());
    const pending = items.next();

    const left = items.return();
    step.resolve();
    await left;

    expect(log).toEqual(["cleaned up"]);
    await expect(pending).resolves.toEqual(end);
  });
});

describe("throw()", () => {
  it("closes the stream, and fails with what it was given", async () => {
    const failure = new Error("thrown in");
    const [source, track] = tracked([1, 2]);
    const items = from(source);
    await items.next();

    await expect(items.throw(failure)).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("fails with `undefined`, if that was given", async () => {
    await expect(from([1]).throw(undefined)).rejects.toBeUndefined();
  });

  it("fails with what it was given after the end, too", async () => {
    const failure = new Error("thrown in");
    const items = from([]);
    await items.next();

    await expect(items.throw(failure)).rejects.toBe(failure);
  });

  it("fails with what it was given where closing fails; that is its context", async () => {
    const failure = new Error("thrown in");
    const closing = new Error("close");
    const [source] = tracked([1, 2], { closeError: closing });
    const items = from(source);
    await items.next();

    const error = await errorOf(items.throw(failure));

    expect(error).toBe(failure);
    expect(errorContext(error)).toBe(closing);
  });

  it("fails after closing", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });

    const moment = await clock.run(async () => {
      const items = from(source);
      await items.next();
      await errorOf(items.throw(new Error("thrown in")));
      return clock.now();
    });

    expect(moment).toBe(10);
  });
});

describe("disposal", () => {
  it("closes the stream at the end of its block", async () => {
    const [source, track] = tracked([1, 2]);

    {
      await using items = from(source);
      await items.next();
    }

    expect(track.closed).toBe(1);
  });

  it("gives nothing", async () => {
    await expect(from([1])[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });

  it("fails with what closing fails with", async () => {
    const failure = new Error("close");
    const [source] = tracked([1, 2], { closeError: failure });
    const items = from(source);
    await items.next();

    await expect(items[Symbol.asyncDispose]()).rejects.toBe(failure);
  });
});
