import { describe, expect, it } from "vitest";
import { from } from "sluice";

describe("indexed()", () => {
  it("gives each item with its number, from 0", async () => {
    const pairs = from(["a", "b"]).indexed();

    await expect(pairs.toArray()).resolves.toEqual([
      [0, "a"],
      [1, "b"],
    ]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).indexed().toArray()).resolves.toEqual([]);
  });

  it("counts what comes to it, and not what was left out above", async () => {
    const pairs = from(["a", "b", "c"])
      .filter((item) => item !== "b")
      .indexed();

    await expect(pairs.toArray()).resolves.toEqual([
      [0, "a"],
      [1, "c"],
    ]);
  });

  it("counts from the item on at which it is begun", async () => {
    const items = from(["a", "b", "c"]);
    await items.next();

    await expect(items.indexed().toArray()).resolves.toEqual([
      [0, "b"],
      [1, "c"],
    ]);
  });

  it("gives an array of its own for each item", async () => {
    const [first, second] = await from(["a", "a"]).indexed().toArray();

    expect(first).not.toBe(second);
  });
});
