import { describe, expect, it } from "vitest";
import { asyncWith, guard, TaskGroup } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { loopTurns } from "../support/loop-turns.ts";

const never = new Promise<never>(() => {});

/**
 * Spawns in a group, so many microtasks after its last task was let go; gives
 * how many tasks run when the block settles.
 */
async function spawnLate(turns: number): Promise<number> {
  const group = new TaskGroup();
  const work = createDeferred();
  let running = 0;
  const block = asyncWith(group, () => {
    group.spawn(() => work.promise);
  });
  await loopTurns();
  work.resolve();
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  try {
    group.spawn(async () => {
      running += 1;
      await loopTurns(2);
      running -= 1;
    });
  } catch {
    // The group has ended.
  }
  await block;
  return running;
}

describe("TaskGroup: waiting", () => {
  it("2.8.1 leaving the block waits for all tasks, those that tasks start meanwhile included", async () => {
    const first = createDeferred();
    const second = createDeferred();
    const log: string[] = [];

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(async () => {
        await first.promise;
        group.spawn(() => second.promise.then(() => log.push("second")));
        log.push("first");
      });
    }).then(() => log.push("block"));
    await loopTurns();
    first.resolve();
    await loopTurns();
    second.resolve();
    await block;

    expect(log).toEqual(["first", "second", "block"]);
  });

  it("waits for a task that is spawned from outside as the last one ends, or refuses it", async () => {
    const running = await Promise.all(
      Array.from({ length: 10 }, (_, turns) => spawnLate(turns)),
    );

    expect(running).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it("2.8.9 the slow clean-up of a cancelled task is waited for", async () => {
    const cleanUp = createDeferred();
    const log: string[] = [];

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(async (signal) => {
        try {
          await guard(never, signal);
        } finally {
          await cleanUp.promise;
          log.push("cleaned up");
        }
      });
      group.cancel();
    }).then(() => log.push("block"));
    await loopTurns();
    cleanUp.resolve();
    await block;

    expect(log).toEqual(["cleaned up", "block"]);
  });

  it("2.8.19 an empty group ends without a turn of the event loop", async () => {
    let turned = false;
    const turn = loopTurns().then(() => {
      turned = true;
    });

    await asyncWith(new TaskGroup(), () => undefined);

    expect(turned).toBe(false);
    await turn;
  });

  it("2.8.20 a task that ends as it starts is accounted for at once: no turn is needed to leave the block", async () => {
    let turned = false;
    const turn = loopTurns().then(() => {
      turned = true;
    });

    const state = await asyncWith(
      new TaskGroup(),
      (group) => group.spawn(() => "value").state,
    );

    expect([state, turned]).toEqual(["done", false]);
    await turn;
  });
});

describe("TaskGroup: failures", () => {
  it("2.8.3 a failing task cancels its siblings and the group's signal, all are waited for, and a TaskGroupError reports", async () => {
    const log: string[] = [];
    const failure = new Error("task");

    const block = asyncWith(new TaskGroup(), async (group) => {
      group.spawn(async (signal) => {
        await guard(never, signal).finally(() => log.push("sibling stopped"));
      });
      group.spawn(() => Promise.reject(failure));
      await group.guard(never).finally(() => log.push("block stopped"));
    });

    await expect(block).rejects.toMatchObject({
      name: "TaskGroupError",
      errors: [failure],
    });
    expect(log.sort()).toEqual(["block stopped", "sibling stopped"]);
  });

  it("2.8.3 the block is not interrupted when a task fails, only told by the group's signal (differs)", async () => {
    const goOn = createDeferred();
    const log: unknown[] = [];

    const block = asyncWith(new TaskGroup(), async (group) => {
      group.spawn(() => Promise.reject(new Error("task")));
      await goOn.promise;
      log.push(group.signal.aborted);
    });
    await loopTurns();
    goOn.resolve();
    await block.catch(() => log.push("block"));

    expect(log).toEqual([true, "block"]);
  });

  it("2.8.4 a failing block cancels the tasks, which are waited for, and is reported in a group, even alone", async () => {
    const failure = new Error("block");
    let stopped = false;

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(async (signal) => {
        await guard(never, signal).finally(() => {
          stopped = true;
        });
      });
      throw failure;
    });

    await expect(block).rejects.toMatchObject({
      name: "TaskGroupError",
      errors: [failure],
    });
    expect(stopped).toBe(true);
  });

  it("2.8.5 the tasks' errors are in the order in which they came, the block's is last", async () => {
    const [a, b, block] = [new Error("a"), new Error("b"), new Error("block")];
    const last = createDeferred();

    const result = asyncWith(new TaskGroup(), (group) => {
      group.spawn(() => last.promise.then(() => Promise.reject(a)));
      group.spawn(() => Promise.reject(b));
      throw block;
    });
    await loopTurns();
    last.resolve();

    await expect(result).rejects.toHaveProperty("errors", [b, a, block]);
  });

  it("2.8.6 cancelled tasks add nothing to the errors", async () => {
    const failure = new Error("task");

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn((signal) => guard(never, signal));
      group.spawn(async (signal) => {
        await guard(never, signal).catch(() => undefined);
        throw new DOMException("My own words", "AbortError");
      });
      group.spawn(() => Promise.reject(failure));
    });

    await expect(block).rejects.toHaveProperty("errors", [failure]);
  });

  it("2.8.7 a task that fails while it is cancelled adds its error", async () => {
    const [first, second] = [new Error("first"), new Error("second")];

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(async (signal) => {
        await guard(never, signal).catch(() => Promise.reject(second));
      });
      group.spawn(() => Promise.reject(first));
    });

    await expect(block).rejects.toHaveProperty("errors", [first, second]);
  });

  it("2.8.14 the failure of an inner group is one error of the outer, a group inside a group", async () => {
    const failure = new Error("innermost");

    const error: unknown = await asyncWith(new TaskGroup(), (outer) => {
      outer.spawn((signal) =>
        asyncWith(new TaskGroup({ signal }), (inner) => {
          inner.spawn(() => Promise.reject(failure));
        }),
      );
    }).catch((error: unknown) => error);

    expect(error).toMatchObject({
      errors: [{ name: "TaskGroupError", errors: [failure] }],
    });
  });

  it("2.8.15 no error is so grave that it passes bare: whatever is thrown is in the group (differs)", async () => {
    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(() => Promise.reject(undefined));
      group.spawn(() => Promise.reject(new RangeError("Out of memory")));
    });

    await expect(block).rejects.toHaveProperty("errors", [
      undefined,
      new RangeError("Out of memory"),
    ]);
  });

  it("reports an error once where the block awaited the task that failed with it", async () => {
    const failure = new Error("task");

    const block = asyncWith(new TaskGroup(), async (group) => {
      await group.spawn(() => Promise.reject(failure));
    });

    await expect(block).rejects.toHaveProperty("errors", [failure]);
  });

  it("reports an error once where another task awaited the one that failed with it", async () => {
    const failure = new Error("task");

    const block = asyncWith(new TaskGroup(), (group) => {
      const first = group.spawn(() => Promise.reject(failure));
      group.spawn(async () => {
        await first;
      });
    });

    await expect(block).rejects.toHaveProperty("errors", [failure]);
  });

  it("reports equal primitives that two tasks threw as two failures", async () => {
    const block = asyncWith(new TaskGroup(), (group) => {
      const gate = createDeferred<undefined>();
      for (let count = 0; count < 2; count++) {
        group.spawn(async () => {
          await gate.promise;
          throw "full";
        });
      }
      gate.resolve(undefined);
    });

    await expect(block).rejects.toHaveProperty("errors", ["full", "full"]);
  });

  it("fails with a task that throws as it starts", async () => {
    const failure = new Error("at once");

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn(() => {
        throw failure;
      });
      group.spawn(() => "never started");
    });

    await expect(block).rejects.toHaveProperty("errors", [failure]);
  });
});
