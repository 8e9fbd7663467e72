import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";

describe("toMap()", () => {
  it("gives the pairs as a Map", async () => {
    const map = await from([
      ["a", 1],
      ["b", 2],
    ] as const).toMap();

    expect(map).toBeInstanceOf(Map);
    expect([...map]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });

  it("keeps the last value of a key, where the key came first", async () => {
    const map = await from([
      ["a", 1],
      ["b", 2],
      ["a", 3],
    ] as const).toMap();

    expect([...map]).toEqual([
      ["a", 3],
      ["b", 2],
    ]);
  });

  it("gives an empty map for an empty source", async () => {
    await expect(from<[string, number]>([]).toMap()).resolves.toEqual(
      new Map(),
    );
  });

  it("takes the entries of a Map", async () => {
    const source = new Map([["a", 1]]);

    await expect(from(source).toMap()).resolves.toEqual(source);
  });

  it("closes the source, and fails, where an item is no pair", async () => {
    const [source, track] = tracked([1, 2]);

    const error = await errorOf(
      (from(source) as ReturnType<typeof from<never>>).toMap(),
    );

    expect(error).toBeInstanceOf(TypeError);
    expect(track.closed).toBe(1);
  });

  it("has no result where the stream fails", async () => {
    const failure = new Error("broken");
    const [source] = tracked([["a", 1] as const], { error: failure });

    await expect(from(source).toMap()).rejects.toBe(failure);
  });
});
