import { describe, expect, it } from "vitest";
import { from, iterable, range, Stream } from "sluice";
import { tracked } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";

describe("iterable()", () => {
  it("gives a stream of its own to each reader", async () => {
    const numbers = iterable(() => range(3));

    const read = [await from(numbers).toArray(), await from(numbers).toArray()];

    expect(read).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it("gives a Stream as its iterator, another each time", () => {
    const numbers = iterable(() => [1]);

    const first = numbers[Symbol.asyncIterator]();
    const second = numbers[Symbol.asyncIterator]();

    expect(first).toBeInstanceOf(Stream);
    expect(second).not.toBe(first);
  });

  it("can be read by two loops at once", async () => {
    const numbers = iterable(() => range(2));
    const seen: number[][] = [];

    for await (const a of numbers)
      for await (const b of numbers) seen.push([a, b]);

    expect(seen).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  it("calls the function once for each reader, when the iterator is asked for", async () => {
    let calls = 0;
    const numbers = iterable(() => {
      calls += 1;
      return [1];
    });
    const items = from(numbers);
    const before = calls;

    await items.toArray();
    await from(numbers).toArray();

    expect([before, calls]).toEqual([0, 2]);
  });

  it("closes what a reader leaves, and that only", async () => {
    const tracks: ReturnType<typeof tracked>[1][] = [];
    const numbers = iterable(() => {
      const [source, track] = tracked([1, 2]);
      tracks.push(track);
      return source;
    });
    const other = numbers[Symbol.asyncIterator]();
    await other.next();

    for await (const _item of numbers) break;

    expect(tracks.map(({ closed }) => closed)).toEqual([0, 1]);
    await other.return();
  });

  it("is a source that flatMap() reads anew each time", async () => {
    const numbers = iterable(() => range(2));

    const items = await from(["a", "b"])
      .flatMap(() => numbers)
      .toArray();

    expect(items).toEqual([0, 1, 0, 1]);
  });

  it("fails a reader with what the function throws", async () => {
    const failure = new Error("factory");
    const numbers = iterable(() => {
      throw failure;
    });

    await expect(from(numbers).toArray()).rejects.toBe(failure);
  });

  it("fails a reader with a TypeError where the function gives no source", async () => {
    const numbers = iterable((() => 1) as never);

    expect(await errorOf(from(numbers).toArray())).toBeInstanceOf(TypeError);
  });

  it("refuses what is no function, at once", () => {
    expect(() => iterable([1] as never)).toThrow(
      new TypeError(
        "Cannot make an iterable with the object: it is not a function",
      ),
    );
  });
});
