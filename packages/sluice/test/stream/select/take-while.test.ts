import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("takeWhile()", () => {
  it("gives items as long as the callback answers true", async () => {
    const items = from([1, 2, 3, 1]).takeWhile((item) => item < 3);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("gives all items where it always does", async () => {
    const items = from([1, 2]).takeWhile(() => true);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it.each([false, 0, "", null, undefined, NaN])(
    "takes %o for false",
    async (answer) => {
      const items = from([1]).takeWhile(() => answer);

      await expect(items.toArray()).resolves.toEqual([]);
    },
  );

  it("awaits a promised answer", async () => {
    const items = from([1, 2, 3]).takeWhile(async (item) => item < 2);

    await expect(items.toArray()).resolves.toEqual([1]);
  });

  it("closes the source with the first item that it does not give", async () => {
    const [source, track] = tracked([1, 2, 3]);

    await from(source)
      .takeWhile((item) => item < 2)
      .toArray();

    expect(track).toMatchObject({ pulled: 2, returned: 1, closed: 1 });
  });

  it("calls the callback no more after that", async () => {
    const seen: number[] = [];
    const items = from([1, 2, 3]).takeWhile((item) => seen.push(item) < 2);
    await items.toArray();

    await items.return();

    expect(seen).toEqual([1, 2]);
  });

  it("closes the source, and fails, when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);
    const items = from(source).takeWhile(() => Promise.reject(failure));

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).takeWhile(1 as never)).toThrow(
      new TypeError("Cannot call 1: it is not a function"),
    );
  });

  it("and dropWhile() give all items between them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 0, max: 9 }),
        fc.boolean(),
        async (items, limit, waits) => {
          const isBelow = (item: number): boolean | Promise<boolean> =>
            waits ? Promise.resolve(item < limit) : item < limit;
          const end = items.findIndex((item) => item >= limit);
          const split = end === -1 ? items.length : end;

          const taken = await from(items).takeWhile(isBelow).toArray();
          const rest = await from(items).dropWhile(isBelow).toArray();

          expect([taken, rest]).toEqual([
            items.slice(0, split),
            items.slice(split),
          ]);
        },
      ),
    );
  });
});
