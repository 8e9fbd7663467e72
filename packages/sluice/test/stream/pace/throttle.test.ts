import { describe, expect, it } from "vitest";
import { from, sleep, stream } from "sluice";
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

describe("throttle()", () => {
  it("gives an item, and drops those that come less than the time after it", async () => {
    const clock = virtualClock();

    const results = await clock.run(() =>
      from(at([5, "a"], [6, "b"], [14, "c"], [15, "d"], [16, "e"], [30, "f"]))
        .throttle(10)
        .map((item) => `${item} at ${clock.now()}`)
        .toArray(),
    );

    expect(results).toEqual(["a at 5", "d at 15", "f at 30"]);
    expect(clock.steps).toEqual([5, 6, 14, 15, 16, 30]);
  });

  it("gives the first item at once", async () => {
    const clock = virtualClock();

    const items = await clock.run(() => from([1, 2, 3]).throttle(10).toArray());

    expect(items).toEqual([1]);
    expect(clock.steps).toEqual([]);
  });

  it("looks at items when they are asked for: a slow reader loses none", async () => {
    const clock = virtualClock();
    const seen: number[] = [];

    await clock.run(() =>
      from([1, 2, 3])
        .throttle(10)
        .forEach(async (item) => {
          seen.push(item);
          await sleep(10);
        }),
    );

    expect(seen).toEqual([1, 2, 3]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).throttle(10).toArray()).resolves.toEqual([]);
  });

  it("sets no timer", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const items = from([1, 2]).throttle(10);
      await items.next();
      expect(clock.pending).toBe(0);
      await items.return();
    });
  });

  it("of 0 ms gives all items", async () => {
    const clock = virtualClock();

    const items = await clock.run(() => from([1, 2, 3]).throttle(0).toArray());

    expect(items).toEqual([1, 2, 3]);
  });

  it("of `Infinity` gives the first alone", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from(at([0, 1], [1e9, 2]))
        .throttle(Infinity)
        .toArray(),
    );

    expect(items).toEqual([1]);
  });

  it("passes on what the source fails with", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1, 2], { error: failure });

    expect(await errorOf(from(source).throttle(10).toArray())).toBe(failure);
  });

  it.each([NaN, "10", null, undefined])("refuses %o, at once", (ms) => {
    expect(() => from([1]).throttle(ms as never)).toThrow(TypeError);
  });
});
