import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("reduce()", () => {
  it("folds the items into an initial value", async () => {
    const sum = from([1, 2, 3]).reduce((sum, item) => sum + item, 10);

    await expect(sum).resolves.toBe(16);
  });

  it("begins with the first item where there is no initial value", async () => {
    const seen: [number, number, number][] = [];

    const sum = await from([1, 2, 3]).reduce((sum, item, { index }) => {
      seen.push([sum, item, index]);
      return sum + item;
    });

    expect(sum).toBe(6);
    expect(seen).toEqual([
      [1, 2, 1],
      [3, 3, 2],
    ]);
  });

  it("gives the initial value for an empty source", async () => {
    const result = from<number>([]).reduce((a, b) => a + b, 10);

    await expect(result).resolves.toBe(10);
  });

  it("gives the only item where there is no initial value", async () => {
    let calls = 0;

    const result = await from([7]).reduce((a) => {
      calls += 1;
      return a;
    });

    expect([result, calls]).toEqual([7, 0]);
  });

  it("rejects for an empty source without an initial value", async () => {
    const result = from<number>([]).reduce((a, b) => a + b);

    await expect(result).rejects.toThrow(
      new TypeError("Cannot reduce an empty stream: it has no initial value"),
    );
  });

  it("takes `undefined` for an initial value, if it is given", async () => {
    const result = from([]).reduce<unknown>(() => 1, undefined);

    await expect(result).resolves.toBeUndefined();
  });

  it("takes `undefined` for an item like any other", async () => {
    const result = from([undefined]).reduce((a) => a);

    await expect(result).resolves.toBeUndefined();
  });

  it("awaits the callback, and goes on with what it gives", async () => {
    const sum = from([1, 2, 3]).reduce(async (sum, item) => sum + item, 0);

    await expect(sum).resolves.toBe(6);
  });

  it("closes the source when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);

    const result = from(source).reduce(() => Promise.reject(failure), 0);

    await expect(result).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).reduce(1 as never)).toThrow(
      new TypeError("Cannot reduce with 1: it is not a function"),
    );
  });
});
