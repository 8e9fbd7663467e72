import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";
import { loopTurns } from "../../support/loop-turns.ts";

describe("filter()", () => {
  it("gives the items for which the callback answers true", async () => {
    const items = from([1, 2, 3, 4]).filter((item) => item % 2 === 0);

    await expect(items.toArray()).resolves.toEqual([2, 4]);
  });

  it.each([true, 1, "yes", {}, []])("takes %o for true", async (answer) => {
    await expect(
      from([1])
        .filter(() => answer)
        .toArray(),
    ).resolves.toEqual([1]);
  });

  it.each([false, 0, "", null, undefined, NaN])(
    "takes %o for false",
    async (answer) => {
      await expect(
        from([1])
          .filter(() => answer)
          .toArray(),
      ).resolves.toEqual([]);
    },
  );

  it("awaits a promised answer, true or false", async () => {
    const items = from([1, 2, 3]).filter(async (item) => {
      await loopTurns();
      return item !== 2;
    });

    await expect(items.toArray()).resolves.toEqual([1, 3]);
  });

  it("gives items that are falsy themselves", async () => {
    const items = from([0, undefined, null, ""]).filter(() => true);

    await expect(items.toArray()).resolves.toEqual([0, undefined, null, ""]);
  });

  it("reads on until there is one, for one call of next()", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);
    const items = from(source).filter((item) => item > 2);

    await expect(items.next()).resolves.toEqual({ done: false, value: 3 });
    expect(track.pulled).toBe(3);
  });

  it("ends where there is none", async () => {
    const items = from([1, 2]).filter(() => false);

    await expect(items.next()).resolves.toEqual({
      done: true,
      value: undefined,
    });
  });

  it("runs two that are neighbours in turn, whichever waits", async () => {
    const seen: number[] = [];
    const items = from([1, 2, 3, 4])
      .filter((item) => (item === 2 ? Promise.resolve(false) : true))
      .filter((item) => {
        seen.push(item);
        return item === 3 ? Promise.resolve(true) : item > 3;
      });

    await expect(items.toArray()).resolves.toEqual([3, 4]);
    expect(seen).toEqual([1, 3, 4]);
  });

  it.each<[string, (items: ReturnType<typeof from<number>>) => unknown]>([
    [
      "before a map()",
      (items) =>
        items
          .filter(async (item) => item > 1)
          .map(async (item) => item * 10)
          .toArray(),
    ],
    [
      "after a map()",
      (items) =>
        items
          .map(async (item) => item * 10)
          .filter(async (item) => item > 10)
          .toArray(),
    ],
  ])("gives the same %s, waiting or not", async (_, run) => {
    await expect(run(from([1, 2, 3]))).resolves.toEqual([20, 30]);
  });

  it("closes the source, and fails, when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);
    const items = from(source).filter(() => {
      throw failure;
    });

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).filter(1 as never)).toThrow(
      new TypeError("Cannot call 1: it is not a function"),
    );
  });
});
