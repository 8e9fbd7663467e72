import { getEventListeners } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asyncWith, Lock, sleep, TaskGroup, timeout } from "sluice";
import { errorOf } from "../support/error-of.ts";
import { HEAP_NOISE_BYTES, measureHeapGrowth } from "../support/heap.ts";

const TEST_TIMEOUT_MS = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

/** Runs something many times on one signal; gives what was left on the heap, and on the signal. */
async function measure(times: number, run: (signal: AbortSignal) => unknown) {
  const { signal } = new AbortController();
  const growth = await measureHeapGrowth(times, () => run(signal));
  return {
    listeners: getEventListeners(signal, "abort").length,
    grown: growth > HEAP_NOISE_BYTES ? growth : 0,
  };
}

describe("memory and timers", () => {
  it(
    "sleep() leaves nothing behind on a signal that stays",
    async () => {
      vi.useFakeTimers({
        toFake: ["setTimeout", "clearTimeout", "performance"],
      });

      const left = await measure(100_000, async (signal) => {
        const sleeping = sleep(1, signal);
        vi.advanceTimersByTime(1);
        await sleeping;
      });

      expect(left).toMatchObject({ listeners: 0, grown: 0 });
      expect(vi.getTimerCount()).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "sleep() leaves nothing behind when its signal aborts",
    async () => {
      const before = process.getActiveResourcesInfo().length;

      const growth = await measureHeapGrowth(100_000, async () => {
        const controller = new AbortController();
        const sleeping = errorOf(sleep(60_000, controller.signal));
        controller.abort();
        await sleeping;
      });

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
      expect(process.getActiveResourcesInfo().length).toBeLessThan(before + 10);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "timeout() leaves nothing behind on a signal that stays",
    async () => {
      const left = await measure(100_000, (signal) =>
        asyncWith(timeout(60_000, { signal }), () => undefined),
      );

      expect(left).toMatchObject({ listeners: 0, grown: 0 });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "a lock leaves nothing behind on the signal of those it serves",
    async () => {
      const lock = new Lock();

      const left = await measure(100_000, async (signal) => {
        const held = await lock.acquire(signal);
        const waiting = lock.acquire(signal);
        held.release();
        (await waiting).release();
      });

      expect(left).toMatchObject({ listeners: 0, grown: 0 });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "a lock holds nothing of those who give up",
    async () => {
      const lock = new Lock();
      const held = await lock.acquire();

      const growth = await measureHeapGrowth(100_000, async () => {
        const controller = new AbortController();
        const waiting = errorOf(lock.acquire(controller.signal));
        controller.abort();
        await waiting;
      });

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
      held.release();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "a task group leaves nothing behind on a signal that stays",
    async () => {
      const left = await measure(100_000, (signal) =>
        asyncWith(new TaskGroup({ signal }), async (group) => {
          group.spawn(() => Promise.resolve());
          await group.guard(Promise.resolve());
        }),
      );

      expect(left).toMatchObject({ listeners: 0, grown: 0 });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "a task group that stays holds nothing of the tasks that have ended",
    async () => {
      const growth = await asyncWith(new TaskGroup(), (group) =>
        measureHeapGrowth(100_000, () =>
          group.spawn(() => Promise.resolve("value")),
        ),
      );

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
    },
    TEST_TIMEOUT_MS,
  );
});
