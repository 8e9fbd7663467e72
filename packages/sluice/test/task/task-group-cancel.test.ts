import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { asyncWith, CancelledError, guard, TaskGroup } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

const never = new Promise<never>(() => {});

describe("TaskGroup: cancellation", () => {
  it("2.8.8 a task cancelled alone is no failure, and the group goes on", async () => {
    const log: unknown[] = [];

    await asyncWith(new TaskGroup(), async (group) => {
      const cancelled = group.spawn((signal) => guard(never, signal));
      const sibling = group.spawn(() => loopTurns());
      cancelled.cancel();
      await sibling;
      log.push(cancelled.state, sibling.state, group.signal.aborted);
    });

    expect(log).toEqual(["cancelled", "done", false]);
  });

  it("2.8.10 a task that ignores its cancellation and returns is done", async () => {
    const tasks = await asyncWith(new TaskGroup(), (group) => {
      const stubborn = group.spawn((signal) =>
        guard(never, signal).catch(() => "all the same"),
      );
      group.cancel();
      return [stubborn];
    });

    expect(tasks.map((task) => task.state)).toEqual(["done"]);
    await expect(Promise.all(tasks)).resolves.toEqual(["all the same"]);
  });

  it("2.8.11 a block that swallows its cancellation does not hide the group's error, and the outer signal stays", async () => {
    const outer = new AbortController();
    const failure = new Error("task");

    const block = asyncWith(
      new TaskGroup({ signal: outer.signal }),
      async (group) => {
        group.spawn(() => Promise.reject(failure));
        await group.guard(never).catch(() => undefined);
        return "swallowed";
      },
    );

    await expect(block).rejects.toHaveProperty("errors", [failure]);
    expect(outer.signal.aborted).toBe(false);
  });

  it("2.8.12 the outer signal cancels the tasks, which are waited for, and its reason passes", async () => {
    const outer = new AbortController();
    const reason = new Error("outer");
    let stopped = false;

    const block = asyncWith(
      new TaskGroup({ signal: outer.signal }),
      async (group) => {
        group.spawn(async (signal) => {
          await guard(never, signal).catch(() => undefined);
          await loopTurns();
          stopped = true;
        });
        await group.guard(never);
      },
    );
    outer.abort(reason);

    await expect(block).rejects.toBe(reason);
    expect(stopped).toBe(true);
  });

  it("2.8.12 the outer signal's reason passes too where the block ended well before it", async () => {
    const outer = new AbortController();
    const reason = new Error("outer");

    const block = asyncWith(
      new TaskGroup({ signal: outer.signal }),
      (group) => {
        group.spawn((signal) => guard(never, signal));
      },
    );
    await loopTurns();
    outer.abort(reason);

    await expect(block).rejects.toBe(reason);
  });

  it("2.8.12 a failure wins over the outer signal's reason", async () => {
    const outer = new AbortController();
    const failure = new Error("while stopping");

    const block = asyncWith(
      new TaskGroup({ signal: outer.signal }),
      async (group) => {
        group.spawn((signal) =>
          guard(never, signal).catch(() => Promise.reject(failure)),
        );
        await group.guard(never);
      },
    );
    outer.abort();

    await expect(block).rejects.toHaveProperty("errors", [failure]);
  });

  it("2.8.13 where a task fails as the outer signal aborts, the group's error is thrown, and the signal still tells", async () => {
    const outer = new AbortController();
    const failure = new Error("task");
    const fail = createDeferred<never>();

    const block = asyncWith(
      new TaskGroup({ signal: outer.signal }),
      async (group) => {
        group.spawn(() => fail.promise);
        await group.guard(never);
      },
    );
    fail.reject(failure);
    outer.abort();

    await expect(block).rejects.toHaveProperty("errors", [failure]);
    expect(outer.signal.aborted).toBe(true);
  });

  it("2.8.14 an inner group's cancellation stays its own", async () => {
    const inside = await asyncWith(new TaskGroup(), async (outer) => {
      await asyncWith(new TaskGroup({ signal: outer.signal }), (inner) => {
        inner.spawn((signal) => guard(never, signal));
        inner.cancel();
      });
      return outer.signal.aborted;
    });

    expect(inside).toBe(false);
  });

  it("2.8.16 a block that ends with a cancellation is not in a group: the cancellation passes bare", async () => {
    const reason = new CancelledError("Enough");

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn((signal) => guard(never, signal));
      throw reason;
    });

    await expect(block).rejects.toBe(reason);
  });

  it("gives the block's value where the block cancels the group and ends well", async () => {
    const value = await asyncWith(new TaskGroup(), (group) => {
      group.spawn((signal) => guard(never, signal));
      group.cancel();
      return "enough";
    });

    expect(value).toBe("enough");
  });

  it("aborts the signals of the group and its tasks with the reason given", async () => {
    const reason = { any: "value" };

    const reasons = await asyncWith(new TaskGroup(), (group) => {
      const task = group.spawn((signal) =>
        guard(never, signal).catch((reason: unknown) => reason),
      );
      group.cancel(reason);
      return Promise.all([task, task.signal.reason, group.signal.reason]);
    });

    expect(reasons.every((each) => each === reason)).toBe(true);
  });

  it("aborts with a CancelledError where no reason is given", async () => {
    const group = new TaskGroup();

    await asyncWith(group, () => {
      group.cancel();
    });

    expect(group.signal.reason).toBeInstanceOf(CancelledError);
  });

  it("tells the siblings of a failed task which error stopped them", async () => {
    const failure = new Error("task");
    let reason: unknown;

    await asyncWith(new TaskGroup(), (group) => {
      group.spawn((signal) =>
        guard(never, signal).catch((error: unknown) => {
          reason = error;
        }),
      );
      group.spawn(() => Promise.reject(failure));
    }).catch(() => undefined);

    expect(reason).toMatchObject({
      code: "SLUICE_CANCELLED",
      cause: failure,
    });
  });

  it("tells the tasks of a block that failed which error stopped them", async () => {
    const group = new TaskGroup();
    const failure = new Error("block");

    await errorOf(asyncWith(group, () => Promise.reject(failure)));

    expect(group.signal.reason).toMatchObject({
      code: "SLUICE_CANCELLED",
      cause: failure,
    });
  });

  it("passes the cancellation that a block ends with on to its tasks", async () => {
    const group = new TaskGroup();
    const cancelled = new CancelledError("Enough");

    await errorOf(asyncWith(group, () => Promise.reject(cancelled)));

    expect(group.signal.reason).toBe(cancelled);
  });

  it("counts a task as cancelled that cancels its own group as it starts and stops with the reason", async () => {
    const state = await asyncWith(
      new TaskGroup(),
      (group) =>
        group.spawn(() => {
          group.cancel();
          group.signal.throwIfAborted();
        }).state,
    );

    expect(state).toBe("cancelled");
  });

  it("tells a task that cancelled its own group as it started", async () => {
    const aborted = await asyncWith(new TaskGroup(), (group) =>
      group.spawn(async (signal) => {
        group.cancel();
        await Promise.resolve();
        return signal.aborted;
      }),
    );

    expect(aborted).toBe(true);
  });

  it("starts nothing where the outer signal is aborted already, and throws its reason", async () => {
    const reason = new Error("too late");
    let started = false;

    const block = asyncWith(
      new TaskGroup({ signal: AbortSignal.abort(reason) }),
      (group) => {
        group.spawn(() => {
          started = true;
        });
      },
    );

    await expect(block).rejects.toBe(reason);
    expect(started).toBe(false);
  });

  it("leaves no listener on a signal that was aborted already", async () => {
    const signal = AbortSignal.abort();

    await errorOf(asyncWith(new TaskGroup({ signal }), () => undefined));

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("leaves no listener on its outer signal", async () => {
    const { signal } = new AbortController();

    await asyncWith(new TaskGroup({ signal }), (group) => {
      group.spawn(() => Promise.resolve());
    });

    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
