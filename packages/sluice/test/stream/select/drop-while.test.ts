import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("dropWhile()", () => {
  it("gives items from the first on for which the callback does not answer true", async () => {
    const items = from([1, 2, 3, 1]).dropWhile((item) => item < 3);

    await expect(items.toArray()).resolves.toEqual([3, 1]);
  });

  it("gives nothing where it always does", async () => {
    const items = from([1, 2]).dropWhile(() => true);

    await expect(items.toArray()).resolves.toEqual([]);
  });

  it.each([false, 0, "", null, undefined, NaN])(
    "takes %o for false",
    async (answer) => {
      const items = from([1]).dropWhile(() => answer);

      await expect(items.toArray()).resolves.toEqual([1]);
    },
  );

  it("awaits a promised answer", async () => {
    const items = from([1, 2, 3]).dropWhile(async (item) => item < 2);

    await expect(items.toArray()).resolves.toEqual([2, 3]);
  });

  it("does not call the callback any more once it has answered false", async () => {
    const seen: number[] = [];

    await from([1, 2, 3, 1])
      .dropWhile((item) => {
        seen.push(item);
        return item < 2;
      })
      .toArray();

    expect(seen).toEqual([1, 2]);
  });

  it("closes the source, and fails, when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);
    const items = from(source).dropWhile(() => {
      throw failure;
    });

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).dropWhile(1 as never)).toThrow(
      new TypeError("Cannot call 1: it is not a function"),
    );
  });
});
