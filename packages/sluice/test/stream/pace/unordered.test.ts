import { describe, expect, it } from "vitest";
import { from, range } from "sluice";
import { virtualClock } from "sluice/testing";
import { sleep } from "sluice";

describe("unordered()", () => {
  it("lets a buffered() below it give results as they come", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from([30, 10, 20])
        .tap((ms) => sleep(ms))
        .unordered()
        .buffered(3)
        .toArray(),
    );

    expect(items).toEqual([10, 20, 30]);
    expect(clock.steps).toEqual([10, 20, 30]);
  });

  it("lets a limit() below it give results as they come", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from([30, 10, 20])
        .tap((ms) => sleep(ms))
        .unordered()
        .limit(2)
        .toArray(),
    );

    expect(items).toEqual([10, 30, 20]);
    expect(clock.steps).toEqual([10, 30]);
  });

  it("does so for a limit() with a buffered()", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from([30, 10, 20])
        .tap((ms) => sleep(ms))
        .unordered()
        .limit(2)
        .buffered(3)
        .toArray(),
    );

    expect(items).toEqual([10, 30, 20]);
  });

  it("changes nothing by itself", async () => {
    const items = range(3)
      .map(async (item) => item)
      .unordered();

    await expect(items.toArray()).resolves.toEqual([0, 1, 2]);
  });

  it("changes nothing about what is further up", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from([30, 10, 20])
        .tap((ms) => sleep(ms))
        .buffered(3)
        .unordered()
        .buffered(3)
        .toArray(),
    );

    expect(items).toEqual([30, 10, 20]);
  });

  it("leaves out what a filter does not want", async () => {
    const items = range(6)
      .filter(async (item) => item % 2 === 0)
      .unordered()
      .buffered(3);

    expect((await items.toArray()).sort()).toEqual([0, 2, 4]);
  });

  it("gives a failure when it comes, before what still runs", async () => {
    const clock = virtualClock();
    const failure = new Error("callback");

    const running = clock.run(() =>
      from([30, 10])
        .tap(async (ms, { signal }) => {
          await sleep(ms, signal);
          if (ms === 10) throw failure;
        })
        .unordered()
        .buffered(2)
        .toArray(),
    );

    await expect(running).rejects.toBe(failure);
    expect(clock.steps).toEqual([10]);
  });
});
