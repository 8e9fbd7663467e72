import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sleep } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../support/error-of.ts";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

async function readAll<T>(
  source: AsyncIterable<T> | Iterable<T>,
): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function readFirst(
  source: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<void> {
  for await (const _ of source) break;
}

const forms = [
  "async-iterable",
  "async-iterator",
  "iterable",
  "iterator",
  "readable-stream",
] as const;

const openForms = ["async-iterator", "iterator", "readable-stream"] as const;

describe.each(forms)("tracked(): a source of the form %s", (form) => {
  it("gives its items in order, and ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.anything()), async (items) => {
        const [source, track] = tracked(items, { form });

        expect(await readAll(source)).toEqual(items);
        expect(track).toMatchObject({
          opened: 1,
          pulled: items.length + 1,
          returned: 0,
          closed: 0,
          open: 0,
          pending: 0,
        });
      }),
    );
  });

  it("is closed by whoever leaves it", async () => {
    const [source, track] = tracked([1, 2, 3], { form });

    await readFirst(source);

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1, open: 0 });
  });

  it("takes no item before it is asked for one", async () => {
    let taken = 0;
    function* items() {
      for (;;) yield ++taken;
    }
    const [source] = tracked(items(), { form });

    await readFirst(source);

    expect(taken).toBe(1);
  });

  it("notes what is done with it, in order", async () => {
    const [source, track] = tracked(["a"], { form });

    await readAll(source);

    expect(track.events.filter((event) => event !== "opened")).toEqual([
      "pulled",
      'gave "a"',
      "pulled",
      "ended",
    ]);
  });

  it("tells a log that it shares with others, behind its name", async () => {
    const log: string[] = ["begin"];
    const [source, track] = tracked([1], { form, log, name: "numbers" });

    await readFirst(source);

    expect(log).toEqual([
      "begin",
      ...track.events.map((event) => `numbers ${event}`),
    ]);
  });

  it.each([new Error("source"), undefined, null, "text"])(
    "fails with %o after its items, by identity",
    async (error) => {
      const items: number[] = [];
      const [source, track] = tracked([1, 2], { form, error });

      const thrown = await errorOf(
        (async () => {
          for await (const item of source) items.push(item);
        })(),
      );

      expect(thrown).toBe(error);
      expect(items).toEqual([1, 2]);
      expect(track.events.at(-1)).toBe("failed");
      expect(track).toMatchObject({ returned: 0, open: 0 });
    },
  );

  it("fails on closing, when that is through", async () => {
    const closeError = new Error("close");
    const [source, track] = tracked([1, 2], { form, closeError });

    const thrown = await errorOf(readFirst(source));

    expect(thrown).toBe(closeError);
    expect(track).toMatchObject({ returned: 1, closed: 1, open: 0 });
  });

  it("refuses what is no time", () => {
    expect(() => tracked([], { form, delay: "1" as never })).toThrow(TypeError);
    expect(() => tracked([], { form, closeDelay: NaN })).toThrow(TypeError);
  });

  it("refuses to be stuck and to fail", () => {
    expect(() => tracked([], { form, stuck: true, error: 1 })).toThrow(
      TypeError,
    );
  });
});

describe.each(["async-iterable", "iterable"] as const)(
  "tracked(): a source of the form %s",
  (form) => {
    it("is opened each time that its iterator is asked for, and not before", async () => {
      const [source, track] = tracked([1], { form });
      const before = track.opened;

      await readAll(source);
      await readAll(source);

      expect(before).toBe(0);
      expect(track.opened).toBe(2);
      expect(track.events[0]).toBe("opened");
    });

    it("goes through its items anew each time", async () => {
      const [source] = tracked([1, 2], { form });
      await readFirst(source);

      expect(await readAll(source)).toEqual([1, 2]);
    });
  },
);

describe.each(openForms)("tracked(): a source of the form %s", (form) => {
  it("is open from the beginning", () => {
    const [, track] = tracked([1], { form });

    expect(track).toMatchObject({ opened: 1, open: 1, events: [] });
  });
});

describe.each(["iterable", "iterator"] as const)(
  "tracked(): a source of the form %s",
  (form) => {
    it.each([
      { delay: 0 },
      { stuck: true },
      { closeDelay: 1 },
      { closeStuck: true },
      { onReturn: "settle" },
    ] as const)("refuses %o", (option) => {
      expect(() => tracked([], { form, ...option })).toThrow(TypeError);
    });

    it("says why it refuses", () => {
      expect(() => tracked([], { form, delay: 1 })).toThrow(
        "Cannot make a source with 'delay': it is synchronous, and cannot wait",
      );
    });

    it("takes a `false` for what it cannot be anyway", () => {
      const options = { form, stuck: false, closeStuck: false };

      expect(() => tracked([], options)).not.toThrow();
    });

    it("gives promises as they are", () => {
      const promise = Promise.resolve(1);
      const [source] = tracked([promise], { form });

      expect([...source]).toEqual([promise]);
    });
  },
);

describe("tracked(): an iterator", () => {
  it("can be closed before it is asked for anything", async () => {
    const [source, track] = tracked([1], { form: "async-iterator" });

    const result = await source.return?.();

    expect(result).toEqual({ done: true, value: undefined });
    expect(track.events).toEqual(["returned", "closed"]);
    expect(track.open).toBe(0);
  });

  it("has no more when it is closed", async () => {
    const [source, track] = tracked([1], { form: "async-iterator" });
    await source.return?.();

    const result = await source.next();

    expect(result).toEqual({ done: true, value: undefined });
    expect(track.events).toEqual(["returned", "closed", "pulled"]);
  });

  it("ends once", async () => {
    const [source, track] = tracked([], { form: "async-iterator" });
    await source.next();

    const result = await source.next();

    expect(result).toEqual({ done: true, value: undefined });
    expect(track.events).toEqual(["pulled", "ended", "pulled"]);
  });

  it("fails once", async () => {
    const [source] = tracked([], { form: "async-iterator", error: "source" });
    await errorOf(source.next());

    const result = await source.next();

    expect(result).toEqual({ done: true, value: undefined });
  });

  it("counts how often it is closed", async () => {
    const [source, track] = tracked([1], { form: "async-iterator" });

    await Promise.all([source.return?.(), source.return?.()]);

    expect(track).toMatchObject({ returned: 2, closed: 2, open: 0 });
  });

  it("is its own iterable, and is not opened by that", () => {
    const [source, track] = tracked([1], { form: "async-iterator" });

    expect(source[Symbol.asyncIterator]()).toBe(source);
    expect(track.opened).toBe(1);
  });

  it("notes where one item is asked for before another is there", async () => {
    const [source, track] = tracked([1, 2, 3], {
      form: "async-iterator",
      delay: 10,
    });

    const results = await virtualClock().run(async () => {
      const together = [source.next(), source.next()];
      return [...(await Promise.all(together)), await source.next()];
    });

    expect(results.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(track.mostPending).toBe(2);
  });
});

describe("tracked(): time", () => {
  it("takes so long for each answer, the last included", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { delay: 10 });

    const items = await clock.run(() => readAll(source));

    expect(items).toEqual([1, 2]);
    expect(clock.steps).toEqual([10, 20, 30]);
  });

  it("answers in order, even after the end", async () => {
    const answered: number[] = [];
    const [source] = tracked([1], { form: "async-iterator", delay: 10 });

    await virtualClock().run(() =>
      Promise.all(
        [0, 1, 2, 3].map((call) =>
          source.next().then(() => answered.push(call)),
        ),
      ),
    );

    expect(answered).toEqual([0, 1, 2, 3]);
  });

  it("takes no time where the end has been told", async () => {
    const clock = virtualClock();
    const [source] = tracked([], { form: "async-iterator", delay: 10 });

    await clock.run(async () => {
      await source.next();
      await source.next();
    });

    expect(clock.steps).toEqual([10]);
  });

  it("takes so long to fail", async () => {
    const clock = virtualClock();
    const [source] = tracked([], { delay: 10, error: "source" });

    const error = await clock.run(() => errorOf(readAll(source)));

    expect(error).toBe("source");
    expect(clock.steps).toEqual([10]);
  });

  it("takes so long to close", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], { closeDelay: 10 });

    await clock.run(async () => {
      const reading = readFirst(source);
      await clock.waitUntilIdle();
      expect(track).toMatchObject({ returned: 1, closed: 0, open: 1 });
      await reading;
    });

    expect(track).toMatchObject({ returned: 1, closed: 1, open: 0 });
    expect(clock.steps).toEqual([10]);
  });

  it("takes so long to fail on closing", async () => {
    const clock = virtualClock();
    const [source] = tracked([1], { closeDelay: 10, closeError: "close" });

    const error = await clock.run(() => errorOf(readFirst(source)));

    expect(error).toBe("close");
    expect(clock.steps).toEqual([10]);
  });

  it("never answers after its items where it is stuck", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], { stuck: true });

    const error = await errorOf(clock.run(() => readAll(source)));

    expect(error).toHaveProperty("name", "DeadlockError");
    expect(track).toMatchObject({ pulled: 2, pending: 1, open: 1 });
  });

  it("never closes where it is stuck at that", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], { closeStuck: true });

    const error = await errorOf(clock.run(() => readFirst(source)));

    expect(error).toHaveProperty("name", "DeadlockError");
    expect(track).toMatchObject({ returned: 1, closed: 0, open: 1 });
  });
});

describe("tracked(): what return() does about calls that wait", () => {
  const form = "async-iterator";

  it.each([{ stuck: true }, { delay: 1000 }, { delay: 1000, error: "late" }])(
    "answers them as done: %o",
    async (options) => {
      const clock = virtualClock();
      const [source, track] = tracked([], { form, ...options });

      const results = await clock.run(async () => {
        const waiting = [source.next(), source.next()];
        await source.return?.();
        return Promise.all(waiting);
      });

      expect(results.map(({ done }) => done)).toEqual([true, true]);
      expect(track.pending).toBe(0);
      expect([clock.steps, clock.pending]).toEqual([[], 0]);
    },
  );

  it("leaves them where it is told to ignore them", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], {
      form,
      delay: 10,
      onReturn: "ignore",
    });

    const result = await clock.run(async () => {
      const waiting = source.next();
      await source.return?.();
      return waiting;
    });

    expect(result.value).toBe(1);
    expect(track.events).toEqual(["pulled", "returned", "closed", "gave 1"]);
  });

  it("waits for them where it is told to queue", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], {
      form,
      delay: 10,
      closeDelay: 5,
      onReturn: "queue",
    });

    await clock.run(() =>
      Promise.all([source.next(), source.return?.(), source.return?.()]),
    );

    expect(track.events).toEqual([
      "pulled",
      "returned",
      "returned",
      "gave 1",
      "closed",
      "closed",
    ]);
    expect(clock.steps).toEqual([10, 15]);
  });

  it("waits for all of them where it is told to queue", async () => {
    const [source, track] = tracked([1, 2], {
      form,
      delay: 10,
      onReturn: "queue",
    });

    await virtualClock().run(() =>
      Promise.all([source.next(), source.next(), source.return?.()]),
    );

    expect(track.events.slice(3)).toEqual(["gave 1", "gave 2", "closed"]);
  });

  it("waits for none where it is told to queue, and none waits", async () => {
    const [source, track] = tracked([1], { form, onReturn: "queue" });
    await source.next();

    await source.return?.();

    expect(track.closed).toBe(1);
  });

  it("waits for ever where it is told to queue, and is stuck", async () => {
    const [source] = tracked([], { form, stuck: true, onReturn: "queue" });

    const error = await errorOf(
      virtualClock().run(() =>
        Promise.race([source.next(), source.return?.()]),
      ),
    );

    expect(error).toHaveProperty("name", "DeadlockError");
  });

  it("leaves the failure of one that is ignored to who called it", async () => {
    const [source] = tracked([], {
      form,
      delay: 10,
      error: "late",
      onReturn: "ignore",
    });

    const unhandled = await findUnhandledRejections(() =>
      virtualClock().run(async () => {
        const dropped = [source.next()];
        await source.return?.();
        await sleep(10);
        return dropped.length;
      }),
    );

    expect(unhandled).toEqual(["late"]);
  });
});

describe("tracked(): a web stream", () => {
  it("can be cancelled while it is silent", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([], {
      form: "readable-stream",
      stuck: true,
    });

    const result = await clock.run(async () => {
      const reader = source.getReader();
      const reading = reader.read();
      await clock.waitUntilIdle();
      await reader.cancel();
      return reading;
    });

    expect(result).toEqual({ done: true, value: undefined });
    expect(track.events).toEqual(["pulled", "returned", "closed"]);
  });

  it("drops what it would give when it has been cancelled", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], {
      form: "readable-stream",
      delay: 10,
      onReturn: "ignore",
    });

    const unhandled = await findUnhandledRejections(() =>
      clock.run(async () => {
        const reader = source.getReader();
        const reading = reader.read();
        await clock.waitUntilIdle();
        await reader.cancel();
        await reading;
        await sleep(10);
      }),
    );

    expect(unhandled).toEqual([]);
    expect(track.events).toEqual(["pulled", "returned", "closed", "gave 1"]);
  });
});

describe("tracked(): misuse", () => {
  it("refuses a form that there is not", () => {
    expect(() => tracked([], { form: "array" as never })).toThrow(
      new TypeError('Cannot make a source of the form "array": there is none'),
    );
  });

  it("says that what is stuck cannot fail", () => {
    expect(() => tracked([], { stuck: true, error: undefined })).toThrow(
      "Cannot make a source with 'error': it is stuck, and does not get there",
    );
  });
});
