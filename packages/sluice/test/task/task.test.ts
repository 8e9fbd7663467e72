import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { asyncWith, CancelledError, guard, TaskGroup, type Task } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { loopTurns } from "../support/loop-turns.ts";

const never = new Promise<never>(() => {});

describe("Task", () => {
  it("2.8.17 a task can be awaited, any number of times, for what its work returned", async () => {
    const values = await asyncWith(new TaskGroup(), async (group) => {
      const task = group.spawn(() => Promise.resolve({ a: 1 }));
      return [await task, await task];
    });

    expect(values[0]).toBe(values[1]);
  });

  it("2.8.17 awaiting a task that failed throws its error", async () => {
    const failure = new Error("task");
    let task: Task<never> | undefined;

    await asyncWith(new TaskGroup(), (group) => {
      task = group.spawn(() => Promise.reject(failure));
    }).catch(() => undefined);

    await expect(Promise.resolve(task)).rejects.toBe(failure);
  });

  it("2.8.17 awaiting a task that was cancelled throws the reason it ended with", async () => {
    const reason = new Error("enough");

    const tasks = await asyncWith(new TaskGroup(), (group) => {
      const task = group.spawn((signal) => guard(never, signal));
      task.cancel(reason);
      return [task];
    });

    await expect(Promise.all(tasks)).rejects.toBe(reason);
  });

  it("2.8.20 the state of a task that throws as it starts is known at once", async () => {
    let state: string | undefined;

    await asyncWith(new TaskGroup(), (group) => {
      state = group.spawn(() => {
        throw new Error("at once");
      }).state;
    }).catch(() => undefined);

    expect(state).toBe("failed");
  });

  it("starts before spawn returns", async () => {
    const log: string[] = [];

    await asyncWith(new TaskGroup(), (group) => {
      group.spawn(() => log.push("task"));
      log.push("block");
    });

    expect(log).toEqual(["task", "block"]);
  });

  it("is running until its promise settles", async () => {
    const work = createDeferred();
    const states: string[] = [];

    await asyncWith(new TaskGroup(), async (group) => {
      const task = group.spawn(() => work.promise);
      states.push(task.state);
      work.resolve();
      await task;
      states.push(task.state);
    });

    expect(states).toEqual(["running", "done"]);
  });

  it("has failed when it throws an AbortError that nobody asked for", async () => {
    const abort = new DOMException("Someone else's", "AbortError");

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(() => Promise.reject(abort));
    });

    await expect(block).rejects.toHaveProperty("errors", [abort]);
  });

  it("has failed when it is cancelled and throws an error of its own", async () => {
    const failure = new Error("clean-up");

    const block = asyncWith(new TaskGroup(), (group) => {
      group
        .spawn((signal) =>
          guard(never, signal).catch(() => Promise.reject(failure)),
        )
        .cancel();
    });

    await expect(block).rejects.toHaveProperty("errors", [failure]);
  });

  it("aborts its signal with the reason given", async () => {
    const reason = { any: "value" };

    const reasons = await asyncWith(new TaskGroup(), (group) => {
      const task = group.spawn((signal) =>
        guard(never, signal).catch((reason: unknown) => reason),
      );
      task.cancel(reason);
      return Promise.all([task, task.signal.reason]);
    });

    expect(reasons.every((each) => each === reason)).toBe(true);
  });

  it("aborts its signal with a CancelledError where no reason is given", async () => {
    const [task] = await asyncWith(new TaskGroup(), (group) => [
      group.spawn(() => "value"),
    ]);

    task.cancel();

    expect(task.signal.reason).toBeInstanceOf(CancelledError);
  });

  it("stays as it ended when it is cancelled afterwards", async () => {
    const found = await asyncWith(new TaskGroup(), async (group) => {
      const task = group.spawn(() => Promise.resolve("value"));
      await task;
      task.cancel();
      return [task.state, await task];
    });

    expect(found).toEqual(["done", "value"]);
  });

  it("takes a result that is a promise of another kind", async () => {
    const thenable: PromiseLike<string> = {
      then: (onFulfilled, onRejected) =>
        Promise.resolve("value").then(onFulfilled, onRejected),
    };

    const value = await asyncWith(new TaskGroup(), (group) =>
      group.spawn(() => thenable),
    );

    expect(value).toBe("value");
  });

  it("2.8.18 tasks see the AsyncLocalStorage of whoever spawned them, and change their own only (differs)", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];

    await storage.run("block", () =>
      asyncWith(new TaskGroup(), (group) => {
        group.spawn(() =>
          storage.run("task", async () => {
            await loopTurns();
            seen.push(storage.getStore());
          }),
        );
        group.spawn(async () => {
          await loopTurns();
          seen.push(storage.getStore());
        });
      }),
    );

    expect(seen.sort()).toEqual(["block", "task"]);
  });
});
