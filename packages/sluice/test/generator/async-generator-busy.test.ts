import { describe, expect, it } from "vitest";
import { anext, asyncGenerator, BusyError, guard } from "sluice";
import { createDeferred, type Deferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

const stop = { name: "StopAsyncIteration" };
const never = new Promise<never>(() => {});

/** Yields what a promise gives, and then what another does, as it is closed too. */
const waiting = asyncGenerator(async function* (
  item: Deferred<string>,
  cleanUp: Deferred<void>,
) {
  try {
    yield await item.promise;
  } finally {
    await cleanUp.promise;
  }
});

function createWaiting() {
  const item = createDeferred<string>();
  const cleanUp = createDeferred();
  return { item, cleanUp, generator: waiting(item, cleanUp) };
}

describe("asyncGenerator(): one caller at a time", () => {
  it("2.5.17 a second anext() while one is under way is a BusyError, and the first is unaffected", async () => {
    const { item, generator } = createWaiting();
    const first = anext(generator);

    const second = await errorOf(anext(generator));
    item.resolve("item");

    expect(second).toMatchObject({ name: "BusyError", code: "SLUICE_BUSY" });
    expect(await first).toBe("item");
  });

  it("2.5.17 so is a second asend()", async () => {
    const { item, generator } = createWaiting();
    const first = generator.asend(undefined);

    const second = await errorOf(generator.asend(undefined));
    item.resolve("item");

    expect(second).toBeInstanceOf(BusyError);
    expect(await first).toBe("item");
  });

  it("2.5.18 athrow() while a call is under way is a BusyError, and the generator is unaffected", async () => {
    const { item, generator } = createWaiting();
    const first = generator.asend(undefined);

    const second = await errorOf(generator.athrow(new Error("thrown in")));
    item.resolve("item");

    expect(second).toBeInstanceOf(BusyError);
    expect(await first).toBe("item");
  });

  it("2.5.18 aclose() while a call is under way is a BusyError, and the generator is unaffected", async () => {
    const { item, generator } = createWaiting();
    const first = generator.asend(undefined);

    const second = await errorOf(generator.aclose());
    item.resolve("item");

    expect(second).toBeInstanceOf(BusyError);
    expect(await first).toBe("item");
  });

  it.each([
    ["anext()", (generator) => anext(generator)],
    ["asend()", (generator) => generator.asend(undefined)],
    ["athrow()", (generator) => generator.athrow(new Error("thrown in"))],
    ["aclose()", (generator) => generator.aclose()],
  ] satisfies [
    string,
    (generator: ReturnType<typeof waiting>) => Promise<unknown>,
  ][])(
    "2.5.19 %s while the generator is being closed is a BusyError",
    async (_, call) => {
      const { item, cleanUp, generator } = createWaiting();
      item.resolve("item");
      await generator.asend(undefined);
      const closing = generator.aclose();

      const second = await errorOf(call(generator));
      cleanUp.resolve();

      expect(second).toBeInstanceOf(BusyError);
      await expect(closing).resolves.toBeUndefined();
    },
  );

  it("2.5.20 a call is a promise and can be awaited any number of times (differs)", async () => {
    const { item, generator } = createWaiting();
    item.resolve("item");

    const call = generator.asend(undefined);

    expect([await call, await call]).toEqual(["item", "item"]);
  });

  it("2.5.21 a call is under way as soon as it is made, awaited or not (differs)", async () => {
    const { item, generator } = createWaiting();

    const call = generator.asend(undefined);

    expect(generator.running).toBe(true);
    item.resolve("item");
    await call;
  });

  it("2.5.21 a call that is made after closing gives StopAsyncIteration", async () => {
    const { generator } = createWaiting();
    await generator.aclose();

    await expect(anext(generator)).rejects.toMatchObject(stop);
  });

  it("2.5.24 the signal that a generator guards stops it where it waits, and its `finally` has run before the caller knows (differs)", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const log: unknown[] = [];
    const generator = asyncGenerator(async function* (signal: AbortSignal) {
      try {
        yield await guard(never, signal);
      } finally {
        await loopTurns();
        log.push("finally");
      }
    })(controller.signal);

    const item = errorOf(anext(generator)).then((error) => log.push(error));
    controller.abort(reason);
    await item;

    expect(log).toEqual(["finally", reason]);
    await expect(anext(generator)).rejects.toMatchObject(stop);
  });

  it("is not running before a call and after it", async () => {
    const { item, generator } = createWaiting();
    const seen = [generator.running];
    item.resolve("item");

    await generator.asend(undefined);
    seen.push(generator.running);

    expect(seen).toEqual([false, false]);
  });

  it("refuses a call from inside its own body", async () => {
    const generator = asyncGenerator(async function* (): AsyncGenerator<
      unknown,
      void
    > {
      yield await errorOf(generator.asend(undefined));
    })();

    const item = await anext(generator);

    expect(item).toBeInstanceOf(BusyError);
  });

  it("is not locked by a value that was refused before the start", async () => {
    const generator = asyncGenerator(async function* (): AsyncGenerator<
      number,
      void,
      string | undefined
    > {
      yield 1;
    })();
    await errorOf(generator.asend("too early"));

    expect(generator.running).toBe(false);
  });
});
