import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { asyncWith, guard, TaskGroup } from "sluice";
import { errorOf } from "../support/error-of.ts";
import { HEAP_NOISE_BYTES, measureHeapGrowth } from "../support/heap.ts";

const TIMES = 100_000;
const TEST_TIMEOUT_MS = 60_000;

/** Guards a promise with a signal that is made for it and aborts soon. */
async function giveUp(promise: PromiseLike<unknown>): Promise<void> {
  const controller = new AbortController();
  const guarded = errorOf(guard(promise, controller.signal));
  controller.abort("enough");
  await guarded;
}

describe("guard(): memory", () => {
  it(
    "holds nothing on a signal that stays while promises come and go",
    async () => {
      const { signal } = new AbortController();

      const growth = await measureHeapGrowth(TIMES, (index) =>
        guard(Promise.resolve(index), signal),
      );

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "holds nothing on a promise that stays while signals come and abort",
    async () => {
      const never = new Promise<never>(() => {});

      const growth = await measureHeapGrowth(TIMES, () => giveUp(never));

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
      // It was reachable all the time.
      expect(never).toBeInstanceOf(Promise);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "holds nothing on a task that stays while signals come and abort",
    async () => {
      const growth = await asyncWith(new TaskGroup(), async (group) => {
        const task = group.spawn((signal) =>
          guard(new Promise<never>(() => {}), signal),
        );
        const growth = await measureHeapGrowth(TIMES, () => giveUp(task));
        task.cancel();
        return growth;
      });

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    "holds nothing on a signal that is aborted already",
    async () => {
      const signal = AbortSignal.abort("enough");
      const never = new Promise<never>(() => {});

      const growth = await measureHeapGrowth(TIMES, () =>
        errorOf(guard(never, signal)),
      );

      expect(growth).toBeLessThan(HEAP_NOISE_BYTES);
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
    },
    TEST_TIMEOUT_MS,
  );
});
