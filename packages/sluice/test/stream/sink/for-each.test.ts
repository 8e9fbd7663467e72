import { describe, expect, it } from "vitest";
import { from, range, Semaphore } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { sleep } from "sluice";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";

describe("forEach()", () => {
  it("calls the callback with each item, in order", async () => {
    const seen: number[] = [];

    const done = from([1, 2, 3]).forEach((item) => seen.push(item));

    await expect(done).resolves.toBeUndefined();
    expect(seen).toEqual([1, 2, 3]);
  });

  it("waits for the callback before it asks for the next item", async () => {
    const log: string[] = [];
    const [source] = tracked([1, 2], { log });

    await from(source).forEach(async (item) => {
      await loopTurns();
      log.push(`done ${item}`);
    });

    expect(log.indexOf("done 1")).toBeLessThan(log.indexOf("source gave 2"));
  });

  it("closes the source when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);

    const done = from(source).forEach(() => Promise.reject(failure));

    await expect(done).rejects.toBe(failure);
    expect(track).toMatchObject({ pulled: 1, closed: 1 });
  });

  it("does nothing for an empty source", async () => {
    let calls = 0;

    await from([]).forEach(() => {
      calls += 1;
    });

    expect(calls).toBe(0);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).forEach(1 as never)).toThrow(
      new TypeError("Cannot iterate with 1: it is not a function"),
    );
  });

  it.each([0, NaN, 1.5])("refuses a concurrency of %o, at once", (count) => {
    expect(() =>
      from([1]).forEach(() => undefined, { concurrency: count }),
    ).toThrow(RangeError);
  });
});

describe("forEach() with concurrency", () => {
  it("runs so many calls at once, and no more", async () => {
    let running = 0;
    let most = 0;

    await range(9).forEach(
      async () => {
        most = Math.max(most, ++running);
        await loopTurns();
        running -= 1;
      },
      { concurrency: 3 },
    );

    expect(most).toBe(3);
    expect(running).toBe(0);
  });

  it("is not held up by a call that is slow", async () => {
    const clock = virtualClock();
    const log: string[] = [];

    await clock.run(() =>
      from([100, 1, 1, 1]).forEach(
        async (ms) => {
          await sleep(ms);
          log.push(`${ms} at ${clock.now()}`);
        },
        { concurrency: 2 },
      ),
    );

    expect(log).toEqual(["1 at 1", "1 at 2", "1 at 3", "100 at 100"]);
  });

  it("is held up by a call that is slow, if order is asked for", async () => {
    const clock = virtualClock();
    const log: string[] = [];

    await clock.run(() =>
      from([100, 1, 1]).forEach(
        async (ms) => {
          await sleep(ms);
          log.push(`${ms} at ${clock.now()}`);
        },
        { concurrency: 2, ordered: true },
      ),
    );

    expect(log).toEqual(["1 at 1", "100 at 100", "1 at 101"]);
  });

  it("rejects when a call fails, tells the others, and waits for them", async () => {
    const failure = new Error("callback");
    const log: string[] = [];
    const [source, track] = tracked([1, 2, 3, 4]);

    const error = await errorOf(
      from(source).forEach(
        async (item, { signal }) => {
          if (item === 2) throw failure;
          await new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
          });
          log.push(`told ${item}`);
        },
        { concurrency: 2 },
      ),
    );

    expect(error).toBe(failure);
    expect(log).toEqual(["told 1"]);
    expect(track.closed).toBe(1);
  });

  it("takes a semaphore", async () => {
    const semaphore = new Semaphore(2);
    let most = 0;
    let running = 0;

    await range(6).forEach(
      async () => {
        most = Math.max(most, ++running);
        await loopTurns();
        running -= 1;
      },
      { concurrency: semaphore },
    );

    expect(most).toBe(2);
    expect(semaphore.available).toBe(2);
  });
});
