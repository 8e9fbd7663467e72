import { describe, expect, it } from "vitest";
import { aclose, asend, asyncGenerator, athrow } from "sluice";
import { errorOf } from "../support/error-of.ts";

const stop = { name: "StopAsyncIteration" };

/** Yields what it hears, an error too, until it hears "end". */
async function* echo(): AsyncGenerator<unknown, void, unknown> {
  let heard: unknown = "ready";
  while (heard !== "end") {
    try {
      heard = yield heard;
    } catch (error) {
      heard = error;
    }
  }
}

/** Yields, and does something in its clean-up. */
async function* cleaning(
  cleanUp: () => unknown,
): AsyncGenerator<number, void, undefined> {
  try {
    yield 1;
  } finally {
    await cleanUp();
  }
}

describe("asend()", () => {
  it("gives the paused `yield` a value and waits for the next item", async () => {
    const generator = echo();
    await asend(generator, undefined);

    expect(await asend(generator, "hello")).toBe("hello");
  });

  it("ends with StopAsyncIteration, each time", async () => {
    const generator = echo();
    await asend(generator, undefined);

    const errors = [
      await errorOf(asend(generator, "end")),
      await errorOf(asend(generator, "again")),
    ];

    expect(errors).toMatchObject([stop, stop]);
  });

  it("keeps the rules of a generator that has Python's", async () => {
    const generator = asyncGenerator(echo)();

    await expect(asend(generator, "too early")).rejects.toThrow(TypeError);
  });

  it("takes calls in a queue where the generator is native", async () => {
    const generator = echo();

    const items = await Promise.all([
      asend(generator, undefined),
      asend(generator, "hello"),
    ]);

    expect(items).toEqual(["ready", "hello"]);
  });
});

describe("athrow()", () => {
  it("throws at the paused `yield` and waits for the next item", async () => {
    const failure = new Error("thrown in");
    const generator = echo();
    await asend(generator, undefined);

    expect(await athrow(generator, failure)).toBe(failure);
  });

  it("ends with StopAsyncIteration if the error is caught and the generator ends", async () => {
    const generator = echo();
    await asend(generator, undefined);

    await expect(athrow(generator, "end")).rejects.toMatchObject(stop);
  });

  it("passes an error that is not caught", async () => {
    const failure = new Error("thrown in");

    await expect(athrow(echo(), failure)).rejects.toBe(failure);
  });
});

describe("aclose()", () => {
  it("waits for the `finally` blocks", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));
    await generator.next();

    await aclose(generator);

    expect(log).toEqual(["clean-up"]);
  });

  it("runs nothing of a generator that has not started", async () => {
    const log: string[] = [];
    const generator = cleaning(() => log.push("clean-up"));

    await aclose(generator);

    expect(log).toEqual([]);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });

  it("does nothing where the generator has ended", async () => {
    const generator = echo();
    await aclose(generator);

    await expect(aclose(generator)).resolves.toBeUndefined();
  });

  it("passes what the generator throws meanwhile", async () => {
    const failure = new Error("clean-up");
    const generator = cleaning(() => Promise.reject(failure));
    await generator.next();

    await expect(aclose(generator)).rejects.toBe(failure);
  });

  it("refuses a `yield` meanwhile, which native closing overlooks", async () => {
    async function* unruly(): AsyncGenerator<number, void, undefined> {
      try {
        yield 1;
      } finally {
        yield 2;
      }
    }
    const generator = unruly();
    await generator.next();

    await expect(aclose(generator)).rejects.toMatchObject({
      name: "GeneratorError",
      code: "SLUICE_YIELDED_ON_CLOSE",
    });
  });
});

describe("asend(), athrow(), aclose(): misuse", () => {
  it.each([undefined, null, 1, {}, "generator"])(
    "reject %o",
    async (generator) => {
      const errors = await Promise.all([
        errorOf(asend(generator as never, undefined as never)),
        errorOf(athrow(generator as never, new Error("thrown in"))),
        errorOf(aclose(generator as never)),
      ]);

      expect(errors.map((error) => (error as Error).name)).toEqual([
        "TypeError",
        "TypeError",
        "TypeError",
      ]);
    },
  );

  it("reject a generator that gives no iterator result", async () => {
    const generator = {
      next: () => Promise.resolve(1),
      throw: () => Promise.resolve("done"),
    };

    const errors = await Promise.all([
      errorOf(asend(generator as never, undefined as never)),
      errorOf(athrow(generator as never, new Error("thrown in"))),
    ]);

    expect(errors.every((error) => error instanceof TypeError)).toBe(true);
  });
});
