import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { from, Stream, type StreamSource } from "sluice";
import { tracked } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { loopTurns } from "../../support/loop-turns.ts";

const forms = [
  "async-iterable",
  "async-iterator",
  "iterable",
  "iterator",
  "readable-stream",
] as const;

describe.each(forms)("from() of the form %s", (form) => {
  it("gives its items, in order", async () => {
    const [source] = tracked(["a", "b"], { form });

    await expect(from<string>(source).toArray()).resolves.toEqual(["a", "b"]);
  });

  it("gives nothing of an empty one", async () => {
    const [source] = tracked<string, typeof form>([], { form });

    await expect(from<string>(source).toArray()).resolves.toEqual([]);
  });

  it("gives items that are `undefined`, `null` or false", async () => {
    const items = [undefined, null, false, 0, ""];
    const [source] = tracked<unknown, typeof form>(items, { form });

    await expect(from(source).toArray()).resolves.toEqual(items);
  });

  it("fails with its error", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { form, error: failure });

    await expect(from(source).toArray()).rejects.toBe(failure);
  });

  it("closes it when it is left, once", async () => {
    const [source, track] = tracked([1, 2], { form });
    const items = from(source);
    await items.next();

    await items.return();

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
  });

  it("does not close it at its end", async () => {
    const [source, track] = tracked([1, 2], { form });

    await from(source).toArray();

    expect(track).toMatchObject({ returned: 0, open: 0 });
  });
});

describe("from()", () => {
  it("gives a Stream", () => {
    expect(from([])).toBeInstanceOf(Stream);
  });

  it.each<[string, StreamSource<unknown>, unknown[]]>([
    ["a string, by code points", "a😀", ["a", "😀"]],
    ["a set", new Set([1, 2]), [1, 2]],
    ["a map", new Map([["a", 1]]), [["a", 1]]],
    ["a typed array", new Uint8Array([1, 2]), [1, 2]],
    [
      "an array of another realm",
      runInNewContext("[1, 2]") as number[],
      [1, 2],
    ],
    ["an array with holes", [1, , 3], [1, undefined, 3]], // eslint-disable-line no-sparse-arrays -- it is what is read
  ])("takes %s", async (_, source, items) => {
    await expect(from(source).toArray()).resolves.toEqual(items);
  });

  it("takes what has only next()", async () => {
    let count = 0;
    const items = from({
      next: () => Promise.resolve({ done: count === 2, value: count++ }),
    });

    await expect(items.toArray()).resolves.toEqual([0, 1]);
  });

  it("takes results of an async iterator that are no promises", async () => {
    let count = 0;
    const items = from<number>({
      [Symbol.asyncIterator]: () => ({
        next: () => ({ done: count === 2, value: count++ }) as never,
      }),
    });

    await expect(items.toArray()).resolves.toEqual([0, 1]);
  });

  it("waits for promises in the results that an iterator alone gives at once", async () => {
    let count = 0;
    const items = from<unknown>({
      next: () => ({ done: count === 2, value: Promise.resolve(count++) }),
    });

    await expect(items.toArray()).resolves.toEqual([0, 1]);
  });

  it("closes an iterator alone that gives a promise which rejects", async () => {
    const failure = new Error("no item");
    let closed = 0;
    const items = from<unknown>({
      next: () => ({ done: false, value: Promise.reject(failure) }),
      return: () => {
        closed++;
        return { done: true, value: undefined };
      },
    });

    await expect(items.toArray()).rejects.toBe(failure);
    expect(closed).toBe(1);
  });

  it("gives promises as they are in the results that an iterator alone gives later", async () => {
    const item = Promise.resolve(0);
    const items = from<unknown>({
      next: () => Promise.resolve({ done: false, value: item }),
    });

    const seen: boolean[] = [];
    await items.take(1).forEach((given) => void seen.push(given === item));

    expect(seen).toEqual([true]);
  });

  it("takes results of an async iterator that are foreign promises", async () => {
    let count = 0;
    const items = from<number>({
      [Symbol.asyncIterator]: () => ({
        next: () =>
          ({
            then: (resolve: (result: unknown) => void) => {
              resolve({ done: count === 2, value: count++ });
            },
          }) as never,
      }),
    });

    await expect(items.toArray()).resolves.toEqual([0, 1]);
  });

  it("prefers an async iterator where there are both", async () => {
    const items = from({
      [Symbol.iterator]: () => ["sync"].values(),
      [Symbol.asyncIterator]: () =>
        tracked(["async"], { form: "async-iterator" })[0],
    } as AsyncIterable<string>);

    await expect(items.toArray()).resolves.toEqual(["async"]);
  });

  it("asks an array that has an iterator of its own for that", async () => {
    const source = Object.assign([1, 2], {
      [Symbol.iterator]: () => [3].values(),
    });

    await expect(from(source).toArray()).resolves.toEqual([3]);
  });

  it("sees what is added to an array while it is read, as its iterator does", async () => {
    const source = [1];

    const items = await from(source)
      .tap((item) => {
        if (item < 3) source.push(item + 1);
      })
      .toArray();

    expect(items).toEqual([1, 2, 3]);
  });

  it("does not await the items of an async source", async () => {
    const item = Promise.resolve(1);
    const source = tracked([item], { form: "async-iterable" })[0];

    const items = await from<unknown>(source)
      .map((item) => ({ item }))
      .toArray();

    expect(items).toEqual([{ item }]);
  });

  it("awaits the promises of what has only next(), and gives results at once", async () => {
    let count = 0;
    const items = from<number>({
      next: () => ({ done: count === 2, value: Promise.resolve(count++) }),
    });

    await expect(items.map((item) => item + 1).toArray()).resolves.toEqual([
      1, 2,
    ]);
  });

  it("awaits the promises of a synchronous source, one at a time", async () => {
    const [first, second] = [
      createDeferred<number>(),
      createDeferred<number>(),
    ];
    const [source, track] = tracked([first.promise, second.promise], {
      form: "iterable",
    });
    const all = from<number>(source).toArray();

    await loopTurns();
    const before = track.pulled;
    first.resolve(1);
    second.resolve(2);

    expect(before).toBe(1);
    await expect(all).resolves.toEqual([1, 2]);
  });

  it("reads next() once, as the language does", async () => {
    let reads = 0;
    const iterator = {
      count: 0,
      get next() {
        reads += 1;
        return () => ({ done: this.count === 3, value: this.count++ });
      },
    };

    await from(iterator as Iterator<number>).toArray();

    expect(reads).toBeLessThanOrEqual(2);
  });

  it("calls the methods of a source on it", async () => {
    class Source {
      readonly items = [1, 2];
      [Symbol.asyncIterator](): Cursor {
        return new Cursor(this.items);
      }
    }
    class Cursor implements AsyncIterator<number> {
      readonly items: Iterator<number>;
      constructor(items: readonly number[]) {
        this.items = items.values();
      }
      async next(): Promise<IteratorResult<number>> {
        return this.items.next();
      }
    }

    await expect(from(new Source()).toArray()).resolves.toEqual([1, 2]);
  });

  it.each([
    [1, "1"],
    [undefined, "undefined"],
    [null, "null"],
    [{}, "the object"],
    [Symbol("s"), "Symbol(s)"],
    [
      function named() {
        // It is no source.
      },
      "'named'",
    ],
  ])("refuses %o, at once", (source, name) => {
    expect(() => from(source as never)).toThrow(
      new TypeError(`Cannot make a stream of ${name}: it is not iterable`),
    );
  });

  it("refuses a promise of a source", () => {
    expect(() => from(Promise.resolve([1]) as never)).toThrow(TypeError);
  });
});
