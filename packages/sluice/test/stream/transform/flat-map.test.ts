import { describe, expect, it } from "vitest";
import { BusyError, from, range, type Stream } from "sluice";
import { tracked } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";

describe("flatMap()", () => {
  it("gives the items of what the callback makes of each item", async () => {
    const items = from([1, 2]).flatMap((item) => [item, item * 10]);

    await expect(items.toArray()).resolves.toEqual([1, 10, 2, 20]);
  });

  it("takes arrays, iterables, async iterables, streams, and promises of them", async () => {
    const sources = [
      [1],
      new Set([2]),
      tracked([3])[0],
      range(4, 5),
      Promise.resolve([5]),
      Promise.resolve(tracked([6])[0]),
      [Promise.resolve(7)],
    ];

    const items = await range(sources.length)
      .flatMap((index) => sources[index] ?? [])
      .toArray();

    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("gives nothing for sources without items", async () => {
    const items = from([1, 2, 3]).flatMap((item) => (item === 2 ? ["b"] : []));

    await expect(items.toArray()).resolves.toEqual(["b"]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(
      from([])
        .flatMap(() => [1])
        .toArray(),
    ).resolves.toEqual([]);
  });

  it("flattens one level", async () => {
    const items = from([1]).flatMap((item) => [[item]]);

    await expect(items.toArray()).resolves.toEqual([[1]]);
  });

  it("may be nested as deep as one likes", async () => {
    const items = from([0])
      .flatMap(() => [0, 1])
      .flatMap((item) => tracked([item, item + 2])[0])
      .flatMap((item) => [item, item + 4]);

    await expect(items.toArray()).resolves.toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  });

  it("reads one source to its end before it makes the next", async () => {
    const log: string[] = [];
    const make = (name: string): AsyncIterable<number> =>
      tracked([1], { name, log })[0];

    await from(["a", "b"]).flatMap(make).toArray();

    expect(log.indexOf("a ended")).toBeLessThan(log.indexOf("b opened"));
  });

  it("reads no further than it is asked to", async () => {
    const [outer, outerTrack] = tracked([1, 2]);
    const [inner, innerTrack] = tracked([3, 4]);
    const items = from(outer).flatMap(() => inner);

    await items.next();

    expect([outerTrack.pulled, innerTrack.pulled]).toEqual([1, 1]);
    await items.return();
  });

  it("closes the inner source, and then the outer, when it is left", async () => {
    const log: string[] = [];
    const [outer] = tracked([1, 2], { name: "outer", log });
    const items = from(outer).flatMap(
      () => tracked([3, 4], { name: "inner", log })[0],
    );
    await items.next();

    await items.return();

    expect(log.slice(-4)).toEqual([
      "inner returned",
      "inner closed",
      "outer returned",
      "outer closed",
    ]);
  });

  it("closes the outer source when the inner one fails", async () => {
    const failure = new Error("inner");
    const [outer, track] = tracked([1, 2]);
    const items = from(outer).flatMap(
      () => tracked([3], { error: failure })[0],
    );

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("closes the inner source when the outer one is stopped below", async () => {
    const [outer, outerTrack] = tracked([1, 2]);
    const [inner, innerTrack] = tracked([3, 4]);

    const items = await from(outer)
      .flatMap(() => inner)
      .take(1)
      .toArray();

    expect(items).toEqual([3]);
    expect([innerTrack.closed, outerTrack.closed]).toEqual([1, 1]);
  });

  it("closes a source that its callback's promise gives too late", async () => {
    const [late, track] = tracked([1], { form: "async-iterator" });
    const work = createDeferred<AsyncIterable<number>>();
    const items = from([0]).flatMap(() => work.promise);
    const pending = items.next();

    const left = items.return();
    work.resolve(late);
    await Promise.all([left, pending]);

    expect(track).toMatchObject({ returned: 1, open: 0 });
  });

  it("closes a source that its callback gives after it has left", async () => {
    const [inner, track] = tracked([1], { form: "async-iterator" });
    const items: Stream<number> = from([0]).flatMap(() => {
      left = items.return();
      return inner;
    });
    let left: Promise<unknown> | undefined;

    await items.next();
    await left;

    expect(track).toMatchObject({ pulled: 0, returned: 1 });
  });

  it("refuses a stream that another reads", async () => {
    const [outer, track] = tracked([1, 2]);
    const inner = from([1]);
    inner.map(String);

    const error = await errorOf(
      from(outer)
        .flatMap(() => inner)
        .toArray(),
    );

    expect(error).toBeInstanceOf(BusyError);
    expect(track.closed).toBe(1);
  });

  it("refuses a stream that it has read already", async () => {
    const inner = from([1]);

    const items = from([1, 2]).flatMap(() => inner);

    await expect(items.toArray()).rejects.toThrow(BusyError);
  });

  it.each([
    [1, "1"],
    [undefined, "undefined"],
    [null, "null"],
    [{}, "the object"],
    ["text", '"text"'],
  ])("fails where the callback gives %o", async (given, name) => {
    const [source, track] = tracked([1, 2]);

    const error = await errorOf(
      from(source)
        .flatMap(() => given as never)
        .toArray(),
    );

    expect(error).toBeInstanceOf(TypeError);
    expect(error).toHaveProperty(
      "message",
      `Cannot go on with ${name}: it is not an iterable object`,
    );
    expect(track.closed).toBe(1);
  });

  it.each([1, 2])(
    "fails where the callback's promise gives no source, with concurrency %o",
    async (concurrency) => {
      const items = from([1]).flatMap(() => Promise.resolve(1) as never, {
        concurrency,
      });

      await expect(items.toArray()).rejects.toThrow(TypeError);
    },
  );

  it("passes on what the callback throws", async () => {
    const failure = new Error("callback");
    const items = from([1]).flatMap(() => {
      throw failure;
    });

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).flatMap([1] as never)).toThrow(
      new TypeError("Cannot call the object: it is not a function"),
    );
  });

  it.each([0, NaN, 1.5])("refuses a concurrency of %o, at once", (count) => {
    expect(() => from([1]).flatMap(() => [], { concurrency: count })).toThrow(
      RangeError,
    );
  });
});
