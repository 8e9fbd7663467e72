import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("scan()", () => {
  it("gives each step of a fold", async () => {
    const items = from([1, 2, 3]).scan((sum, item) => sum + item, 10);

    await expect(items.toArray()).resolves.toEqual([11, 13, 16]);
  });

  it("begins with the first item where there is no initial value", async () => {
    const items = from([1, 2, 3]).scan((sum, item) => sum + item);

    await expect(items.toArray()).resolves.toEqual([1, 3, 6]);
  });

  it("does not call the callback for an item that is the first result", async () => {
    const seen: [number, number, number][] = [];

    await from([1, 2, 3])
      .scan((sum, item, { index }) => {
        seen.push([sum, item, index]);
        return sum + item;
      })
      .toArray();

    expect(seen).toEqual([
      [1, 2, 1],
      [3, 3, 2],
    ]);
  });

  it("takes `undefined` for an initial value, if it is given", async () => {
    const seen: unknown[] = [];

    await from([1])
      .scan<unknown>((before) => {
        seen.push(before);
        return 1;
      }, undefined)
      .toArray();

    expect(seen).toEqual([undefined]);
  });

  it("gives nothing for an empty source, with an initial value or without", async () => {
    const empty = [
      await from<number>([])
        .scan((a) => a)
        .toArray(),
      await from<number>([])
        .scan((a) => a, 1)
        .toArray(),
    ];

    expect(empty).toEqual([[], []]);
  });

  it("awaits the callback, and goes on with what it gives", async () => {
    const items = from([1, 2, 3]).scan(async (sum, item) => sum + item, 0);

    await expect(items.toArray()).resolves.toEqual([1, 3, 6]);
  });

  it("goes on with falsy results", async () => {
    const items = from([1, 2]).scan<unknown>(
      (before, item) => (item === 1 ? undefined : [before]),
      0,
    );

    await expect(items.toArray()).resolves.toEqual([undefined, [undefined]]);
  });

  it("closes the source when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);
    const items = from(source).scan(() => {
      throw failure;
    }, 0);

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).scan(1 as never)).toThrow(
      new TypeError("Cannot scan with 1: it is not a function"),
    );
  });
});
