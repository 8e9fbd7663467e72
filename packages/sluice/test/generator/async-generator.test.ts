import { describe, expect, it } from "vitest";
import {
  anext,
  asyncGenerator,
  CancelledError,
  StopAsyncIteration,
} from "sluice";
import { errorOf } from "../support/error-of.ts";

const stop = { name: "StopAsyncIteration" };

/** Yields 1 to 3. */
const count = asyncGenerator(async function* () {
  yield* [1, 2, 3];
});

/** Yields what it hears, an error too, until it hears "end". */
const echo = asyncGenerator(async function* (): AsyncGenerator<
  unknown,
  void,
  unknown
> {
  let heard: unknown = "ready";
  while (heard !== "end") {
    try {
      heard = yield heard;
    } catch (error) {
      heard = error;
    }
  }
});

describe("asyncGenerator(): sending", () => {
  it("2.5.1 creating a generator runs nothing of it", async () => {
    const log: string[] = [];
    const create = asyncGenerator(async function* () {
      yield log.push("ran");
    });

    create();

    expect(log).toEqual([]);
  });

  it("2.5.2 a value cannot be sent before the start: a TypeError, and the generator can be used all the same", async () => {
    const generator = echo();

    const error = await errorOf(generator.asend("too early"));

    expect(error).toBeInstanceOf(TypeError);
    expect(await generator.asend(undefined)).toBe("ready");
  });

  it("2.5.2 next() refuses a value before the start as asend() does", async () => {
    await expect(echo().next("too early")).rejects.toThrow(TypeError);
  });

  it("2.5.3 the value sent is what the paused `yield` gives", async () => {
    const generator = echo();
    await generator.asend(undefined);

    const heard = await generator.asend("hello");

    expect(heard).toBe("hello");
  });

  it("2.5.3 next() sends a value as asend() does", async () => {
    const generator = echo();
    await generator.next();

    const result = await generator.next("hello");

    expect(result).toEqual({ done: false, value: "hello" });
  });

  it("2.5.4 after the end there is StopAsyncIteration each time", async () => {
    const generator = echo();
    await generator.asend(undefined);

    const ends = [
      await errorOf(generator.asend("end")),
      await errorOf(generator.asend("again")),
      await errorOf(anext(generator)),
    ];

    expect(ends).toMatchObject([stop, stop, stop]);
  });

  it("2.5.4 after the end next() gives `done` each time", async () => {
    const generator = count();
    for await (const _item of generator);

    const results = [await generator.next(), await generator.next()];

    const end = { done: true, value: undefined };
    expect(results).toEqual([end, end]);
  });

  it("2.5.22 an error in the body ends the generator", async () => {
    const failure = new Error("body");
    const generator = asyncGenerator(async function* () {
      yield 1;
      throw failure;
    })();
    await generator.asend(undefined);

    const errors = [
      await errorOf(generator.asend(undefined)),
      await errorOf(generator.asend(undefined)),
    ];

    expect(errors).toEqual([failure, expect.objectContaining(stop)]);
  });

  it("2.5.23 a StopAsyncIteration that the body throws becomes a GeneratorError with it as cause", async () => {
    const stopped = new StopAsyncIteration();
    const generator = asyncGenerator(async function* named() {
      yield 1;
      throw stopped;
    })();
    await generator.asend(undefined);

    const error = await errorOf(generator.asend(undefined));

    expect(error).toMatchObject({
      name: "GeneratorError",
      code: "SLUICE_RAISED_STOP",
      cause: stopped,
    });
  });

  it("2.5.27 whatever is yielded comes out unchanged", async () => {
    const items = [undefined, { done: true }, new StopAsyncIteration(), []];
    const generator = asyncGenerator(async function* () {
      yield* items;
    })();

    const received: unknown[] = [];
    for await (const item of generator) received.push(item);

    expect(received.every((item, index) => item === items[index])).toBe(true);
  });

  it("2.5.27 a promise that is yielded is awaited first, as the language has it (differs)", async () => {
    const generator = asyncGenerator(async function* () {
      yield Promise.resolve("value");
    })();

    expect(await generator.asend(undefined)).toBe("value");
  });
});

describe("asyncGenerator(): throwing", () => {
  it("2.5.5 an error is thrown in at the paused `yield`; if it is caught, the next item is the result", async () => {
    const failure = new Error("thrown in");
    const generator = echo();
    await generator.asend(undefined);

    const item = await generator.athrow(failure);

    expect(item).toBe(failure);
  });

  it("2.5.6 if the error is caught and the generator ends, there is StopAsyncIteration", async () => {
    const generator = echo();
    await generator.asend(undefined);

    const error = await errorOf(generator.athrow("end"));

    expect(error).toMatchObject(stop);
  });

  it("2.5.7 if the error is not caught, it passes, and the generator has ended", async () => {
    const failure = new Error("thrown in");
    const generator = count();
    await generator.asend(undefined);

    const error = await errorOf(generator.athrow(failure));

    expect(error).toBe(failure);
    await expect(generator.asend(undefined)).rejects.toMatchObject(stop);
  });

  it("2.5.8 an error thrown in before the start passes, nothing runs, and the generator has ended", async () => {
    const failure = new Error("thrown in");
    const log: string[] = [];
    const generator = asyncGenerator(async function* () {
      yield log.push("ran");
    })();

    const error = await errorOf(generator.athrow(failure));

    expect(error).toBe(failure);
    expect(await errorOf(generator.asend(undefined))).toMatchObject(stop);
    expect(log).toEqual([]);
  });

  it("2.5.9 an error thrown into a generator that has ended passes, where CPython gives None (differs)", async () => {
    const failure = new Error("thrown in");
    const generator = count();
    await generator.aclose();

    await expect(generator.athrow(failure)).rejects.toBe(failure);
  });

  it("2.5.16 a cancellation that is thrown in passes uncaught as any error", async () => {
    const cancelled = new CancelledError("Stop");
    const generator = count();
    await generator.asend(undefined);

    await expect(generator.athrow(cancelled)).rejects.toBe(cancelled);
  });

  it("2.5.16 there is no GeneratorExit to throw or to catch: a cancellation that is thrown in may be caught, and the generator goes on (differs)", async () => {
    const cancelled = new CancelledError("Stop");
    const generator = echo();
    await generator.asend(undefined);

    expect(await generator.athrow(cancelled)).toBe(cancelled);
  });

  it("2.5.26 a `yield` in `finally` while an error passes gives its item; then the error goes on", async () => {
    const failure = new Error("thrown in");
    const generator = asyncGenerator(async function* () {
      try {
        yield "body";
      } finally {
        yield "clean-up";
      }
    })();
    await generator.asend(undefined);

    const item = await generator.athrow(failure);

    expect(item).toBe("clean-up");
    await expect(generator.asend(undefined)).rejects.toBe(failure);
  });

  it("throws in through throw() as well", async () => {
    const generator = echo();
    await generator.next();

    const result = await generator.throw("thrown");

    expect(result).toEqual({ done: false, value: "thrown" });
  });
});

describe("asyncGenerator(): the function", () => {
  it("passes `this` and the arguments on", async () => {
    const create = asyncGenerator(async function* (
      this: { name: string },
      ...rest: number[]
    ) {
      yield [this.name, ...rest];
    });
    const owner = { name: "owner", create };

    const item = await anext(owner.create(1, 2));

    expect(item).toEqual(["owner", 1, 2]);
  });

  it("keeps the name and the length", () => {
    async function* pages(first: number, _last: number) {
      yield first;
    }

    const create = asyncGenerator(pages);

    expect([create.name, create.length]).toEqual(["pages", 2]);
  });

  it("makes independent generators", async () => {
    const [a, b] = [count(), count()];
    await anext(a);

    expect([await anext(a), await anext(b)]).toEqual([2, 1]);
  });

  it("gives generators that are their own iterators", () => {
    const generator = count();

    expect(generator[Symbol.asyncIterator]()).toBe(generator);
  });
});
