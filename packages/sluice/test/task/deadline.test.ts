import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  CancelledError,
  sleep,
  timeout,
  timeoutAt,
} from "sluice";
import { errorOf } from "../support/error-of.ts";

const never = new Promise<never>(() => {});
const LONGEST_DELAY = 2 ** 31 - 1;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("Timeout: the deadline", () => {
  it("2.9.6 `when` is the deadline on the clock of performance.now()", async () => {
    const entered = performance.now();

    const when = await asyncWith(timeout(100), (deadline) => deadline.when);

    expect(when).toBe(entered + 100);
  });

  it("2.9.6 the deadline can be put off", async () => {
    const block = asyncWith(timeout(100), async (deadline) => {
      deadline.reschedule(performance.now() + 300);
      await deadline.guard(sleep(200));
      return deadline.expired;
    });

    await vi.advanceTimersByTimeAsync(200);

    await expect(block).resolves.toBe(false);
  });

  it("2.9.6 the deadline can be brought forward", async () => {
    const block = asyncWith(timeout(100), (deadline) => {
      deadline.reschedule(performance.now() + 50);
      return deadline.guard(never);
    });
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(50);

    expect(await error).toHaveProperty("name", "TimeoutError");
  });

  it("2.9.6 the deadline can be taken back", async () => {
    const block = asyncWith(timeout(100), async (deadline) => {
      deadline.reschedule(null);
      await deadline.guard(sleep(1e6));
      return deadline.when;
    });

    await vi.advanceTimersByTimeAsync(1e6);

    await expect(block).resolves.toBeNull();
  });

  it("2.9.6 a deadline that is set in the past passes at the next pause", async () => {
    const block = asyncWith(timeout(null), (deadline) => {
      deadline.reschedule(performance.now() - 1);
      return deadline.guard(never);
    });
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(0);

    expect(await error).toHaveProperty("name", "TimeoutError");
  });

  it("2.9.6 a deadline that has passed cannot be set again", async () => {
    const block = asyncWith(timeout(100), async (deadline) => {
      await deadline.guard(never).catch(() => undefined);
      deadline.reschedule(null);
    });
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toMatchObject({
      name: "ClosedError",
      code: "SLUICE_CLOSED",
    });
  });

  it("2.9.6 the deadline of a block that has ended cannot be set again", async () => {
    const deadline = await asyncWith(timeout(100), (deadline) => deadline);

    expect(() => {
      deadline.reschedule(null);
    }).toThrow(
      expect.objectContaining({
        name: "ClosedError",
      }),
    );
  });

  it("does not pass before its time where a platform timer would overflow", async () => {
    const block = asyncWith(timeout(LONGEST_DELAY + 100), async (deadline) => {
      const seen: boolean[] = [];
      for (let turn = 0; turn < 2; turn++) {
        await sleep(LONGEST_DELAY);
        seen.push(deadline.expired);
      }
      return seen;
    });

    await vi.advanceTimersByTimeAsync(2 * LONGEST_DELAY);

    await expect(block).resolves.toEqual([false, true]);
  });

  it("never passes where it is Infinity", async () => {
    const block = asyncWith(timeout(Infinity), async (deadline) => {
      await sleep(3 * LONGEST_DELAY);
      return [deadline.expired, deadline.when];
    });

    await vi.advanceTimersByTimeAsync(3 * LONGEST_DELAY);

    await expect(block).resolves.toEqual([false, Infinity]);
  });

  it("turns an AbortError that a callee threw by itself into a TimeoutError with that as its cause", async () => {
    const abort = new DOMException("This operation was aborted", "AbortError");
    function fetchLike(signal: AbortSignal): Promise<never> {
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(abort);
        });
      });
    }
    const block = asyncWith(timeout(100), ({ signal }) => fetchLike(signal));
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toMatchObject({
      name: "TimeoutError",
      cause: abort,
    });
  });

  it("passes a cancellation that came before the deadline", async () => {
    const cancelled = new CancelledError("Not by the deadline");

    const block = asyncWith(timeout(100), () => Promise.reject(cancelled));

    await expect(block).rejects.toBe(cancelled);
  });

  it("begins its block aborted where the outer signal is aborted already", async () => {
    const reason = new Error("too late");

    const block = asyncWith(
      timeout(100, { signal: AbortSignal.abort(reason) }),
      (deadline) => deadline.guard(never),
    );

    await expect(block).rejects.toBe(reason);
  });
});

describe("Timeout: what is left behind", () => {
  it("2.9.12 no timer is left behind a block that ended well", async () => {
    await asyncWith(timeout(100), () => undefined);

    expect(vi.getTimerCount()).toBe(0);
  });

  it("2.9.12 no timer is left behind a block that failed", async () => {
    await asyncWith(timeout(100), () => {
      throw new Error("block");
    }).catch(() => undefined);

    expect(vi.getTimerCount()).toBe(0);
  });

  it("2.9.12 no timer is left behind a deadline that was set again", async () => {
    await asyncWith(timeout(100), (deadline) => {
      deadline.reschedule(performance.now() + 200);
      deadline.reschedule(performance.now() + 300);
    });

    expect(vi.getTimerCount()).toBe(0);
  });

  it("2.9.12 no timer and no listener is left behind a block that its outer signal ended", async () => {
    const outer = new AbortController();
    const block = asyncWith(
      timeout(100, { signal: outer.signal }),
      (deadline) => deadline.guard(never),
    );

    outer.abort();
    await block.catch(() => undefined);

    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(outer.signal, "abort")).toHaveLength(0);
  });

  it("leaves no listener on a signal that was aborted already", async () => {
    const signal = AbortSignal.abort();

    await asyncWith(timeout(100, { signal }), () => undefined);

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("is not entered where its signal is none, and leaves no timer", async () => {
    const signal = new AbortController() as never;

    const block = asyncWith(timeout(100, { signal }), () => undefined);

    await expect(block).rejects.toThrow(TypeError);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("timeoutAt()", () => {
  it("gives a block until a moment", async () => {
    const block = asyncWith(timeoutAt(performance.now() + 100), (deadline) =>
      deadline.guard(never),
    );
    const error = errorOf(block);

    await vi.advanceTimersByTimeAsync(100);

    expect(await error).toHaveProperty("name", "TimeoutError");
  });

  it("gives a block for ever where the moment is `null`", async () => {
    const when = await asyncWith(timeoutAt(null), (deadline) => deadline.when);

    expect(when).toBeNull();
  });
});

describe("timeout(): misuse", () => {
  it("refuses what is no number, at once", () => {
    expect(() => timeout("1" as never)).toThrow(TypeError);
  });

  it.each([NaN, undefined, {}, 1n])("refuses %o", (ms) => {
    expect(() => timeout(ms as never)).toThrow(TypeError);
    expect(() => timeoutAt(ms as never)).toThrow(TypeError);
  });

  it("refuses to set a deadline that is no number", async () => {
    const block = asyncWith(timeout(100), (deadline) => {
      deadline.reschedule("later" as never);
    });

    await expect(block).rejects.toThrow(TypeError);
  });

  it("refuses to be entered inside its own block", async () => {
    const manager = timeout(100);

    const block = asyncWith(manager, () => asyncWith(manager, () => undefined));

    await expect(block).rejects.toThrow(TypeError);
  });

  it("refuses to exit before it is entered", () => {
    expect(() => timeout(100)[asyncExit]({ status: "ok" })).toThrow(TypeError);
  });

  it("refuses to exit twice", async () => {
    const manager = timeout(100);
    await manager[asyncEnter]();
    await manager[asyncExit]({ status: "ok" });

    expect(() => manager[asyncExit]({ status: "ok" })).toThrow(TypeError);
  });
});
