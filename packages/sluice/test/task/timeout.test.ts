import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asyncWith, guard, sleep, TaskGroup, timeout } from "sluice";
import { errorOf } from "../support/error-of.ts";

const never = new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("timeout()", () => {
  it("2.9.1 a block that its deadline cancels ends with a TimeoutError, caused by the cancellation", async () => {
    const block = asyncWith(timeout(100), (deadline) => deadline.guard(never));
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toMatchObject({
      name: "TimeoutError",
      code: "SLUICE_TIMEOUT",
      cause: { code: "SLUICE_CANCELLED" },
    });
  });

  it("2.9.1 the deadline does not interrupt the block, but aborts its signal (differs)", async () => {
    const block = asyncWith(timeout(100), async ({ signal }) => {
      await sleep(200);
      return signal.aborted;
    });

    await vi.advanceTimersByTimeAsync(200);

    await expect(block).resolves.toBe(true);
  });

  it("2.9.2 `null` is no deadline", async () => {
    const block = asyncWith(timeout(null), async ({ when }) => {
      await sleep(1e9);
      return when;
    });

    await vi.advanceTimersByTimeAsync(1e9);

    await expect(block).resolves.toBeNull();
  });

  it("2.9.3 a deadline of 0 ms passes at the first pause that lets timers run", async () => {
    const block = asyncWith(timeout(0), (deadline) => deadline.guard(never));
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(0);

    expect(await error).toHaveProperty("name", "TimeoutError");
  });

  it("2.9.3 so does a deadline that was in the past from the beginning", async () => {
    const block = asyncWith(timeout(-Infinity), (deadline) =>
      deadline.guard(never),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(0);

    expect(await error).toHaveProperty("name", "TimeoutError");
  });

  it("2.9.3 a block that does not pause finishes, however early its deadline", async () => {
    const expired = await asyncWith(timeout(0), async (deadline) => {
      await Promise.resolve();
      return deadline.expired;
    });

    expect(expired).toBe(false);
  });

  it("2.9.4 an error of the block's own passes, unchanged, at the deadline too", async () => {
    const failure = new Error("clean-up");
    const block = asyncWith(timeout(100), (deadline) =>
      deadline.guard(never).catch(() => Promise.reject(failure)),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toBe(failure);
  });

  it("2.9.5 a block that swallows the cancellation and ends well gives its value, and `expired` tells", async () => {
    const block = asyncWith(timeout(100), async (deadline) => {
      await deadline.guard(never).catch(() => undefined);
      return deadline.expired;
    });

    await vi.advanceTimersByTimeAsync(100);

    await expect(block).resolves.toBe(true);
  });

  it("2.9.7 a timeout serves once: entering it again is a TypeError", async () => {
    const manager = timeout(100);
    await asyncWith(manager, () => undefined);

    const again = asyncWith(manager, () => undefined);

    await expect(again).rejects.toThrow(TypeError);
  });

  it("2.9.8 an inner deadline that passes leaves the outer one alone", async () => {
    const block = asyncWith(timeout(200), async (outer) => {
      await asyncWith(timeout(100, { signal: outer.signal }), (inner) =>
        inner.guard(never),
      ).catch(() => undefined);
      return outer.expired;
    });

    await vi.advanceTimersByTimeAsync(100);

    await expect(block).resolves.toBe(false);
  });

  it("2.9.8 an outer deadline that passes is reported by the outer block; the inner one sees a plain cancellation", async () => {
    const inside: unknown[] = [];
    const block = asyncWith(timeout(100), (outer) =>
      asyncWith(timeout(200, { signal: outer.signal }), (inner) =>
        inner.guard(never).catch((error: unknown) => {
          inside.push(error, inner.expired);
          throw error;
        }),
      ),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toMatchObject({
      name: "TimeoutError",
      cause: { name: "AbortError" },
    });
    expect(inside).toMatchObject([{ code: "SLUICE_CANCELLED" }, false]);
  });

  it("2.9.9 an outer signal that aborts before the deadline passes its reason, and no TimeoutError", async () => {
    const outer = new AbortController();
    const reason = new Error("outer");
    const block = asyncWith(
      timeout(100, { signal: outer.signal }),
      (deadline) => deadline.guard(never),
    );

    outer.abort(reason);

    await expect(block).rejects.toBe(reason);
  });

  it("2.9.10 where the outer signal aborts and the deadline passes after it, the reason wins", async () => {
    const outer = new AbortController();
    const reason = new Error("outer");
    const block = asyncWith(
      timeout(100, { signal: outer.signal }),
      (deadline) => deadline.guard(never).finally(() => sleep(200)),
    );
    const error = errorOf(block);

    outer.abort(reason);
    await vi.advanceTimersByTimeAsync(200);

    expect(await error).toBe(reason);
  });

  it("2.9.10 where the deadline passes and the outer signal aborts before the block has ended, the reason wins", async () => {
    const outer = new AbortController();
    const reason = new Error("outer");
    const block = asyncWith(
      timeout(100, { signal: outer.signal }),
      (deadline) => deadline.guard(never).finally(() => sleep(200)),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);
    outer.abort(reason);
    await vi.advanceTimersByTimeAsync(200);

    expect(await error).toBe(reason);
  });

  it("2.9.11 a group inside is cancelled by the deadline, and a TimeoutError reports", async () => {
    let stopped = false;
    const block = asyncWith(timeout(100), ({ signal }) =>
      asyncWith(new TaskGroup({ signal }), (group) => {
        group.spawn(async (signal) => {
          await guard(never, signal).finally(() => {
            stopped = true;
          });
        });
      }),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toHaveProperty("name", "TimeoutError");
    expect(stopped).toBe(true);
  });

  it("2.9.11 a group inside that has failures at the deadline passes them in its own error", async () => {
    const failure = new Error("clean-up");
    const block = asyncWith(timeout(100), ({ signal }) =>
      asyncWith(new TaskGroup({ signal }), (group) => {
        group.spawn((signal) =>
          guard(never, signal).catch(() => Promise.reject(failure)),
        );
      }),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toMatchObject({
      name: "TaskGroupError",
      errors: [failure],
    });
  });

  it("2.9.13 a timeout in the `finally` of a block that timed out has a time of its own", async () => {
    const block = asyncWith(timeout(100), async (deadline) => {
      try {
        await deadline.guard(never);
      } finally {
        await asyncWith(timeout(100), (fresh) => fresh.guard(sleep(50)));
      }
    });
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(150);

    expect(await error).toHaveProperty("name", "TimeoutError");
  });

  it("2.9.14 each level reports its own where the loop was blocked past both deadlines", async () => {
    const log: string[] = [];

    const block = asyncWith(timeout(20), async (outer) => {
      await asyncWith(timeout(10), (inner) => {
        vi.advanceTimersByTime(100);
        return inner.guard(never);
      }).catch((error: unknown) => {
        log.push((error as Error).name);
      });
      await outer.guard(Promise.resolve());
      log.push("went on");
    });

    await expect(block).rejects.toHaveProperty("name", "TimeoutError");
    expect(log).toEqual(["TimeoutError"]);
  });
});
