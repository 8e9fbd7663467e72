import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  ClosedError,
  guard,
  TaskGroup,
  TaskGroupError,
} from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

const never = new Promise<never>(() => {});

describe("TaskGroup: one block", () => {
  it("2.8.2 a group serves once: entering it again is a TypeError", async () => {
    const group = new TaskGroup();
    await asyncWith(group, () => undefined);

    const again = asyncWith(group, () => undefined);

    await expect(again).rejects.toThrow(TypeError);
  });

  it("2.8.2 a group that is entered cannot be entered inside its block", async () => {
    const inside = asyncWith(new TaskGroup(), (group) =>
      asyncWith(group, () => undefined),
    );

    await expect(inside).rejects.toMatchObject({
      errors: [{ name: "TypeError" }],
    });
  });

  it("2.8.2 nothing is spawned before the group is entered: a ClosedError", () => {
    const group = new TaskGroup();

    expect(() => group.spawn(() => undefined)).toThrow(ClosedError);
  });

  it("2.8.2 nothing is spawned once the group has ended: a ClosedError", async () => {
    const group = await asyncWith(new TaskGroup(), (group) => group);

    expect(() => group.spawn(() => undefined)).toThrow(
      expect.objectContaining({
        name: "ClosedError",
        code: "SLUICE_CLOSED",
      }),
    );
  });

  it("2.8.2 nothing is spawned while the group is cancelled: its reason is thrown", async () => {
    const reason = new Error("enough");
    let started = false;

    const thrown: unknown = await asyncWith(new TaskGroup(), (group) => {
      group.cancel(reason);
      try {
        group.spawn(() => {
          started = true;
        });
      } catch (error) {
        return error;
      }
      return undefined;
    });

    expect(thrown).toBe(reason);
    expect(started).toBe(false);
  });

  it("refuses to exit before it is entered", async () => {
    const exited = new TaskGroup()[asyncExit]({ status: "ok" });

    await expect(exited).rejects.toThrow(TypeError);
  });

  it("refuses to exit twice", async () => {
    const group = await asyncWith(new TaskGroup(), (group) => group);

    const again = group[asyncExit]({ status: "ok" });

    await expect(again).rejects.toThrow(TypeError);
  });

  it("fails with a task that is no function", async () => {
    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn("work" as never);
    });

    await expect(block).rejects.toMatchObject({
      errors: [{ name: "TypeError" }],
    });
  });

  it("is not entered where its signal is none", async () => {
    const block = asyncWith(
      new TaskGroup({ signal: new AbortController() as never }),
      () => {
        throw new Error("entered");
      },
    );

    await expect(block).rejects.toThrow(TypeError);
  });
});

describe("TaskGroup.open()", () => {
  it("waits for all tasks at the end of the scope", async () => {
    const work = createDeferred();
    const log: string[] = [];

    async function scope(): Promise<void> {
      await using group = TaskGroup.open();
      group.spawn(() => work.promise.then(() => log.push("task")));
      log.push("scope");
    }
    const ended = scope().then(() => log.push("after"));
    work.resolve();
    await ended;

    expect(log).toEqual(["scope", "task", "after"]);
  });

  it("throws the failures at the end of the scope", async () => {
    const failure = new Error("task");

    async function scope(): Promise<void> {
      await using group = TaskGroup.open();
      group.spawn(() => Promise.reject(failure));
    }

    await expect(scope()).rejects.toHaveProperty("errors", [failure]);
  });

  it("throws the outer signal's reason at the end of the scope", async () => {
    const outer = new AbortController();
    const reason = new Error("outer");

    async function scope(): Promise<void> {
      await using group = TaskGroup.open({ signal: outer.signal });
      group.spawn((signal) => guard(never, signal));
    }
    const ended = scope();
    outer.abort(reason);

    await expect(ended).rejects.toBe(reason);
  });

  it("may be disposed of again, and without having been entered", async () => {
    const group = TaskGroup.open();
    await group[Symbol.asyncDispose]();

    await group[Symbol.asyncDispose]();
    await new TaskGroup()[Symbol.asyncDispose]();

    expect(() => group.spawn(() => undefined)).toThrow(ClosedError);
  });

  it("does nothing when it is disposed of again after it failed", async () => {
    const group = TaskGroup.open();
    group.spawn(() => Promise.reject(new Error("task")));
    await errorOf(group[Symbol.asyncDispose]());

    const again = group[Symbol.asyncDispose]();

    await expect(again).resolves.toBeUndefined();
  });

  it("may be disposed of twice at once: both wait for the tasks", async () => {
    const work = createDeferred();
    const group = TaskGroup.open();
    group.spawn(() => work.promise);

    const log: string[] = [];
    const note = (): number => log.push("disposed of");

    const both = [
      group[Symbol.asyncDispose]().then(note),
      group[Symbol.asyncDispose]().then(note),
    ];
    await loopTurns();
    log.push("done");
    work.resolve();
    await loopTurns();

    expect(both).toHaveLength(2);
    expect(log).toEqual(["done", "disposed of", "disposed of"]);
  });

  it("gives a group that is entered already", () => {
    expect(() => TaskGroup.open()[asyncEnter]()).toThrow(TypeError);
  });
});

describe("TaskGroupError", () => {
  it("makes one of the same kind and message with other errors", () => {
    const rest = new Error("rest");

    const derived = new TaskGroupError([rest, 1], "Cannot go on").derive([
      rest,
    ]);

    expect(derived).toBeInstanceOf(TaskGroupError);
    expect([derived.errors, derived.message]).toEqual([[rest], "Cannot go on"]);
  });
});
