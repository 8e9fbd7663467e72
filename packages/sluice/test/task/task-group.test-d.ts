import { describe, expectTypeOf, it } from "vitest";
import { asyncWith, TaskGroup, type Task } from "sluice";

describe("TaskGroup", () => {
  it("gives the block's value, and nothing less", () => {
    const result = asyncWith(new TaskGroup(), () => 1);

    expectTypeOf(result).toEqualTypeOf<Promise<number>>();
  });

  it("gives what the block's promise gives", () => {
    const result = asyncWith(new TaskGroup(), async () => "value");

    expectTypeOf(result).toEqualTypeOf<Promise<string>>();
  });

  it("is given to its block", () => {
    const result = asyncWith(new TaskGroup(), (group) => {
      expectTypeOf(group).toEqualTypeOf<TaskGroup>();
    });

    expectTypeOf(result).toEqualTypeOf<Promise<void>>();
  });

  it("infers what a task gives from its work", () => {
    const group = TaskGroup.open();

    expectTypeOf(group.spawn(() => 1)).toEqualTypeOf<Task<number>>();
    expectTypeOf(group.spawn(async () => 1)).toEqualTypeOf<Task<number>>();
    expectTypeOf(group.spawn(() => group.spawn(() => 1))).toEqualTypeOf<
      Task<number>
    >();
    expectTypeOf(group.spawn(() => {})).toEqualTypeOf<Task<void>>();
  });

  it("gives the work a signal", () => {
    TaskGroup.open().spawn((signal) => {
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    });
  });

  it("guards as the function does", () => {
    const group = TaskGroup.open();

    expectTypeOf(group.guard(Promise.resolve(1))).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(group.guard("value")).toEqualTypeOf<Promise<string>>();
  });
});

describe("Task", () => {
  it("is awaited for its value", async () => {
    expectTypeOf<Awaited<Task<string>>>().toEqualTypeOf<string>();
  });

  it("is no Promise: it has neither catch() nor finally()", () => {
    expectTypeOf<Task<string>>().toExtend<PromiseLike<string>>();
    expectTypeOf<Task<string>>().not.toExtend<Promise<string>>();
  });
});
