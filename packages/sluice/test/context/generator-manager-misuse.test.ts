import { describe, expect, it } from "vitest";
import {
  asyncContextManager,
  asyncEnter,
  asyncExit,
  asyncWith,
  contextManager,
} from "sluice";
import { failure, raise } from "./failure.ts";
import { unhandledAfter } from "./unhandled.ts";

describe("asyncContextManager(): wrong use", () => {
  it("refuses a plain async function when the factory is called", () => {
    async function connect() {
      return 1;
    }
    // @ts-expect-error -- wrong on purpose
    const open = asyncContextManager(connect);

    expect(open).toThrow(
      new TypeError(
        "Cannot make a generator with 'connect': it is not async function*",
      ),
    );
  });

  it("leaves no unhandled rejection of a plain async function that fails", async () => {
    // @ts-expect-error -- wrong on purpose
    const open = asyncContextManager(async () => raise(new Error("raised")));

    const unhandled = await unhandledAfter(() => failure(() => open()));

    expect(unhandled).toEqual([]);
  });

  it("refuses a sync generator function when the factory is called", () => {
    // @ts-expect-error -- wrong on purpose
    const open = asyncContextManager(function* () {
      yield 1;
    });

    expect(open).toThrow(TypeError);
  });

  it("refuses a function that returns a mere async iterable, on entering if not before", async () => {
    const iterable = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({}) }),
    };
    // @ts-expect-error -- wrong on purpose
    const open = asyncContextManager(() => iterable);

    const { error } = await failure(() => asyncWith(open(), () => undefined));

    expect(error).toBeInstanceOf(TypeError);
  });

  it("refuses what is no function, at once", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => asyncContextManager(undefined)).toThrow(TypeError);
  });

  it("refuses an object in place of a function when the factory is called, if not before", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => asyncContextManager({})()).toThrow(TypeError);
  });
});

describe("contextManager(): wrong use", () => {
  it("refuses an async generator function when the factory is called", () => {
    async function* connect() {
      yield 1;
    }
    // @ts-expect-error -- wrong on purpose
    const open = contextManager(connect);

    expect(open).toThrow(
      new TypeError(
        "Cannot make a generator with 'connect': it is not function*",
      ),
    );
  });

  it("refuses a function that returns a mere iterable, on entering if not before", async () => {
    // @ts-expect-error -- wrong on purpose
    const open = contextManager(() => [1]);

    const { error } = await failure(() => asyncWith(open(), () => undefined));

    expect(error).toBeInstanceOf(TypeError);
  });

  it("leaves no unhandled rejection of a plain async function that fails", async () => {
    // @ts-expect-error -- wrong on purpose
    const open = contextManager(async () => raise(new Error("raised")));

    const unhandled = await unhandledAfter(() => failure(() => open()));

    expect(unhandled).toEqual([]);
  });

  it("refuses an object in place of a function when the factory is called, if not before", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => contextManager({})()).toThrow(TypeError);
  });
});

describe("messages of generator managers", () => {
  const open = asyncContextManager(async function* connect(yields: number) {
    for (let count = 0; count < yields; count++) yield count;
  });

  it("tells how to enter again", async () => {
    const manager = open(1);
    await asyncWith(manager, () => undefined);

    await expect(asyncWith(manager, () => undefined)).rejects.toThrow(
      new TypeError(
        "Cannot enter the manager 'connect': it is exited; it serves once",
      ),
    );
  });

  it("tells of an exit without an enter", async () => {
    const manager = open(1);

    const { error } = await failure(() => manager[asyncExit]({ status: "ok" }));

    expect(error).toEqual(
      new TypeError(
        "Cannot exit the manager 'connect': it is not entered; it serves once",
      ),
    );
  });

  it("tells of a second exit", async () => {
    const manager = open(1);
    await manager[asyncEnter]();
    await manager[asyncExit]({ status: "ok" });

    const { error } = await failure(() => manager[asyncExit]({ status: "ok" }));

    expect(error).toEqual(
      new TypeError(
        "Cannot exit the manager 'connect': it is exited; it serves once",
      ),
    );
  });

  it("tells of a generator that does not yield", async () => {
    await expect(asyncWith(open(0), () => undefined)).rejects.toThrow(
      "Cannot go on with the manager 'connect': its generator did not yield",
    );
  });

  it("tells of a generator that yields again", async () => {
    await expect(asyncWith(open(2), () => undefined)).rejects.toThrow(
      "Cannot go on with the manager 'connect': its generator yielded again",
    );
  });

  it("tells of a generator that swallows an error", async () => {
    const swallow = asyncContextManager(
      async function* connect() {
        try {
          yield;
        } catch {
          // Swallowed.
        }
      },
      { suppresses: false },
    );

    await expect(
      asyncWith(swallow(), () => raise(new Error("raised"))),
    ).rejects.toThrow(
      "Cannot go on with the manager 'connect': its generator suppressed an error",
    );
  });

  it("tells of a generator that yields while it is closed", async () => {
    const stubborn = asyncContextManager(async function* connect() {
      try {
        yield 1;
        yield 2;
      } finally {
        yield 3;
      }
    });

    await expect(asyncWith(stubborn(), () => undefined)).rejects.toThrow(
      "Cannot close the generator: it yielded again",
    );
  });
});
