import { describe, expect, it } from "vitest";
import { from, merge, range, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

const end = { done: true, value: undefined };
const reason = new Error("enough");

/** Has the second signal of a stream. */
let other = new AbortController();

/** A signal, and how many listeners are on it. */
function countListeners(signal: AbortSignal): { readonly count: number } {
  const counter = { count: 0 };
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: unknown[]) => {
    counter.count += 1;
    Reflect.apply(addEventListener, signal, args);
  };
  signal.removeEventListener = (...args: unknown[]) => {
    counter.count -= 1;
    Reflect.apply(removeEventListener, signal, args);
  };
  return counter;
}

describe("a stream whose signal has aborted before it is read", () => {
  it("fails with the signal's reason, and gives the end from then on", async () => {
    const items = from([1, 2], { signal: AbortSignal.abort(reason) });

    await expect(items.next()).rejects.toBe(reason);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("does not open its source", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source, { signal: AbortSignal.abort(reason) });

    await errorOf(items.next());

    expect(track.events).toEqual([]);
  });

  it("closes an iterator that is there", async () => {
    const [source, track] = tracked([1, 2], { form: "async-iterator" });
    const items = from(source, { signal: AbortSignal.abort(reason) });

    await errorOf(items.next());

    expect(track.events).toEqual(["returned", "closed"]);
  });

  it("fails its sink with the signal's reason", async () => {
    const items = from([1, 2], { signal: AbortSignal.abort(reason) });

    await expect(items.toArray()).rejects.toBe(reason);
  });

  it.each([undefined, null, 0, "enough"])(
    "fails with the reason as it is: %o",
    async (reason) => {
      const signal = AbortSignal.abort(reason);

      const error = await errorOf(from([1], { signal }).next());

      expect(error).toBe(signal.reason);
    },
  );
});

describe("a stream whose signal aborts between two items", () => {
  it("fails the next call with the signal's reason", async () => {
    const controller = new AbortController();
    const [source] = tracked([1, 2]);
    const items = from(source, { signal: controller.signal });
    await items.next();

    controller.abort(reason);

    await expect(items.next()).rejects.toBe(reason);
    await expect(items.next()).resolves.toEqual(end);
  });

  it("closes its source, whether or not it is read on", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const [source, track] = tracked([1, 2]);

    await clock.run(async () => {
      const items = from(source, { signal: controller.signal });
      await items.next();
      controller.abort(reason);
      await clock.waitUntilIdle();
    });

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
  });

  it("asks its source for no more", async () => {
    const controller = new AbortController();
    const [source, track] = tracked([1, 2]);
    const items = from(source, { signal: controller.signal });
    await items.next();

    controller.abort(reason);
    await errorOf(items.next());

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
  });

  it("can be left without an error", async () => {
    const controller = new AbortController();
    const [source, track] = tracked([1, 2]);
    const items = from(source, { signal: controller.signal });
    await items.next();

    controller.abort(reason);

    await expect(items.return()).resolves.toEqual(end);
    expect(track.closed).toBe(1);
  });
});

describe("a stream whose signal aborts while a call waits", () => {
  it("fails that call with the reason, and gives the end to those behind it", async () => {
    const controller = new AbortController();
    const [source, track] = tracked<number>([], { stuck: true });
    const items = from(source, { signal: controller.signal });
    const all = Promise.allSettled([items.next(), items.next(), items.next()]);

    controller.abort(reason);

    await expect(all).resolves.toEqual([
      { status: "rejected", reason },
      { status: "fulfilled", value: end },
      { status: "fulfilled", value: end },
    ]);
    expect(track).toMatchObject({ returned: 1, closed: 1 });
  });

  it("fails that call at once, and not when the source has closed", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const [source, track] = tracked<number>([], {
      stuck: true,
      closeDelay: 10,
    });

    const moment = await clock.run(async () => {
      const items = from(source, { signal: controller.signal });
      const pending = errorOf(items.next()).then(() => clock.now());
      controller.abort(reason);
      const moment = await pending;
      await items.return();
      return moment;
    });

    expect(moment).toBe(0);
    expect(track.closed).toBe(1);
  });

  it("does not fail inside of the call of abort()", async () => {
    const controller = new AbortController();
    const [source] = tracked<number>([], { stuck: true });
    const items = from(source, { signal: controller.signal });
    const log: string[] = [];
    const pending = errorOf(items.next()).then(() => log.push("failed"));

    controller.abort(reason);
    log.push("aborted");
    await pending;

    expect(log).toEqual(["aborted", "failed"]);
  });

  it("ends what its source is silent for, through any operators", async () => {
    const controller = new AbortController();
    const [source, track] = tracked<number>([], { stuck: true });
    const items = from(source, { signal: controller.signal })
      .map(String)
      .buffered(2)
      .chunks(2)
      .timeout(Infinity);
    const pending = items.next();

    controller.abort(reason);

    await expect(pending).rejects.toBe(reason);
    expect(track.closed).toBe(1);
  });

  it("ends a combination of which it is a part", async () => {
    const controller = new AbortController();
    const [source] = tracked<number>([], { stuck: true });
    const [other, track] = tracked<number>([], { stuck: true });
    const items = merge(from(source, { signal: controller.signal }), other);
    const pending = items.next();

    controller.abort(reason);

    await expect(pending).rejects.toBe(reason);
    expect(track.closed).toBe(1);
  });
});

describe("a failure of closing after a signal has aborted", () => {
  it("is reported, as the reader has been told otherwise", async () => {
    const closing = new Error("close");
    const controller = new AbortController();
    const { signal } = controller;
    const { reports, onDetached } = recordDetached();
    const [source] = tracked<number>([], { stuck: true, closeError: closing });
    const pending = errorOf(from(source, { signal, onDetached }).next());

    controller.abort(reason);

    expect(await pending).toBe(reason);
    await loopTurns();
    expect(reports).toMatchObject([{ cause: closing }]);
  });
});

describe("a sink whose signal aborts", () => {
  it("fails with the reason, once the source has closed", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const [source] = tracked([1], { stuck: true, closeDelay: 10 });

    const [error, moment] = await clock.run(async () => {
      const all = errorOf(
        from(source, { signal: controller.signal }).toArray(),
      );
      controller.abort(reason);
      return [await all, clock.now()] as const;
    });

    expect(error).toBe(reason);
    expect(moment).toBe(10);
  });

  it("fails although its items are there without a pause", async () => {
    const controller = new AbortController();
    const seen: number[] = [];

    const all = from([1, 2, 3, 4], { signal: controller.signal }).forEach(
      (item) => {
        seen.push(item);
        if (item === 2) controller.abort(reason);
      },
    );

    await expect(all).rejects.toBe(reason);
    expect(seen).toEqual([1, 2]);
  });
});

describe("a stream's signal", () => {
  it("may be given by whatever has a signal: an AbortController", async () => {
    const controller = new AbortController();
    controller.abort(reason);

    await expect(from([1], controller).next()).rejects.toBe(reason);
  });

  it("aborts the signals of callbacks", async () => {
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const all = errorOf(
      from([1], { signal: controller.signal })
        .map((_, { signal }) => {
          seen = signal;
          return new Promise<never>((_, reject) => {
            signal.addEventListener("abort", () => {
              reject(signal.reason);
            });
          });
        })
        .toArray(),
    );

    controller.abort(reason);

    expect(await all).toBe(reason);
    expect(seen?.aborted).toBe(true);
  });

  it("may be shared by several streams", async () => {
    const controller = new AbortController();
    const [first] = tracked<number>([], { stuck: true });
    const [second] = tracked<number>([], { stuck: true });
    const all = Promise.allSettled([
      from(first, { signal: controller.signal }).next(),
      from(second, { signal: controller.signal }).next(),
    ]);

    controller.abort(reason);

    await expect(all).resolves.toMatchObject([{ reason }, { reason }]);
  });

  it("fails what is made of several streams that share it, and is not reported besides", async () => {
    const controller = new AbortController();
    const { reports, onDetached } = recordDetached();
    const options = { signal: controller.signal, onDetached };
    const [first] = tracked<number>([], { stuck: true });
    const [second] = tracked<number>([], { stuck: true });
    const items = merge(from(first, options), from(second, options));
    const pending = errorOf(items.next());

    controller.abort(reason);

    expect(await pending).toBe(reason);
    await loopTurns();
    expect(reports).toEqual([]);
  });

  it("is given to a stream that is there by from()", async () => {
    const controller = new AbortController();
    const [source] = tracked<number>([], { stuck: true });
    const items = from(from(source).map(String), { signal: controller.signal });
    const pending = items.next();

    controller.abort(reason);

    await expect(pending).rejects.toBe(reason);
  });

  it.each([0, 1])(
    "goes with the one that the stream had: number %i ends it at once",
    async (index) => {
      const controllers = [new AbortController(), new AbortController()];
      const [own, given] = controllers.map(({ signal }) => ({ signal }));
      const [source, track] = tracked<number>([], {
        stuck: true,
        closeDelay: 10,
      });
      const clock = virtualClock();

      const moment = await clock.run(async () => {
        const items = from(from(source, own).map(String), given).chunks(2);
        const pending = errorOf(items.next());
        controllers[index]?.abort(reason);
        expect(await pending).toBe(reason);
        const moment = clock.now();
        await items.return();
        return moment;
      });

      expect(moment).toBe(0);
      expect(track.closed).toBe(1);
    },
  );

  it.each([0, 1])(
    "goes with the one that the stream had: number %i may have aborted before",
    async (index) => {
      const { signal } = new AbortController();
      const signals = [signal, signal];
      signals[index] = AbortSignal.abort(reason);
      const listeners = countListeners(signal);
      const [own, given] = signals.map((signal) => ({ signal }));
      const [source, track] = tracked([1, 2]);

      const items = from(from(source, own), given);

      await expect(items.toArray()).rejects.toBe(reason);
      expect(track.events).toEqual([]);
      expect(listeners.count).toBe(0);
    },
  );

  it("may be given twice", async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const [source] = tracked<number>([], { stuck: true });
    const items = from(from(source, controller), controller);
    const pending = items.next();

    controller.abort(reason);

    await expect(pending).rejects.toBe(reason);
    await expect(items.next()).resolves.toEqual(end);
    expect(listeners.count).toBe(0);
  });

  it("fails what reads the stream as a source, whichever it is", async () => {
    const controllers = [new AbortController(), new AbortController()];
    for (const aborting of controllers) {
      const [first, second] = controllers;
      const [source, track] = tracked<number>([], { stuck: true });
      const items = merge(from(from(source, first), second));
      const pending = items.next();

      aborting.abort(reason);

      await expect(pending).rejects.toBe(reason);
      expect(track.closed).toBe(1);
      controllers[controllers.indexOf(aborting)] = new AbortController();
    }
  });

  it("does nothing after the end", async () => {
    const controller = new AbortController();
    const items = from([1], { signal: controller.signal });
    await items.next();
    await items.next();

    controller.abort(reason);

    await expect(items.next()).resolves.toEqual(end);
  });

  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ["the end", (signal) => from([1], { signal }).toArray()],
    [
      "a failure",
      (signal) =>
        errorOf(
          from([1], { signal })
            .map(() => Promise.reject(reason))
            .toArray(),
        ),
    ],
    [
      "leaving",
      async (signal) => {
        const items = from([1], { signal });
        await items.next();
        await items.return();
      },
    ],
  ])("has no listener after %s", async (_, read) => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);

    await read(signal);

    expect(listeners.count).toBe(0);
  });

  it.each<[string, (items: Stream<number>) => Promise<unknown>]>([
    ["the end", (items) => items.toArray()],
    ["the end, in a combination", (items) => merge(items, [2]).toArray()],
    [
      "leaving",
      async (items) => {
        await items.next();
        await items.return();
      },
    ],
    [
      "leaving a combination",
      async (items) => {
        const all = merge(items, [2]);
        await all.next();
        await all.return();
      },
    ],
    [
      "leaving a combination that was never read",
      (items) => merge(items, [2]).return(),
    ],
    [
      "the abort of the other",
      async (items) => {
        await items.next();
        other.abort(reason);
        await errorOf(items.next());
      },
    ],
    [
      "the abort of the other, in a combination",
      async (items) => {
        const all = merge(items);
        await all.next();
        other.abort(reason);
        await errorOf(all.next());
      },
    ],
  ])("of two has no listener after %s", async (_, read) => {
    other = new AbortController();
    const { signal } = new AbortController();
    const listeners = [signal, other.signal].map(countListeners);

    await read(from(from(tracked([1, 2])[0], other), { signal }));

    expect(listeners.map(({ count }) => count)).toEqual([0, 0]);
  });

  it("leaves no rejection unhandled where nobody reads any more", async () => {
    const controller = new AbortController();
    const [source] = tracked([1, 2]);

    const unhandled = await findUnhandledRejections(async () => {
      const items = from(source, { signal: controller.signal });
      await items.next();
      controller.abort(reason);
    });

    expect(unhandled).toEqual([]);
  });

  it("stops what would never end", async () => {
    const controller = new AbortController();
    setImmediate(() => {
      controller.abort(reason);
    });

    const all = from(range(1e9), {
      signal: controller.signal,
      timeBudget: 0,
    }).forEach(() => undefined);

    await expect(all).rejects.toBe(reason);
  });
});
