import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("take()", () => {
  it.each([
    [0, []],
    [1, ["a"]],
    [2, ["a", "b"]],
    [3, ["a", "b", "c"]],
    [9, ["a", "b", "c"]],
  ])("of %o gives no more than so many", async (limit, items) => {
    await expect(from("abc").take(limit).toArray()).resolves.toEqual(items);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).take(1).toArray()).resolves.toEqual([]);
  });

  it("asks for no item after the last", async () => {
    const [source, track] = tracked([1, 2, 3]);

    await from(source).take(2).toArray();

    expect(track).toMatchObject({ pulled: 2, returned: 1, closed: 1 });
  });

  it("closes the source although it gives exactly so many", async () => {
    const [source, track] = tracked([1, 2]);

    await from(source).take(2).toArray();

    expect(track).toMatchObject({ pulled: 2, returned: 1 });
  });

  it("does not close a source that ends before", async () => {
    const [source, track] = tracked([1]);

    await from(source).take(2).toArray();

    expect(track.returned).toBe(0);
  });

  it("opens nothing for none", async () => {
    const [source, track] = tracked([1, 2]);

    await from(source).take(0).toArray();

    expect(track.events).toEqual([]);
  });

  it("closes an iterator that is there for none", async () => {
    const [source, track] = tracked([1, 2], { form: "async-iterator" });

    await from(source).take(0).toArray();

    expect(track.events).toEqual(["returned", "closed"]);
  });

  it("closes the source when the item after the last is asked for", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source).take(1);
    await items.next();

    await expect(items.next()).resolves.toEqual({
      done: true,
      value: undefined,
    });
    expect(track).toMatchObject({ pulled: 1, closed: 1 });
  });

  it("counts what comes to it, and not what was left out above", async () => {
    const items = from([1, 2, 3, 4])
      .filter((item) => item % 2 === 0)
      .take(1);

    await expect(items.toArray()).resolves.toEqual([2]);
  });

  it("gives the last item to what is below before the source is closed", async () => {
    const log: string[] = [];
    const [source] = tracked([1, 2], { log });

    await from(source)
      .take(1)
      .forEach(() => {
        log.push("given");
      });

    expect(log.slice(-3)).toEqual([
      "given",
      "source returned",
      "source closed",
    ]);
  });

  it("takes the least of several", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);

    const items = await from(source).take(3).take(2).take(4).toArray();

    expect(items).toEqual([1, 2]);
    expect(track.pulled).toBe(2);
  });

  it.each([-1, 1.5, NaN, Infinity, "1", null, undefined])(
    "refuses a limit of %o, at once",
    (limit) => {
      expect(() => from([1]).take(limit as never)).toThrow(RangeError);
    },
  );

  it("says why it refuses a limit", () => {
    expect(() => from([1]).take(-1)).toThrow(
      new RangeError(
        "Cannot use -1 as 'limit': it is not an integer of 0 or more",
      ),
    );
  });

  it("and drop() are slice() of an array", async () => {
    const count = fc.integer({ min: 0, max: 12 });

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 10 }),
        count,
        count,
        fc.boolean(),
        async (items, dropped, taken, isSync) => {
          const source = isSync ? items : tracked(items)[0];

          const given = await from(source).drop(dropped).take(taken).toArray();

          expect(given).toEqual(items.slice(dropped, dropped + taken));
        },
      ),
    );
  });

  it("before drop() is slice() of an array, too", async () => {
    const count = fc.integer({ min: 0, max: 12 });

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 10 }),
        count,
        count,
        async (items, taken, dropped) => {
          const given = await from(items).take(taken).drop(dropped).toArray();

          expect(given).toEqual(items.slice(0, taken).slice(dropped));
        },
      ),
    );
  });
});
