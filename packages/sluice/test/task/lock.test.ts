import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { acquire, asyncWith, Lock, syncWith } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

describe("Lock: in a block", () => {
  it("2.10.1 a block waits for the lock and enters with no value", async () => {
    const lock = new Lock();
    const work = createDeferred();
    const log: unknown[] = [];

    const first = asyncWith(lock, () => work.promise);
    const second = asyncWith(lock, (value) => log.push(value));
    await loopTurns();
    log.push("free");
    work.resolve();
    await Promise.all([first, second]);

    expect(log).toEqual(["free", undefined]);
  });

  it("2.10.1 the lock is released when the block ends well", async () => {
    const lock = new Lock();

    const inside = await asyncWith(lock, () => lock.locked);

    expect([inside, lock.locked]).toEqual([true, false]);
  });

  it("2.10.1 the lock is released when the block fails", async () => {
    const lock = new Lock();

    await errorOf(asyncWith(lock, () => Promise.reject(new Error("block"))));

    expect(lock.locked).toBe(false);
  });

  it("2.10.1 a sync block on a lock is a TypeError", () => {
    const lock = new Lock();

    expect(() => {
      syncWith(lock as never, () => undefined);
    }).toThrow(TypeError);
    expect(lock.locked).toBe(false);
  });

  it("does not pause where it is free", () => {
    const log: string[] = [];

    const block = asyncWith(new Lock(), () => log.push("block"));
    log.push("after the call");

    expect(log).toEqual(["block", "after the call"]);
    return block;
  });

  it("serves `await using` through acquire()", async () => {
    const lock = new Lock();
    const seen: boolean[] = [];

    async function scope(): Promise<void> {
      await using _held = await acquire(lock);
      seen.push(lock.locked);
    }
    await scope();

    expect([...seen, lock.locked]).toEqual([true, false]);
  });
});

describe("Lock: the queue", () => {
  it("2.10.2 those who wait are served first come, first served", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const log: number[] = [];
    const serve = async (index: number): Promise<void> => {
      const permit = await lock.acquire();
      log.push(index);
      permit.release();
    };

    const all = Promise.all([serve(1), serve(2), serve(3)]);
    held.release();
    await all;

    expect(log).toEqual([1, 2, 3]);
  });

  it("2.10.3 a lock has no release of its own, and giving a permit back again frees nobody else's (differs)", async () => {
    const lock = new Lock();
    const first = await lock.acquire();
    first.release();
    await lock.acquire();

    first.release();

    expect("release" in lock).toBe(false);
    expect(lock.locked).toBe(true);
  });

  it("2.10.4 a cancelled waiter leaves the queue with its signal's reason, and the next one is served", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const controller = new AbortController();
    const cancelled = errorOf(lock.acquire(controller.signal));
    const next = lock.acquire();

    controller.abort("enough");
    held.release();

    expect(await cancelled).toBe("enough");
    await expect(next).resolves.toBeDefined();
  });

  it("2.10.4 a waiter that is cancelled after it was served keeps the lock", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const controller = new AbortController();
    const served = lock.acquire(controller.signal);

    held.release();
    controller.abort("too late");

    (await served).release();
    expect(lock.locked).toBe(false);
  });

  it("2.10.6 the lock is locked too while the one it was handed to has not gone on yet", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const next = lock.acquire();

    held.release();

    expect(lock.locked).toBe(true);
    (await next).release();
  });

  it("leaves no listener on the signal of a waiter that was served", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const { signal } = new AbortController();
    const waiting = lock.acquire(signal);

    held.release();
    await waiting;

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("is not taken where the signal is aborted already", async () => {
    const lock = new Lock();

    const refused = lock.acquire(AbortSignal.abort("enough"));

    await expect(refused).rejects.toBe("enough");
    expect(lock.locked).toBe(false);
  });

  it("leaves no listener on a signal that is aborted already", async () => {
    const signal = AbortSignal.abort();
    const lock = new Lock();
    await lock.acquire();

    await errorOf(lock.acquire(signal));

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("gives a permit for `using`", async () => {
    const lock = new Lock();
    const seen: boolean[] = [];

    async function scope(): Promise<void> {
      using _permit = await lock.acquire();
      seen.push(lock.locked);
    }
    await scope();

    expect([...seen, lock.locked]).toEqual([true, false]);
  });
});
