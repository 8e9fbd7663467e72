import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("toSet()", () => {
  it("gives each item once, in the order in which they came first", async () => {
    const letters = await from("abcab").toSet();

    expect(letters).toBeInstanceOf(Set);
    expect([...letters]).toEqual(["a", "b", "c"]);
  });

  it("gives an empty set for an empty source", async () => {
    await expect(from([]).toSet()).resolves.toEqual(new Set());
  });

  it("tells items apart as a Set does", async () => {
    const items = await from([NaN, NaN, 0, -0, undefined]).toSet();

    expect(items.size).toBe(3);
  });

  it("has no result where the stream fails", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });

    await expect(from(source).toSet()).rejects.toBe(failure);
  });
});
