import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("toArray()", () => {
  it("gives all items, in order", async () => {
    await expect(from(tracked([3, 1, 2])[0]).toArray()).resolves.toEqual([
      3, 1, 2,
    ]);
  });

  it("gives an empty array for an empty source", async () => {
    await expect(from([]).toArray()).resolves.toEqual([]);
  });

  it("gives an array of its own", async () => {
    const source = [1, 2];

    const items = await from(source).toArray();

    expect(items).not.toBe(source);
  });

  it("has no result where the stream fails", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1, 2], { error: failure });

    await expect(from(source).toArray()).rejects.toBe(failure);
  });
});
