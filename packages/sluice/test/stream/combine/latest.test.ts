import { describe, expect, it } from "vitest";
import { from, latest, sleep, stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";

/** Gives each item at its time. */
function at<T>(...items: readonly [ms: number, item: T][]): AsyncIterable<T> {
  return stream(async function* ({ signal }) {
    let moment = 0;
    for (const [ms, item] of items) {
      await sleep(ms - moment, signal);
      moment = ms;
      yield item;
    }
  });
}

describe("latest()", () => {
  it("gives the newest of all whenever one is new, once each has one", async () => {
    const clock = virtualClock();

    const rows = await clock.run(() =>
      latest(at([10, "a"], [30, "b"]), at([20, 1], [40, 2])).toArray(),
    );

    expect(rows).toEqual([
      ["a", 1],
      ["b", 1],
      ["b", 2],
    ]);
  });

  it("ends when all have ended", async () => {
    const clock = virtualClock();

    const rows = await clock.run(() =>
      latest(at([10, "a"]), at([20, 1], [30, 2])).toArray(),
    );

    expect(rows).toEqual([
      ["a", 1],
      ["a", 2],
    ]);
    expect(clock.steps).toEqual([10, 20, 30]);
  });

  it("ends where one ends without an item, and closes the others", async () => {
    const [other, track] = tracked([1, 2], { stuck: true });

    const rows = await latest(other, tracked([])[0]).toArray();

    expect(rows).toEqual([]);
    expect(track.closed).toBe(1);
  });

  it("gives nothing for no source", async () => {
    await expect(latest().toArray()).resolves.toEqual([]);
  });

  it("gives each item of an only source in an array", async () => {
    await expect(latest([1, 2]).toArray()).resolves.toEqual([[1], [2]]);
  });

  it("takes `undefined` for an item like any other", async () => {
    const rows = await latest([undefined], [1]).toArray();

    expect(rows).toEqual([[undefined, 1]]);
  });

  it("leaves no item out for a slow reader: it holds the sources up", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const rows = latest(source, ["a"]);

    await rows.next();
    await new Promise(setImmediate);

    expect(track.pulled).toBeLessThanOrEqual(2);
    await expect(rows.toArray()).resolves.toEqual([
      [2, "a"],
      [3, "a"],
    ]);
  });

  it("gives arrays of their own", async () => {
    const [first, second] = await latest([1, 2], ["a"]).toArray();

    expect(first).not.toBe(second);
  });

  it("closes all sources when it is left", async () => {
    const [first, firstTrack] = tracked([1, 2]);
    const [second, secondTrack] = tracked([1, 2]);
    const rows = latest(first, second);
    await rows.next();

    await rows.return();

    expect([firstTrack.closed, secondTrack.closed]).toEqual([1, 1]);
  });

  it("closes the others, and fails, when one fails", async () => {
    const failure = new Error("broken");
    const [bad] = tracked<number>([], { error: failure });
    const [other, track] = tracked<number>([], { stuck: true });

    const error = await errorOf(latest(from(other), bad).toArray());

    expect(error).toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what cannot be iterated over, at once", () => {
    expect(() => latest([1], {} as never)).toThrow(
      new TypeError("Cannot make a stream of the object: it is not iterable"),
    );
  });
});
