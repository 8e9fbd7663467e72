import { describe, expect, it } from "vitest";
import { channel, from, sleep, stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

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

describe("debounce()", () => {
  it("gives an item once no other has come for the time", async () => {
    const clock = virtualClock();

    const results = await clock.run(() =>
      from(at([5, "a"], [12, "b"], [40, "c"], [41, "d"], [100, "e"]))
        .debounce(10)
        .map((item) => `${item} at ${clock.now()}`)
        .toArray(),
    );

    expect(results).toEqual(["b at 22", "d at 51", "e at 100"]);
    expect(clock.steps).toEqual([5, 12, 22, 40, 41, 51, 100]);
  });

  it("gives the last item at the end, at once", async () => {
    const clock = virtualClock();

    const items = await clock.run(() => from([1, 2, 3]).debounce(10).toArray());

    expect(items).toEqual([3]);
    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).debounce(10).toArray()).resolves.toEqual([]);
  });

  it("takes `undefined` for an item like any other", async () => {
    await expect(from([undefined]).debounce(10).toArray()).resolves.toEqual([
      undefined,
    ]);
  });

  it("reads on while nobody asks, and later items replace earlier ones", async () => {
    const clock = virtualClock();

    const results = await clock.run(async () => {
      const items = from(
        at([0, "a"], [20, "b"], [22, "c"], [24, "d"]),
      ).debounce(10);
      const results = [(await items.next()).value];
      await sleep(13);
      results.push((await items.next()).value);
      await items.return();
      return results;
    });

    expect(results).toEqual(["a", "d"]);
  });

  it("gives what is due before anything replaces it", async () => {
    const clock = virtualClock();

    const results = await clock.run(async () => {
      const items = from(
        at([0, "a"], [20, "b"], [50, "c"], [90, "d"]),
      ).debounce(10);
      const results = [(await items.next()).value];
      await sleep(60);
      results.push((await items.next()).value);
      results.push((await items.next()).value);
      await items.return();
      return results;
    });

    expect(results).toEqual(["a", "b", "c"]);
  });

  it("drops the item that is not due when the source fails", async () => {
    const clock = virtualClock();
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });

    const error = await clock.run(() =>
      errorOf(from(source).debounce(10).toArray()),
    );

    expect(error).toBe(failure);
    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("takes its timer back when it is left, and closes the source", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], { stuck: true });

    await clock.run(async () => {
      const items = from(source).debounce(10);
      const pending = items.next();
      await clock.waitUntilIdle();
      await items.return();
      await pending;
    });

    expect(track.closed).toBe(1);
    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("reports what the source fails with while nobody asks, when it is left", async () => {
    const clock = virtualClock();
    const failure = new Error("late");
    const { reports, onDetached } = recordDetached();

    await clock.run(async () => {
      const { trySend, close, receiver } = channel<number>({
        capacity: 1,
        onDetached,
      });
      const items = receiver.debounce(10);
      trySend(1);
      await items.next();
      await clock.waitUntilIdle();
      close(failure);
      await clock.waitUntilIdle();
      await items.return();
    });

    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("of 0 ms gives what stands until timers fire", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from(at([0, "a"], [0, "b"], [5, "c"]))
        .debounce(0)
        .toArray(),
    );

    expect(items.at(-1)).toBe("c");
    expect(clock.steps).toEqual([5]);
  });

  it.each([NaN, "10", null, undefined])("refuses %o, at once", (ms) => {
    expect(() => from([1]).debounce(ms as never)).toThrow(TypeError);
  });
});
