import { describe, expect, it } from "vitest";
import { anext, asyncGenerator, GeneratorError } from "sluice";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

const stop = { name: "StopAsyncIteration" };

/** Yields twice, and runs its clean-up, which takes its time, when it is left. */
const cleaning = asyncGenerator(async function* (cleanUp: () => unknown) {
  try {
    yield 1;
    yield 2;
  } finally {
    await loopTurns();
    await cleanUp();
  }
});

/** Yields in its clean-up, which it must not. */
const unruly = asyncGenerator(async function* () {
  try {
    yield 1;
  } finally {
    yield 2;
  }
});

describe("asyncGenerator(): closing", () => {
  it("2.5.10 a generator that is closed before its start has ended, and nothing of it runs", async () => {
    const log: string[] = [];
    const generator = asyncGenerator(async function* () {
      yield log.push("ran");
    })();

    await generator.aclose();

    await expect(generator.asend(undefined)).rejects.toMatchObject(stop);
    expect(log).toEqual([]);
  });

  it("2.5.11 closing at a `yield` runs the `finally` blocks, which may await, and gives nothing", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));
    await generator.asend(undefined);

    const closing = generator.aclose();

    await expect(closing).resolves.toBeUndefined();
    expect(log).toEqual(["clean-up"]);
  });

  it("2.5.11 closing is no error in JavaScript: `catch` blocks do not see it (differs)", async () => {
    const log: string[] = [];
    const generator = asyncGenerator(async function* () {
      try {
        yield 1;
      } catch {
        log.push("catch");
      } finally {
        log.push("finally");
      }
    })();
    await generator.asend(undefined);

    await generator.aclose();

    expect(log).toEqual(["finally"]);
  });

  it("2.5.12 a generator that returns while it is closed is closed", async () => {
    const generator = asyncGenerator(async function* () {
      try {
        yield 1;
      } finally {
        // eslint-disable-next-line no-unsafe-finally
        return;
      }
    })();
    await generator.asend(undefined);

    await expect(generator.aclose()).resolves.toBeUndefined();
  });

  it("2.5.13 a generator that yields while it is closed is a GeneratorError, and has ended (differs)", async () => {
    const generator = unruly();
    await generator.asend(undefined);

    const error = await errorOf(generator.aclose());

    expect(error).toMatchObject({
      name: "GeneratorError",
      code: "SLUICE_YIELDED_ON_CLOSE",
    });
    await expect(generator.asend(undefined)).rejects.toMatchObject(stop);
  });

  it("2.5.13 leaving `for await` does not overlook a `yield` in `finally` either", async () => {
    async function leave(): Promise<void> {
      for await (const _item of unruly()) break;
    }

    await expect(leave()).rejects.toBeInstanceOf(GeneratorError);
  });

  it("2.5.14 what the generator throws while it is closed passes, and it has ended", async () => {
    const failure = new Error("clean-up");
    const generator = cleaning(() => Promise.reject(failure));
    await generator.asend(undefined);

    const error = await errorOf(generator.aclose());

    expect(error).toBe(failure);
    await expect(generator.asend(undefined)).rejects.toMatchObject(stop);
  });

  it("2.5.15 closing again does nothing", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));
    await generator.asend(undefined);
    await generator.aclose();

    await generator.aclose();

    expect(log).toEqual(["clean-up"]);
  });

  it("2.5.15 closing after the last item does nothing", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));
    for await (const _item of generator);

    await generator.aclose();

    expect(log).toEqual(["clean-up"]);
  });

  it("2.5.15 closing after an error does nothing", async () => {
    const generator = cleaning(() => Promise.reject(new Error("clean-up")));
    await generator.asend(undefined);
    await errorOf(generator.athrow(new Error("thrown in")));

    await expect(generator.aclose()).resolves.toBeUndefined();
  });

  it("2.5.25 a `finally` with several awaits is done before closing is", async () => {
    const log: number[] = [];
    const generator = cleaning(async () => {
      for (let step = 1; step <= 3; step++) {
        await loopTurns();
        log.push(step);
      }
    });
    await generator.asend(undefined);

    await generator.aclose();

    expect(log).toEqual([1, 2, 3]);
  });

  it("closes through return(), which gives the end", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));
    await generator.next();

    const result = await generator.return();

    expect([result, log]).toEqual([
      { done: true, value: undefined },
      ["clean-up"],
    ]);
  });

  it("closes at the end of an `await using` scope", async () => {
    const log: string[] = [];

    async function scope(): Promise<void> {
      await using generator = cleaning(() => log.push("clean-up"));
      await generator.asend(undefined);
      log.push("scope");
    }
    await scope();

    expect(log).toEqual(["scope", "clean-up"]);
  });
});

describe("asyncGenerator(): in `for await`", () => {
  it("gives all items", async () => {
    const items: number[] = [];

    for await (const item of cleaning(() => undefined)) items.push(item);

    expect(items).toEqual([1, 2]);
  });

  it("2.5.28 `break` closes the generator, and waits for it (differs)", async () => {
    const log: string[] = [];

    for await (const _item of cleaning(() => log.push("clean-up"))) break;
    log.push("after");

    expect(log).toEqual(["clean-up", "after"]);
  });

  it("2.5.29 an error in the loop's body closes the generator (differs)", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));
    async function loop(): Promise<void> {
      for await (const _item of generator) throw new Error("body");
    }

    const error = await errorOf(loop());

    expect([error, log]).toEqual([new Error("body"), ["clean-up"]]);
    await expect(anext(generator)).rejects.toMatchObject(stop);
  });

  it("2.5.29 an error of closing is dropped in favour of the body's (differs)", async () => {
    const failure = new Error("body");
    const generator = cleaning(() => Promise.reject(new Error("clean-up")));
    async function loop(): Promise<void> {
      for await (const _item of generator) throw failure;
    }

    await expect(loop()).rejects.toBe(failure);
  });
});
