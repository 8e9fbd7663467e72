import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { range } from "sluice";

describe("range()", () => {
  it.each<[readonly number[], readonly number[]]>([
    [[0], []],
    [[1], [0]],
    [[3], [0, 1, 2]],
    [[-1], []],
    [[2.5], [0, 1, 2]],
    [
      [2, 5],
      [2, 3, 4],
    ],
    [[5, 2], []],
    [[2, 2], []],
    [
      [-2, 1],
      [-2, -1, 0],
    ],
    [
      [0, 10, 4],
      [0, 4, 8],
    ],
    [
      [0, 8, 4],
      [0, 4],
    ],
    [
      [3, 0, -1],
      [3, 2, 1],
    ],
    [
      [5, 0, -2],
      [5, 3, 1],
    ],
    [[0, 3, -1], []],
    [
      [0, 1, 0.25],
      [0, 0.25, 0.5, 0.75],
    ],
  ])("of %o gives %o", async (bounds, items) => {
    const numbers = range(...(bounds as [number, number, number]));

    await expect(numbers.toArray()).resolves.toEqual(items);
  });

  it.each([
    [[Infinity], [0, 1, 2]],
    [
      [5, Infinity],
      [5, 6, 7],
    ],
    [
      [0, -Infinity, -1],
      [0, -1, -2],
    ],
  ])("of %o goes on for ever", async (bounds, first) => {
    const numbers = range(...(bounds as [number, number, number])).take(3);

    expect((await numbers.toArray()).map((item) => item + 0)).toEqual(first);
  });

  it("computes each number from the start: fractions do not add up errors", async () => {
    const numbers = await range(0, 1, 0.1).toArray();

    expect(numbers).toHaveLength(10);
    expect(numbers[9]).toBe(9 * 0.1);
  });

  it("gives what Python's range gives, for integers", async () => {
    const integer = fc.integer({ min: -50, max: 50 });

    await fc.assert(
      fc.asyncProperty(
        integer,
        integer,
        integer.filter((step) => step !== 0),
        async (start, end, step) => {
          const length = Math.max(0, Math.ceil((end - start) / step));

          const numbers = await range(start, end, step).toArray();

          expect(numbers).toEqual(
            Array.from({ length }, (_, index) => start + index * step),
          );
        },
      ),
    );
  });

  it.each<[readonly unknown[], string]>([
    [[NaN], "NaN"],
    [["3"], '"3"'],
    [[null], "null"],
    [[undefined], "undefined"],
    [[0, NaN], "NaN"],
    [[0, 1, "1"], '"1"'],
    [[0n], "0"],
  ])("of %o is refused, at once", (bounds, name) => {
    expect(() => range(...(bounds as [number]))).toThrow(
      new TypeError(`Cannot count with ${name}: it is not a number`),
    );
  });

  it.each([
    [[0, 5, Infinity]],
    [[0, -5, -Infinity]],
    [[Infinity, 5, -1]],
    [[-Infinity, 5]],
  ])("of %o is refused, as only an end may be infinite", (bounds) => {
    expect(() => range(...(bounds as [number]))).toThrow(RangeError);
  });

  it("in steps of 0 is refused, at once", () => {
    expect(() => range(0, 1, 0)).toThrow(
      new RangeError("Cannot count in steps of 0: it would never end"),
    );
  });
});
