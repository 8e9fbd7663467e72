import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("windows()", () => {
  it("gives the last items for each, once there are as many", async () => {
    await expect(from("abcd").windows(3).toArray()).resolves.toEqual([
      ["a", "b", "c"],
      ["b", "c", "d"],
    ]);
  });

  it("gives nothing where there are too few", async () => {
    await expect(from("ab").windows(3).toArray()).resolves.toEqual([]);
  });

  it("gives one window where there are just as many", async () => {
    await expect(from("abc").windows(3).toArray()).resolves.toEqual([
      ["a", "b", "c"],
    ]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).windows(1).toArray()).resolves.toEqual([]);
  });

  it("gives arrays of their own, which may be changed", async () => {
    const seen: number[][] = [];

    await from([1, 2, 3])
      .windows(2)
      .forEach((window) => {
        seen.push([...window]);
        window.length = 0;
      });

    expect(seen).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it("reads no further than the window that was asked for", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);
    const windows = from(source).windows(2);

    await windows.next();

    expect(track.pulled).toBe(2);
  });

  it.each([0, -1, 1.5, NaN, Infinity, "2", null])(
    "refuses a size of %o, at once",
    (size) => {
      expect(() => from([1]).windows(size as never)).toThrow(RangeError);
    },
  );

  it("says why it refuses a size", () => {
    expect(() => from([1]).windows(0)).toThrow(
      new RangeError(
        "Cannot use 0 as 'size': it is not an integer of 1 or more",
      ),
    );
  });

  it("gives all slices of that length, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer()),
        fc.integer({ min: 1, max: 5 }),
        async (items, size) => {
          const windows = await from(items).windows(size).toArray();

          expect(windows).toEqual(
            Array.from(
              { length: Math.max(0, items.length - size + 1) },
              (_, index) => items.slice(index, index + size),
            ),
          );
        },
      ),
    );
  });
});
