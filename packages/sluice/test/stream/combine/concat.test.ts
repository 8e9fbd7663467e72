import { describe, expect, it } from "vitest";
import { concat, from } from "sluice";
import { tracked } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";

describe("concat()", () => {
  it("gives the items of one source after the other", async () => {
    const items = concat([1, 2], tracked([3])[0], from([4]).map(Number), "5");

    await expect(items.toArray()).resolves.toEqual([1, 2, 3, 4, "5"]);
  });

  it("gives nothing for no source", async () => {
    await expect(concat().toArray()).resolves.toEqual([]);
  });

  it("passes over sources that are empty", async () => {
    const items = concat([], [1], tracked<number>([])[0], [2], []);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("opens a source when the one before has ended", async () => {
    const log: string[] = [];
    const [first] = tracked([1], { name: "first", log });
    const [second] = tracked([2], { name: "second", log });

    await concat(first, second).toArray();

    expect(log.indexOf("first ended")).toBeLessThan(
      log.indexOf("second opened"),
    );
  });

  it("reads no further than it is asked to", async () => {
    const [first] = tracked([1]);
    const [second, track] = tracked([2]);
    const items = concat(first, second);

    await items.next();

    expect(track.events).toEqual([]);
    await items.return();
  });

  it("awaits the promises of synchronous sources", async () => {
    const items = concat([Promise.resolve(1)], [2]);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("closes the source that it reads, and those that it has not begun, when it is left", async () => {
    const [first, firstTrack] = tracked([1, 2]);
    const [second, secondTrack] = tracked([3], { form: "async-iterator" });
    const items = concat(first, second);
    await items.next();

    await items.return();

    expect([firstTrack.closed, secondTrack.closed]).toEqual([1, 1]);
    expect(secondTrack.pulled).toBe(0);
  });

  it("closes those that it has not begun, and fails, when one fails", async () => {
    const failure = new Error("broken");
    const [first] = tracked([1], { error: failure });
    const [second, track] = tracked([3], { form: "async-iterator" });

    const error = await errorOf(concat(first, second).toArray());

    expect(error).toBe(failure);
    expect(track).toMatchObject({ pulled: 0, closed: 1 });
  });

  it("does not ask an iterable for an iterator to close it", async () => {
    const [second, track] = tracked([3]);
    const items = concat([1, 2], second);
    await items.next();

    await items.return();

    expect(track.events).toEqual([]);
  });

  it("may be concatenated again", async () => {
    const items = concat(concat([1], [2]), concat([3]));

    await expect(items.toArray()).resolves.toEqual([1, 2, 3]);
  });

  it("refuses what cannot be iterated over, at once", () => {
    expect(() => concat([1], undefined as never)).toThrow(TypeError);
  });
});
