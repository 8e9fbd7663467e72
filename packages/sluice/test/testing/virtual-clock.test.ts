import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asyncWith, guard, sleep, TaskGroup, timeout, timeoutAt } from "sluice";
import { virtualClock } from "sluice/testing";
import { createDeferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

const never = new Promise<never>(() => {});

afterEach(() => {
  vi.useRealTimers();
});

describe("virtualClock(): time", () => {
  it("begins at 0, and stands still while nothing waits", async () => {
    const clock = virtualClock();

    await clock.run(() => "done");

    expect([clock.now(), clock.steps]).toEqual([0, []]);
  });

  it("moves to the earliest deadline, as often as there is one", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      await sleep(10);
      await sleep(10);
      await sleep(3_600_000);
    });

    expect(clock.steps).toEqual([10, 20, 3_600_020]);
    expect(clock.now()).toBe(3_600_020);
  });

  it("moves once for timers that are due at the same moment", async () => {
    const clock = virtualClock();

    await clock.run(() => Promise.all([sleep(10), sleep(10)]));

    expect(clock.steps).toEqual([10]);
  });

  it("does not move for what is due already", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      await sleep(0);
      await sleep(-1);
      await sleep(-Infinity);
    });

    expect([clock.now(), clock.steps]).toEqual([0, []]);
  });

  it("is the time of deadlines, too", async () => {
    const clock = virtualClock();

    const error = await clock.run(() =>
      errorOf(asyncWith(timeout(50), (deadline) => deadline.guard(never))),
    );

    expect(error).toHaveProperty("name", "TimeoutError");
    expect(clock.steps).toEqual([50]);
  });

  it("is the time of timeoutAt(), by its own now()", async () => {
    const clock = virtualClock();

    const when = await clock.run(async () => {
      await sleep(10);
      return asyncWith(timeoutAt(clock.now() + 5), async (deadline) => {
        await deadline.guard(never).catch(() => undefined);
        return deadline.when;
      });
    });

    expect(when).toBe(15);
    expect(clock.steps).toEqual([10, 15]);
  });

  it("does not move for a timer that was taken back", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const controller = new AbortController();
      const long = errorOf(sleep(100, controller.signal));
      await sleep(10);
      controller.abort();
      await long;
      await sleep(1);
    });

    expect(clock.steps).toEqual([10, 11]);
  });

  it("goes on where it stood in the run after", async () => {
    const clock = virtualClock();
    await clock.run(() => sleep(10));

    await clock.run(() => sleep(10));

    expect(clock.steps).toEqual([10, 20]);
  });

  it("leaves the platform's functions as they are", async () => {
    const listGlobals = (): unknown[] => [
      globalThis.setTimeout,
      globalThis.clearTimeout,
      globalThis.performance,
      globalThis.Date,
    ];
    const before = listGlobals();

    const during = await virtualClock().run(listGlobals);

    expect(during).toEqual(before);
  });

  it("moves where a test has put stand-ins in the place of the platform's", async () => {
    vi.useFakeTimers();
    const clock = virtualClock();

    await clock.run(() => sleep(10));

    expect(clock.steps).toEqual([10]);
  });
});

describe("virtualClock(): order", () => {
  it("fires timers by their deadlines, and those of one deadline as they were set", async () => {
    const schedule = fc.array(fc.integer({ min: -2, max: 5 }), {
      maxLength: 20,
    });

    await fc.assert(
      fc.asyncProperty(schedule, async (delays) => {
        const clock = virtualClock();
        const fired: number[] = [];

        await clock.run(() =>
          Promise.all(
            delays.map((ms, index) => sleep(ms).then(() => fired.push(index))),
          ),
        );

        const byDeadline = [...delays.keys()].sort(
          (a, b) => (delays[a] ?? 0) - (delays[b] ?? 0) || a - b,
        );
        const moments = new Set(delays.filter((ms) => ms > 0).sort());
        expect(fired).toEqual(byDeadline);
        expect(clock.steps).toEqual([...moments]);
      }),
    );
  });

  it("wakes each sleeper at its moment, wherever it goes to sleep", async () => {
    const naps = fc.array(fc.array(fc.integer({ min: 1, max: 9 })), {
      maxLength: 5,
    });

    await fc.assert(
      fc.asyncProperty(naps, async (sleepers) => {
        const clock = virtualClock();
        const late: number[] = [];
        const moments = new Set<number>();

        await clock.run(() =>
          Promise.all(
            sleepers.map(async (delays) => {
              let expected = 0;
              for (const ms of delays) {
                await sleep(ms);
                expected += ms;
                moments.add(expected);
                late.push(clock.now() - expected);
              }
            }),
          ),
        );

        expect(late.every((ms) => ms === 0)).toBe(true);
        expect(clock.steps).toEqual([...moments].sort((a, b) => a - b));
      }),
    );
  });

  it("lets all that follows from a timer happen before the next of its moment", async () => {
    const log: string[] = [];

    await virtualClock().run(async () => {
      const first = sleep(10).then(async () => {
        log.push("first wakes");
        for (let hop = 0; hop < 100; hop++) await Promise.resolve();
        await setImmediate();
        log.push("first is through");
      });
      const second = sleep(10).then(() => log.push("second wakes"));
      await Promise.all([first, second]);
    });

    expect(log).toEqual(["first wakes", "first is through", "second wakes"]);
  });

  it("does not fire a timer that one of the same moment has taken back", async () => {
    const clock = virtualClock();
    const controller = new AbortController();

    const error = await clock.run(async () => {
      const cancelled = sleep(10).then(() => controller.abort("first"));
      const slept = errorOf(sleep(10, controller.signal));
      await cancelled;
      return slept;
    });

    expect(error).toBe("first");
    expect(clock.pending).toBe(0);
  });
});

describe("virtualClock(): idle", () => {
  /** Goes on as long as it can while a timer is set; gives the moment at which it ended. */
  async function timeOf(work: () => unknown): Promise<number> {
    const clock = virtualClock();
    return clock.run(async () => {
      const controller = new AbortController();
      const timer = errorOf(sleep(1000, controller.signal));
      await work();
      const moment = clock.now();
      controller.abort();
      await timer;
      return moment;
    });
  }

  it("waits for promises, however long their chain", async () => {
    const moment = await timeOf(async () => {
      for (let hop = 0; hop < 100_000; hop++) await Promise.resolve();
    });

    expect(moment).toBe(0);
  });

  it("waits for process.nextTick() and microtasks between each other", async () => {
    const moment = await timeOf(async () => {
      for (let hop = 0; hop < 100; hop++) {
        await new Promise<void>((resolve) => {
          process.nextTick(queueMicrotask, resolve);
        });
      }
    });

    expect(moment).toBe(0);
  });

  it("waits for setImmediate(), however often in a row", async () => {
    const moment = await timeOf(async () => {
      for (let hop = 0; hop < 100; hop++) await setImmediate();
    });

    expect(moment).toBe(0);
  });

  it("waits for files", async () => {
    const moment = await timeOf(async () => {
      for (let times = 0; times < 10; times++) {
        await readFile(new URL(import.meta.url));
      }
    });

    expect(moment).toBe(0);
  });

  it("waits for messages that have been sent, and for their answers", async () => {
    const { port1, port2 } = new MessageChannel();

    const moment = await timeOf(async () => {
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.onmessage = () => {
          port2.postMessage("answer");
        };
        port1.postMessage("question");
      });
    });

    port1.close();
    expect(moment).toBe(0);
  });

  it("waits for what it cannot see as long as its patience", async () => {
    const clock = virtualClock({ patience: 5 });
    const { setTimeout } = globalThis;

    const moment = await clock.run(async () => {
      const long = sleep(1000);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const moment = clock.now();
      await long;
      return moment;
    });

    expect(moment).toBe(0);
    expect(clock.steps).toEqual([1000]);
  });

  it("is patient where a test has put stand-ins in the place of the platform's", async () => {
    vi.useFakeTimers();
    const clock = virtualClock({ patience: 1 });

    await clock.run(() => sleep(10));

    expect(clock.steps).toEqual([10]);
  });

  it("refuses a patience that is no number", () => {
    expect(() => virtualClock({ patience: "long" as never })).toThrow(
      TypeError,
    );
  });
});

describe("VirtualClock: run()", () => {
  it("begins the function at once, and gives its value", async () => {
    const log: string[] = [];

    const running = virtualClock().run(() => {
      log.push("inside");
      return 42;
    });
    log.push("outside");

    await expect(running).resolves.toBe(42);
    expect(log).toEqual(["inside", "outside"]);
  });

  it.each([new Error("body"), undefined, null, "text"])(
    "passes %o, which the function throws, by identity",
    async (thrown) => {
      const running = virtualClock().run(() => {
        throw thrown;
      });

      expect(await errorOf(running)).toBe(thrown);
    },
  );

  it("passes what the function rejects with, later, by identity", async () => {
    const error = new Error("body");

    const running = virtualClock().run(async () => {
      await sleep(1);
      throw error;
    });

    expect(await errorOf(running)).toBe(error);
  });

  it("waits for what goes on when the function has settled, but not for timers", async () => {
    const log: string[] = [];
    const clock = virtualClock();

    await clock.run(() => {
      sleep(0).then(
        () => log.push("a timer"),
        () => {},
      );
      setImmediate().then(
        () => log.push("an immediate"),
        () => {},
      );
    });

    expect(log).toEqual(["an immediate"]);
    expect(clock.pending).toBe(1);
  });

  it("leaves timers to the run after, which fires them when they are due", async () => {
    const log: string[] = [];
    const clock = virtualClock();
    await clock.run(async () => {
      sleep(10).then(
        () => log.push(`woken at ${clock.now()}`),
        () => {},
      );
      await sleep(1);
    });

    await clock.run(() => sleep(20));

    expect(log).toEqual(["woken at 10"]);
    expect(clock.steps).toEqual([1, 10, 21]);
  });

  it("counts no timer that a block or a group has cleaned up", async () => {
    const clock = virtualClock();

    await clock.run(() =>
      asyncWith(timeout(100), () =>
        asyncWith(new TaskGroup(), (group) => {
          group.spawn((signal) => sleep(50, signal));
          group.spawn(async () => {
            await sleep(10);
            group.cancel();
          });
        }),
      ),
    );

    expect(clock.steps).toEqual([10]);
    expect(clock.pending).toBe(0);
  });

  it("refuses what is no function", async () => {
    await expect(virtualClock().run("body" as never)).rejects.toThrow(
      TypeError,
    );
  });

  it("refuses a second run while one is under way, of any clock", async () => {
    const clock = virtualClock();
    const running = clock.run(async () => {
      const error = await errorOf(clock.run(() => undefined));
      await sleep(1);
      return error;
    });

    const other = await errorOf(virtualClock().run(() => undefined));

    expect(other).toMatchObject({
      name: "BusyError",
      code: "SLUICE_BUSY",
      message: "Cannot run on the virtual clock: another run is under way",
    });
    expect(await running).toHaveProperty("name", "BusyError");
    expect(clock.steps).toEqual([1]);
  });
});

describe("VirtualClock: the real clock", () => {
  /** Tells which clock the toolkit goes by: whether a platform timer is set by sleep(). */
  function isReal(): boolean {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const controller = new AbortController();
    sleep(1, controller.signal).catch(() => {});
    const timers = vi.getTimerCount();
    controller.abort();
    vi.useRealTimers();
    return timers === 1;
  }

  it("is not used inside of a run", async () => {
    expect(await virtualClock().run(isReal)).toBe(false);
  });

  it.each([
    ["has ended", () => "done"],
    ["has waited", () => sleep(10)],
    [
      "has left a timer",
      () => {
        sleep(10).catch(() => {});
      },
    ],
    [
      "has thrown",
      () => {
        throw new Error("body");
      },
    ],
    ["has rejected", () => Promise.reject(new Error("body"))],
    ["is locked", () => never],
  ])("is used again when a run %s", async (_, body) => {
    await errorOf(virtualClock().run<unknown>(body));

    expect(isReal()).toBe(true);
  });

  it("is used again when a run was refused", async () => {
    await errorOf(virtualClock().run("body" as never));

    expect(isReal()).toBe(true);
  });

  it("keeps what was waiting before a run", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const clock = virtualClock();
    const sleeping = sleep(5);

    await clock.run(() => sleep(10));
    vi.advanceTimersByTime(5);
    await sleeping;

    expect(clock.steps).toEqual([10]);
  });
});

describe("VirtualClock: a deadlock", () => {
  it("is told where the function waits and no timer is set", async () => {
    const running = virtualClock().run(async () => {
      await sleep(20);
      await never;
    });

    expect(await errorOf(running)).toMatchObject({
      name: "DeadlockError",
      code: "SLUICE_DEADLOCK",
      message:
        "Cannot go on with the run: it waits at 20 ms, and no timer is set",
    });
  });

  it("is told where the only timer is for ever", async () => {
    const running = virtualClock().run(() => sleep(Infinity));

    expect(await errorOf(running)).toHaveProperty("name", "DeadlockError");
  });

  it("leaves the clock as it is, for another run", async () => {
    const clock = virtualClock();
    await errorOf(clock.run(() => never));

    await clock.run(() => sleep(10));

    expect(clock.steps).toEqual([10]);
  });

  it("leaves no rejection where the function fails after it", async () => {
    const late = createDeferred<never>();

    const unhandled = await findUnhandledRejections(async () => {
      await errorOf(virtualClock().run(() => late.promise));
      late.reject(new Error("late"));
    });

    expect(unhandled).toEqual([]);
  });
});

describe("VirtualClock: waitUntilIdle()", () => {
  it("waits for all that needs no time, and lets none pass", async () => {
    const clock = virtualClock();
    const log: string[] = [];

    await clock.run(async () => {
      const work = (async () => {
        for (let hop = 0; hop < 10; hop++) await setImmediate();
        await sleep(0);
        log.push("what is due");
        await sleep(1);
        log.push("what is later");
      })();
      await clock.waitUntilIdle();
      log.push("idle");
      await work;
    });

    expect(log).toEqual(["what is due", "idle", "what is later"]);
    expect(clock.steps).toEqual([1]);
  });

  it("ends at the same time for all who wait", async () => {
    const clock = virtualClock();

    await clock.run(() =>
      Promise.all([clock.waitUntilIdle(), clock.waitUntilIdle()]),
    );

    expect(clock.steps).toEqual([]);
  });

  it("comes before a deadlock is told", async () => {
    const clock = virtualClock();
    const controller = new AbortController();

    const running = clock.run(async () => {
      const stuck = errorOf(guard(never, controller.signal));
      await clock.waitUntilIdle();
      controller.abort("enough");
      return stuck;
    });

    await expect(running).resolves.toBe("enough");
  });

  it("ends with the run where nobody waited for it", async () => {
    const clock = virtualClock();
    let left: Promise<void> = never;

    await clock.run(() => {
      left = clock.waitUntilIdle();
    });

    await expect(left).resolves.toBeUndefined();
  });

  it("rejects outside of a run", async () => {
    const error = await errorOf(virtualClock().waitUntilIdle());

    expect(error).toMatchObject({
      name: "ClosedError",
      message: "Cannot wait on the virtual clock: no run of it is under way",
    });
  });
});
