import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("drop()", () => {
  it.each([
    [0, ["a", "b", "c"]],
    [1, ["b", "c"]],
    [3, []],
    [9, []],
  ])("of %o leaves out so many", async (limit, items) => {
    await expect(from("abc").drop(limit).toArray()).resolves.toEqual(items);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).drop(1).toArray()).resolves.toEqual([]);
  });

  it("loads what it leaves out with the first item that is asked for", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);
    const items = from(source).drop(2);

    await expect(items.next()).resolves.toEqual({ done: false, value: 3 });
    expect(track.pulled).toBe(3);
  });

  it("does not close a source that ends before", async () => {
    const [source, track] = tracked([1]);

    await from(source).drop(2).toArray();

    expect(track.returned).toBe(0);
  });

  it("fails with what the source fails with meanwhile", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });

    await expect(from(source).drop(2).toArray()).rejects.toBe(failure);
  });

  it.each([-1, 1.5, NaN, Infinity, "1", null, undefined])(
    "refuses a limit of %o, at once",
    (limit) => {
      expect(() => from([1]).drop(limit as never)).toThrow(RangeError);
    },
  );

  it("says why it refuses a limit", () => {
    expect(() => from([1]).drop(0.5)).toThrow(
      new RangeError(
        "Cannot use 0.5 as 'limit': it is not an integer of 0 or more",
      ),
    );
  });
});
