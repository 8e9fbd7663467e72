import { describe, expect, it } from "vitest";
import { aiter, anext } from "sluice";
import { errorOf } from "../support/error-of.ts";

const stop = {
  name: "StopAsyncIteration",
  code: "SLUICE_STOP_ASYNC_ITERATION",
};

async function* letters(): AsyncGenerator<string, string, undefined> {
  yield "a";
  yield "b";
  return "the end";
}

/** An iterator written by hand; it answers at once, without promises. */
function createIterator(
  results: unknown[],
): AsyncIterator<unknown, unknown, undefined> {
  return {
    next: () => results.shift() as Promise<IteratorResult<unknown, unknown>>,
  };
}

describe("aiter()", () => {
  it("2.6.1 an iterable gives its iterator", () => {
    const iterator = letters();
    const iterable = { [Symbol.asyncIterator]: () => iterator };

    expect(aiter(iterable)).toBe(iterator);
  });

  it("2.6.1 an iterator gives itself", () => {
    const iterator = letters();

    expect(aiter(iterator)).toBe(iterator);
  });

  it("2.6.1 what has no [Symbol.asyncIterator]() is a TypeError", () => {
    expect(() => aiter(1 as never)).toThrow(TypeError);
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
    ["a string", "letters"],
    ["an array, which is a sync iterable", [1, 2]],
    ["an object without it", {}],
    ["one that is no method", { [Symbol.asyncIterator]: 1 }],
    ["one that gives undefined", { [Symbol.asyncIterator]: () => undefined }],
    ["one that gives a number", { [Symbol.asyncIterator]: () => 1 }],
    ["one that gives no next()", { [Symbol.asyncIterator]: () => ({}) }],
    [
      "one that gives a promise",
      { [Symbol.asyncIterator]: async () => letters() },
    ],
  ])("refuses %s", (_, iterable) => {
    expect(() => aiter(iterable as never)).toThrow(TypeError);
  });

  it("passes on what the iterable throws", () => {
    const failure = new Error("closed");
    const iterable = {
      [Symbol.asyncIterator](): never {
        throw failure;
      },
    };

    expect(() => aiter(iterable)).toThrow(failure);
  });

  it("calls the method on its object", () => {
    const iterator = letters();
    const iterable = {
      iterator,
      [Symbol.asyncIterator]() {
        return this.iterator;
      },
    };

    expect(aiter(iterable)).toBe(iterator);
  });
});

describe("anext()", () => {
  it("2.6.2 gives the items in turn", async () => {
    const iterator = letters();

    const items = [await anext(iterator), await anext(iterator)];

    expect(items).toEqual(["a", "b"]);
  });

  it("2.6.2 at the end there is StopAsyncIteration each time", async () => {
    const iterator = letters();
    for await (const _letter of iterator);

    const errors = [
      await errorOf(anext(iterator)),
      await errorOf(anext(iterator)),
    ];

    expect(errors).toMatchObject([stop, stop]);
  });

  it("2.6.3 with a fallback, that is given at the end, each time", async () => {
    const iterator = letters();
    for await (const _letter of iterator);

    const items = [await anext(iterator, "-"), await anext(iterator, "-")];

    expect(items).toEqual(["-", "-"]);
  });

  it("2.6.3 a fallback of `undefined` counts", async () => {
    const iterator = createIterator([{ done: true, value: 1 }]);

    await expect(anext(iterator, undefined)).resolves.toBeUndefined();
  });

  it("2.6.3 with a fallback, other errors pass", async () => {
    const failure = new Error("body");
    const iterator: AsyncIterator<string, void, undefined> = {
      next: () => Promise.reject(failure),
    };

    await expect(anext(iterator, "-")).rejects.toBe(failure);
  });

  it("2.6.4 next() need not give a promise, but must give an iterator result: anything else is a TypeError when awaited (differs)", async () => {
    const iterator = createIterator([{ value: "at once" }, 1]);

    expect(await anext(iterator)).toBe("at once");
    await expect(anext(iterator)).rejects.toThrow(TypeError);
  });

  it("2.6.5 next() is called at once, and the result can be awaited any number of times (differs)", async () => {
    let calls = 0;
    const iterator: AsyncIterator<number, void, undefined> = {
      next: () => Promise.resolve({ done: false, value: ++calls }),
    };

    const item = anext(iterator);

    expect(calls).toBe(1);
    expect([await item, await item]).toEqual([1, 1]);
  });

  it("2.6.6 iterators written by hand serve as generators do", async () => {
    const iterator = createIterator([
      { done: false, value: "a" },
      { done: true, value: undefined },
    ]);

    expect(await anext(iterator)).toBe("a");
    await expect(anext(iterator)).rejects.toMatchObject(stop);
  });

  it("drops what a generator returns", async () => {
    const iterator = letters();
    for await (const _letter of iterator);

    await expect(anext(iterator)).rejects.toMatchObject(stop);
  });

  it.each([undefined, null, 1, {}])("refuses %o", async (iterator) => {
    await expect(anext(iterator as never)).rejects.toThrow(TypeError);
  });

  it("passes on what next() throws at once, as a rejection", async () => {
    const failure = new Error("closed");
    const iterator: AsyncIterator<number, void, undefined> = {
      next() {
        throw failure;
      },
    };

    await expect(anext(iterator)).rejects.toBe(failure);
  });
});
