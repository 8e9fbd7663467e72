import { describe, expect, it } from "vitest";
import {
  aclosing,
  acquire,
  asyncContextManager,
  asyncWith,
  CancelledError,
  closing,
  errorContext,
  syncWith,
} from "sluice";
import { failure, raise } from "./failure.ts";
import { nextTurn } from "./unhandled.ts";

/** Something to close that counts how often it was closed. */
function createClosable() {
  return {
    closed: 0,
    async aclose(): Promise<void> {
      await nextTurn();
      this.closed += 1;
    },
  };
}

describe("aclosing()", () => {
  it("2.4.1 the block is given the thing itself", async () => {
    const thing = createClosable();

    const given = await asyncWith(aclosing(thing), (value) => value);

    expect(given).toBe(thing);
  });

  it("2.4.1a the thing is closed once after success, and waited for", async () => {
    const thing = createClosable();

    await asyncWith(aclosing(thing), () => "result");

    expect(thing.closed).toBe(1);
  });

  it("2.4.1b the thing is closed once after an error", async () => {
    const thing = createClosable();

    await failure(() => asyncWith(aclosing(thing), () => raise("raised")));

    expect(thing.closed).toBe(1);
  });

  it("2.4.1c the thing is closed once after a cancellation", async () => {
    const thing = createClosable();

    await failure(() =>
      asyncWith(aclosing(thing), () => raise(new CancelledError("Stopped"))),
    );

    expect(thing.closed).toBe(1);
  });

  it("2.4.2 an error of closing replaces the block's, which is its context", async () => {
    const raised = new Error("raised");
    const thing = { aclose: () => Promise.reject(new Error("close failed")) };

    const { error } = await failure(() =>
      asyncWith(aclosing(thing), () => raise(raised)),
    );

    expect(error).toMatchObject({ message: "close failed" });
    expect(errorContext(error)).toBe(raised);
  });

  it("2.4.3 a generator that was never started is closed: it gives nothing any more", async () => {
    async function* numbers() {
      yield 1;
    }

    const generator = await asyncWith(aclosing(numbers()), (given) => given);

    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });

  it("2.4.3a a generator that has ended is closed all the same", async () => {
    const calls: string[] = [];
    const generator = Object.assign((async function* () {})(), {
      async return() {
        calls.push("return");
        return { done: true as const, value: undefined };
      },
    });
    await generator.next();

    await asyncWith(aclosing(generator), () => undefined);

    expect(calls).toEqual(["return"]);
  });

  it("2.4.4 a generator that holds a manager has left it when the block is over", async () => {
    const log: string[] = [];
    const logged = asyncContextManager(async function* () {
      yield;
      log.push("left");
    });
    async function* numbers() {
      await using _held = await acquire(logged());
      yield 1;
    }

    await asyncWith(aclosing(numbers()), (generator) => generator.next());
    log.push("after the block");

    expect(log).toEqual(["left", "after the block"]);
  });

  it("fails with SLUICE_YIELDED_ON_CLOSE if a generator yields while it is closed", async () => {
    async function* numbers() {
      try {
        yield 1;
      } finally {
        yield 2;
      }
    }

    const { error } = await failure(() =>
      asyncWith(aclosing(numbers()), (generator) => generator.next()),
    );

    expect(error).toMatchObject({ code: "SLUICE_YIELDED_ON_CLOSE" });
  });

  it("takes an iterator whose return() resolves to nothing", async () => {
    const iterator = {
      return: () => Promise.resolve(undefined as never),
    };

    const result = await asyncWith(aclosing(iterator), () => "result");

    expect(result).toBe("result");
  });

  it("waits for close() of a thing that has nothing better", async () => {
    const log: string[] = [];
    const file = {
      async close() {
        await nextTurn();
        log.push("closed");
      },
    };

    await asyncWith(aclosing(file), () => undefined);

    expect(log).toEqual(["closed"]);
  });

  it("closes by the first that it finds of aclose, return, asyncDispose, close and dispose", async () => {
    const methods = [
      "aclose",
      "return",
      Symbol.asyncDispose,
      "close",
      Symbol.dispose,
    ];
    const log: unknown[] = [];
    const things = methods.map((_, index) =>
      Object.fromEntries(
        methods
          .slice(index)
          .map((name) => [name, async () => void log.push(name)]),
      ),
    );

    for (const thing of things) {
      await asyncWith(aclosing(thing as unknown as Disposable), () => {});
    }

    expect(log).toEqual(methods);
  });

  it("calls the method on the thing, with no arguments", async () => {
    const calls: unknown[] = [];
    const thing = {
      async aclose(...args: unknown[]) {
        calls.push(this, ...args);
      },
    };

    await asyncWith(aclosing(thing), () => undefined);

    expect(calls).toEqual([thing]);
  });

  it("does not suppress, whatever the method resolves to", async () => {
    const raised = new Error("raised");
    const thing = { aclose: () => Promise.resolve(true) };

    const { error } = await failure(() =>
      asyncWith(aclosing(thing), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });
});

describe("closing()", () => {
  it("2.4.5 the block is given the thing itself, which is closed once after it", () => {
    const thing = { closed: 0, close: () => (thing.closed += 1) };

    const given = syncWith(closing(thing), (value) => value);

    expect([given, thing.closed]).toEqual([thing, 1]);
  });

  it("2.4.5a the thing is closed after an error", async () => {
    const thing = { closed: 0, close: () => (thing.closed += 1) };

    await failure(() => syncWith(closing(thing), () => raise("raised")));

    expect(thing.closed).toBe(1);
  });

  it("2.4.5b an error of closing replaces the block's, which is its context", async () => {
    const [raised, failed] = [new Error("raised"), new Error("close failed")];
    const thing = { close: () => raise(failed) };

    const { error } = await failure(() =>
      syncWith(closing(thing), () => raise(raised)),
    );

    expect([error, errorContext(error)]).toEqual([failed, raised]);
  });

  it("closes a disposable that has no close()", () => {
    const log: string[] = [];
    const thing = { [Symbol.dispose]: () => void log.push("disposed") };

    syncWith(closing(thing), () => undefined);

    expect(log).toEqual(["disposed"]);
  });

  it("does not suppress, whatever close() returns", async () => {
    const raised = new Error("raised");

    const { error } = await failure(() =>
      syncWith(closing({ close: () => true }), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("refuses a close() that returns a promise, as nothing would wait for it", () => {
    const file = { close: () => Promise.resolve() };

    expect(() => syncWith(closing(file), () => "result")).toThrow(TypeError);
  });
});

describe("closing() and aclosing(): wrong use", () => {
  it("closing() refuses at once what has no method to close it", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => closing({})).toThrow(
      new TypeError("Cannot close the object: it is not closable"),
    );
  });

  it("closing() refuses a primitive", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => closing(1)).toThrow(TypeError);
  });

  it("closing() refuses what can only be closed asynchronously", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => closing({ aclose: async () => undefined })).toThrow(TypeError);
  });

  it("aclosing() refuses at once what has no method to close it", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => aclosing({})).toThrow(TypeError);
  });

  it("aclosing() refuses nothing at all", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => aclosing(undefined)).toThrow(TypeError);
  });
});
