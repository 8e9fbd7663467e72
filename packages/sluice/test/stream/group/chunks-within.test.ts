import { describe, expect, it } from "vitest";
import { channel, from, sleep, stream } from "sluice";
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

describe("chunks() within a time", () => {
  it("gives an array when it is full", async () => {
    const clock = virtualClock();

    const chunks = await clock.run(() =>
      from([1, 2, 3, 4]).chunks(2, { within: 10 }).toArray(),
    );

    expect(chunks).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(clock.steps).toEqual([]);
  });

  it("gives an array that is not full when its time is over", async () => {
    const clock = virtualClock();

    const results = await clock.run(() =>
      from(at([5, "a"], [8, "b"], [30, "c"], [50, "d"]))
        .chunks(9, { within: 10 })
        .map((chunk) => [clock.now(), ...chunk])
        .toArray(),
    );

    expect(results).toEqual([
      [15, "a", "b"],
      [40, "c"],
      [50, "d"],
    ]);
    expect(clock.steps).toEqual([5, 8, 15, 30, 40, 50]);
  });

  it("counts the time from the first item of each array", async () => {
    const clock = virtualClock();

    const results = await clock.run(() =>
      from(at([0, "a"], [9, "b"], [18, "c"], [27, "d"]))
        .chunks(9, { within: 20 })
        .map((chunk) => [clock.now(), ...chunk])
        .toArray(),
    );

    expect(results).toEqual([
      [20, "a", "b", "c"],
      [27, "d"],
    ]);
  });

  it("gives what it has at the end, at once", async () => {
    const clock = virtualClock();

    const chunks = await clock.run(() =>
      from([1, 2, 3]).chunks(2, { within: 10 }).toArray(),
    );

    expect(chunks).toEqual([[1, 2], [3]]);
    expect(clock.pending).toBe(0);
  });

  it("never gives an empty array", async () => {
    const clock = virtualClock();

    const chunks = await clock.run(() =>
      from(at([100, "a"]))
        .chunks(2, { within: 10 })
        .toArray(),
    );

    expect(chunks).toEqual([["a"]]);
  });

  it("gives nothing for an empty source", async () => {
    await expect(from([]).chunks(2, { within: 10 }).toArray()).resolves.toEqual(
      [],
    );
  });

  it("goes on filling an array while nobody asks, up to its size", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1, 2, 3, 4, 5]);

    const second = await clock.run(async () => {
      const chunks = from(source).chunks(2, { within: 10 });
      await chunks.next();
      await sleep(100);
      const { pulled } = track;
      const second = await chunks.next();
      await chunks.return();
      return [pulled, second.value];
    });

    expect(second[1]).toEqual([3, 4]);
    expect(second[0]).toBeLessThanOrEqual(4);
  });

  it("drops an array that is not full when the source fails", async () => {
    const clock = virtualClock();
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });

    const error = await clock.run(() =>
      errorOf(from(source).chunks(2, { within: 10 }).toArray()),
    );

    expect(error).toBe(failure);
    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("takes its timer back when it is left", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const { trySend, receiver } = channel<number>({ capacity: 1 });
      const chunks = receiver.chunks(2, { within: 10 });
      trySend(1);
      const pending = chunks.next();
      await clock.waitUntilIdle();
      await chunks.return();
      await pending;
    });

    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("waits for ever within `Infinity`", async () => {
    const clock = virtualClock();

    const chunks = await clock.run(() =>
      from(at([0, "a"], [1e9, "b"]))
        .chunks(2, { within: Infinity })
        .toArray(),
    );

    expect(chunks).toEqual([["a", "b"]]);
    expect(clock.steps.at(-1)).toBe(1e9);
  });

  it.each([NaN, "10", null])("refuses a time of %o, at once", (within) => {
    expect(() => from([1]).chunks(2, { within: within as never })).toThrow(
      TypeError,
    );
  });

  it("refuses a size of 0, at once", () => {
    expect(() => from([1]).chunks(0, { within: 10 })).toThrow(RangeError);
  });
});
