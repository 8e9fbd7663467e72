import { describe, expect, it } from "vitest";
import { asyncWith, guard, TaskGroup, type Task } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

const never = new Promise<never>(() => {});

/** Runs a block in a group; gives the rejections that nobody handled. */
function findUnhandledIn(
  body: (group: TaskGroup) => unknown,
  signal?: AbortSignal,
): Promise<unknown[]> {
  const group = new TaskGroup(signal === undefined ? {} : { signal });
  return findUnhandledRejections(() => errorOf(asyncWith(group, body)));
}

describe("TaskGroup: no rejection is unhandled", () => {
  it("where nobody awaits a task that fails", async () => {
    const unhandled = await findUnhandledIn((group) => {
      group.spawn(() => Promise.reject(new Error("task")));
    });

    expect(unhandled).toEqual([]);
  });

  it("where a task throws as it starts", async () => {
    const unhandled = await findUnhandledIn((group) => {
      group.spawn(() => {
        throw new Error("at once");
      });
    });

    expect(unhandled).toEqual([]);
  });

  it("where a task is handed on and awaited late", async () => {
    const tasks: Task<never>[] = [];

    const unhandled = await findUnhandledIn((group) => {
      tasks.push(group.spawn(() => Promise.reject(new Error("task"))));
    });

    expect(unhandled).toEqual([]);
    await expect(Promise.all(tasks)).rejects.toThrow("task");
  });

  it("where a guard of the group loses to a failure, and its promise fails later", async () => {
    const late = createDeferred<never>();

    const unhandled = await findUnhandledIn(async (group) => {
      group.spawn(() => Promise.reject(new Error("task")));
      await errorOf(group.guard(late.promise));
      late.reject(new Error("late"));
    });

    expect(unhandled).toEqual([]);
  });

  it("where a task fails after its cancellation", async () => {
    const unhandled = await findUnhandledIn((group) => {
      group.spawn(async (signal) => {
        await errorOf(guard(never, signal));
        await loopTurns();
        throw new Error("late");
      });
      group.cancel();
    });

    expect(unhandled).toEqual([]);
  });

  it("where a task cancels the group as it starts", async () => {
    const unhandled = await findUnhandledIn((group) => {
      group.spawn(async (signal) => {
        group.cancel();
        await guard(never, signal);
      });
    });

    expect(unhandled).toEqual([]);
  });

  it("where something is spawned in a group that is cancelled", async () => {
    const unhandled = await findUnhandledIn((group) => {
      group.cancel();
      group.spawn(() => Promise.reject(new Error("never started")));
    });

    expect(unhandled).toEqual([]);
  });

  it("where the outer signal is aborted already", async () => {
    const unhandled = await findUnhandledIn(
      (group) => {
        group.spawn(() => Promise.reject(new Error("never started")));
      },
      AbortSignal.abort(new Error("too late")),
    );

    expect(unhandled).toEqual([]);
  });

  it("where the block fails before its tasks do", async () => {
    const unhandled = await findUnhandledIn((group) => {
      group.spawn((signal) =>
        guard(never, signal).catch(() => Promise.reject(new Error("task"))),
      );
      throw new Error("block");
    });

    expect(unhandled).toEqual([]);
  });

  it("where a result's `then` cannot be read, and the task fails with that error", async () => {
    const failure = new Error("getter");
    const errors: unknown[] = [];

    const unhandled = await findUnhandledRejections(async () => {
      const block = asyncWith(new TaskGroup(), (group) => {
        group.spawn(() => ({
          get then(): never {
            throw failure;
          },
        }));
      });
      errors.push(await errorOf(block));
    });

    expect(unhandled).toEqual([]);
    expect(errors).toMatchObject([
      { name: "TaskGroupError", errors: [failure] },
    ]);
  });

  it("where a result's `then` throws, and the task fails with that error", async () => {
    const failure = new Error("then");
    const errors: unknown[] = [];

    const unhandled = await findUnhandledRejections(async () => {
      const block = asyncWith(new TaskGroup(), (group) => {
        group.spawn(() => ({
          then(): never {
            throw failure;
          },
        }));
      });
      errors.push(await errorOf(block));
    });

    expect(unhandled).toEqual([]);
    expect(errors).toMatchObject([
      { name: "TaskGroupError", errors: [failure] },
    ]);
  });
});
