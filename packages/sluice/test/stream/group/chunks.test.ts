import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from, range } from "sluice";
import { tracked } from "sluice/testing";

describe("chunks()", () => {
  it("gives arrays of so many items, the last of which may be shorter", async () => {
    const chunks = await from("abcde").chunks(2).toArray();

    expect(chunks).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  it("gives no empty array where the items come out even", async () => {
    await expect(from("abcd").chunks(2).toArray()).resolves.toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).chunks(2).toArray()).resolves.toEqual([]);
  });

  it("reads no further than the array that was asked for", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);
    const chunks = from(source).chunks(2);

    await chunks.next();

    expect(track.pulled).toBe(2);
  });

  it("drops an array that is not full when the source fails", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1, 2, 3], { error: failure });
    const chunks = from(source).chunks(2);

    await expect(chunks.next()).resolves.toMatchObject({ value: [1, 2] });
    await expect(chunks.next()).rejects.toBe(failure);
  });

  it("drops an array that is not full when the stream is left", async () => {
    const [source, track] = tracked([1], { stuck: true });
    const chunks = from(source).chunks(2);
    const pending = chunks.next();

    await chunks.return();

    await expect(pending).resolves.toEqual({ done: true, value: undefined });
    expect(track.closed).toBe(1);
  });

  it("gives an array that is short where what is above ends the input", async () => {
    const chunks = range(9).take(3).chunks(2);

    await expect(chunks.toArray()).resolves.toEqual([[0, 1], [2]]);
  });

  it("gives nothing more where what is below ends the input", async () => {
    const chunks = from([1, 2, 3]).chunks(2).take(1);

    await expect(chunks.toArray()).resolves.toEqual([[1, 2]]);
  });

  it("gives the short array to what opens sources for it", async () => {
    const items = from([1, 2, 3])
      .chunks(2)
      .flatMap((chunk) => chunk);

    await expect(items.toArray()).resolves.toEqual([1, 2, 3]);
  });

  it("gives the short array to what waits for it", async () => {
    const sums = from([1, 2, 3])
      .chunks(2)
      .map(async (chunk) => chunk.length);

    await expect(sums.toArray()).resolves.toEqual([2, 1]);
  });

  it("may be followed by itself", async () => {
    const chunks = from([1, 2, 3, 4, 5]).chunks(2).chunks(2);

    await expect(chunks.toArray()).resolves.toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [[5]],
    ]);
  });

  it.each([0, -1, 1.5, NaN, Infinity, "2", null])(
    "refuses a size of %o, at once",
    (size) => {
      expect(() => from([1]).chunks(size as never)).toThrow(RangeError);
    },
  );

  it("says why it refuses a size", () => {
    expect(() => from([1]).chunks(0)).toThrow(
      new RangeError(
        "Cannot use 0 as 'size': it is not an integer of 1 or more",
      ),
    );
  });

  it("keeps every item, in order, in full arrays but for the last", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer()),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (items, size, isSync) => {
          const source = isSync ? items : tracked(items)[0];

          const chunks = await from(source).chunks(size).toArray();

          expect(chunks).toEqual(
            Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
              items.slice(index * size, (index + 1) * size),
            ),
          );
        },
      ),
    );
  });

  it("is undone by flatMap(), however the two are nested", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer()),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (items, size, groups) => {
          const given = await from(items)
            .chunks(size)
            .chunks(groups)
            .flatMap((group) => from(group).flatMap((chunk) => chunk))
            .toArray();

          expect(given).toEqual(items);
        },
      ),
    );
  });
});
