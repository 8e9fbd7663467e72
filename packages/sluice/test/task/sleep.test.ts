import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sleep } from "sluice";
import { errorOf } from "../support/error-of.ts";

const LONGEST_DELAY = 2 ** 31 - 1;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function findSettled(
  sleeping: Promise<void>,
  ms: number,
): Promise<string> {
  let state = "asleep";
  const awake = (): void => {
    state = "awake";
  };
  sleeping.then(awake, awake);
  await vi.advanceTimersByTimeAsync(ms);
  return state;
}

describe("sleep()", () => {
  it("waits for the time given", async () => {
    const woken: number[] = [];
    const begun = performance.now();
    const sleeping = sleep(100).then(() =>
      woken.push(performance.now() - begun),
    );

    await vi.advanceTimersByTimeAsync(1000);
    await sleeping;

    expect(woken).toEqual([100]);
  });

  it.each([0, -1, -Infinity])(
    "waits for the next turn where the time is %d ms",
    async (ms) => {
      expect(await findSettled(sleep(ms), 0)).toBe("awake");
    },
  );

  it("waits its whole time where a platform timer would overflow", async () => {
    expect(await findSettled(sleep(LONGEST_DELAY + 10), LONGEST_DELAY)).toBe(
      "asleep",
    );
    await vi.advanceTimersByTimeAsync(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("waits for its signal alone where the time is Infinity", async () => {
    const controller = new AbortController();
    const sleeping = sleep(Infinity, controller.signal);

    const state = await findSettled(sleeping, 3 * LONGEST_DELAY);

    expect(state).toBe("asleep");
    controller.abort("enough");
    await expect(sleeping).rejects.toBe("enough");
  });

  it("ends with the signal's reason, and takes its timer and listener back", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const sleeping = sleep(100, controller.signal);

    controller.abort(reason);

    await expect(sleeping).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("takes its listener back when it wakes", async () => {
    const { signal } = new AbortController();
    const sleeping = sleep(100, signal);

    await vi.advanceTimersByTimeAsync(100);
    await sleeping;

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("does not begin where the signal is aborted already", async () => {
    const reason = new Error("enough");

    const sleeping = sleep(100, AbortSignal.abort(reason));

    await expect(sleeping).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no listener on a signal that is aborted already", async () => {
    const signal = AbortSignal.abort();

    await errorOf(sleep(100, signal));

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("rejects where the time is no number", async () => {
    await expect(sleep("1" as never)).rejects.toThrow(TypeError);
  });

  it.each([NaN, undefined, null, {}, 1n, Symbol("ms")])(
    "rejects where the time is %o",
    async (ms) => {
      await expect(sleep(ms as never)).rejects.toThrow(TypeError);
    },
  );

  it("rejects where the signal is none, and leaves no timer", async () => {
    const sleeping = errorOf(sleep(100, new AbortController() as never));
    await vi.advanceTimersByTimeAsync(50);
    const timers = vi.getTimerCount();
    await vi.advanceTimersByTimeAsync(50);

    expect(await sleeping).toBeInstanceOf(TypeError);
    expect(timers).toBe(0);
  });
});
