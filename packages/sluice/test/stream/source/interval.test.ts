import { describe, expect, it } from "vitest";
import { from, interval, sleep } from "sluice";
import { virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";

describe("interval()", () => {
  it("counts from 0, once each time that passes", async () => {
    const clock = virtualClock();

    const items = await clock.run(() => interval(10).take(3).toArray());

    expect(items).toEqual([0, 1, 2]);
    expect(clock.steps).toEqual([10, 20, 30]);
  });

  it("begins when the first item is asked for", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const ticks = interval(10);
      await sleep(100);
      await ticks.next();
      await ticks.return();
    });

    expect(clock.steps).toEqual([100, 110]);
  });

  it("keeps to its time, however late a tick is asked for", async () => {
    const clock = virtualClock();

    const moments = await clock.run(async () => {
      const ticks = interval(10);
      const moments: number[] = [];
      for (let tick = 0; tick < 3; tick++) {
        await ticks.next();
        moments.push(clock.now());
        await sleep(4);
      }
      await ticks.return();
      return moments;
    });

    expect(moments).toEqual([10, 20, 30]);
  });

  it("leaves out the ticks that nobody asked for", async () => {
    const clock = virtualClock();

    const results = await clock.run(async () => {
      const ticks = interval(10);
      const results = [(await ticks.next()).value];
      await sleep(35);
      results.push((await ticks.next()).value);
      const late = clock.now();
      results.push((await ticks.next()).value, late, clock.now());
      await ticks.return();
      return results;
    });

    expect(results).toEqual([0, 1, 2, 45, 50]);
  });

  it("is left while a tick is awaited, and takes its timer back", async () => {
    const clock = virtualClock();

    const result = await clock.run(async () => {
      const ticks = interval(10);
      const pending = ticks.next();
      await ticks.return();
      return pending;
    });

    expect(result).toEqual({ done: true, value: undefined });
    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("has no timer while nobody asks", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const ticks = interval(10);
      await ticks.next();
      await clock.waitUntilIdle();
      expect(clock.pending).toBe(0);
      await ticks.return();
    });
  });

  it("ends with its signal", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const reason = new Error("enough");

    const error = await clock.run(() =>
      errorOf(
        interval(10, { signal: controller.signal }).forEach((tick) => {
          if (tick === 2) controller.abort(reason);
        }),
      ),
    );

    expect(error).toBe(reason);
    expect(clock.steps).toEqual([10, 20, 30]);
    expect(clock.pending).toBe(0);
  });

  it("may be slower than any timer of the platform", async () => {
    const clock = virtualClock();

    await clock.run(() => interval(1e12).take(1).toArray());

    expect(clock.steps).toEqual([1e12]);
  });

  it("of `Infinity` never ticks", async () => {
    const clock = virtualClock();

    const running = clock.run(() => interval(Infinity).next());

    await expect(running).rejects.toMatchObject({ code: "SLUICE_DEADLOCK" });
  });

  it("may be handed over like any stream", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from(interval(10))
        .map((tick) => tick * 2)
        .take(2)
        .toArray(),
    );

    expect(items).toEqual([0, 2]);
  });

  it.each([NaN, "10", null, undefined])("refuses %o, at once", (ms) => {
    expect(() => interval(ms as never)).toThrow(TypeError);
  });

  it.each([0, -1, -Infinity])("refuses %o ms, at once", (ms) => {
    expect(() => interval(ms)).toThrow(
      new RangeError(`Cannot tick every ${ms} ms: it is not more than 0`),
    );
  });
});
