import { describe, expect, it } from "vitest";
import {
  acquire,
  asyncContextManager,
  asyncEnter,
  asyncExit,
  AsyncExitStack,
  asyncWith,
  errorContext,
  nullContext,
  type Outcome,
} from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { nextTurn } from "./unhandled.ts";

describe("AsyncExitStack, disposed of", () => {
  it("tells its exits that nobody knows how the block ended", async () => {
    const told: Outcome[] = [];
    const stack = new AsyncExitStack();
    stack.push((outcome: Outcome) => void told.push(outcome));

    await stack.disposeAsync();

    expect(told).toEqual([{ status: "unknown" }]);
  });

  it("rolls a strict manager back, and fails with a TypeError", async () => {
    const log: string[] = [];
    const transaction = asyncContextManager(
      async function* () {
        try {
          yield;
          log.push("commit");
        } catch (error) {
          log.push("rollback");
          throw error;
        }
      },
      { strict: true },
    );
    const stack = new AsyncExitStack();
    await stack.enter(transaction());

    const { error } = await failure(() => stack.disposeAsync());

    expect(error).toMatchObject({ name: "TypeError" });
    expect(log).toEqual(["rollback"]);
  });

  it("commits a strict manager when it is closed by aclose()", async () => {
    const log: string[] = [];
    const transaction = asyncContextManager(
      async function* () {
        yield;
        log.push("commit");
      },
      { strict: true },
    );
    const stack = new AsyncExitStack();
    await stack.enter(transaction());

    await stack.aclose();

    expect(log).toEqual(["commit"]);
  });

  it("tells later exits of the error of an earlier one", async () => {
    const raised = new Error("raised");
    const told: Outcome[] = [];
    const stack = new AsyncExitStack();
    stack.push((outcome: Outcome) => void told.push(outcome));
    stack.defer(() => raise(raised));

    await failure(() => stack.disposeAsync());

    expect(told.map(errorOf)).toEqual([{ error: raised }]);
  });

  it("lets an exit suppress the error of an earlier one, after which nobody knows again", async () => {
    const told: Outcome[] = [];
    const stack = new AsyncExitStack();
    stack.push((outcome: Outcome) => void told.push(outcome));
    stack.push(() => true);
    stack.defer(() => raise("raised"));

    await stack.disposeAsync();

    expect(told).toEqual([{ status: "unknown" }]);
  });

  it("refuses enter() with a ReferenceError", async () => {
    const stack = new AsyncExitStack();
    await stack.disposeAsync();

    const { error } = await failure(() => stack.enter(nullContext()));

    expect(error).toEqual(
      new ReferenceError("Cannot use the stack: it is disposed of"),
    );
  });

  it("cannot be entered as a block", async () => {
    const stack = new AsyncExitStack();
    await stack.disposeAsync();

    await expect(asyncWith(stack, () => 1)).rejects.toThrow(ReferenceError);
  });

  it("refuses push(), callback() and popAll()", async () => {
    const stack = new AsyncExitStack();
    await stack.disposeAsync();

    const failures = await Promise.all([
      failure(() => stack.push(() => false)),
      failure(() => stack.callback(() => false)),
      failure(() => stack.popAll()),
    ]);

    expect(failures).toMatchObject(
      failures.map(() => ({ error: { name: "ReferenceError" } })),
    );
  });

  it("closes quietly by aclose()", async () => {
    const stack = new AsyncExitStack();
    await stack.disposeAsync();

    await expect(stack.aclose()).resolves.toBe(undefined);
  });

  it("is disposed of by `await using`, where the errors of its exits nest with the block's", async () => {
    const { error } = await failure(async () => {
      await using stack = new AsyncExitStack();
      stack.defer(() => raise("second exit"));
      stack.defer(() => raise("first exit"));
      raise("block");
    });

    expect(error).toMatchObject({
      name: "SuppressedError",
      error: {
        name: "SuppressedError",
        error: "second exit",
        suppressed: "first exit",
      },
      suppressed: "block",
    });
  });

  it("lets no exit suppress the block's error under `await using`", async () => {
    const { error } = await failure(async () => {
      await using stack = new AsyncExitStack();
      stack.push(() => true);
      raise("block");
    });

    expect(error).toBe("block");
  });

  it("is disposed of with what it holds by acquire() and `await using`", async () => {
    const log: string[] = [];
    {
      await using held = await acquire(new AsyncExitStack());
      held.value.callback(() => log.push("closed"));
    }

    expect(log).toEqual(["closed"]);
  });
});

describe("AsyncExitStack, disposed of while an enter is pending", () => {
  it("exits the manager again when it has been entered", async () => {
    const { stack, manager, told } = prepareSlowEnter();

    const entered = failure(() => stack.enter(manager));
    await stack.disposeAsync();
    await entered;

    expect(told).toMatchObject([
      { status: "error", error: { name: "ReferenceError" } },
    ]);
  });

  it("rejects the enter with a ReferenceError, although exit suppresses it", async () => {
    const { stack, manager } = prepareSlowEnter(() => true);

    const entered = failure(() => stack.enter(manager));
    await stack.disposeAsync();

    expect(await entered).toMatchObject({ error: { name: "ReferenceError" } });
  });

  it("rejects the enter with the error of an exit that fails, whose context is the ReferenceError", async () => {
    const { stack, manager } = prepareSlowEnter(() =>
      raise(new Error("exit failed")),
    );

    const entered = failure(() => stack.enter(manager));
    await stack.disposeAsync();
    const { error } = await entered;

    expect(error).toMatchObject({ message: "exit failed" });
    expect(errorContext(error)).toBeInstanceOf(ReferenceError);
  });

  it("registers in the old stack what is entered after popAll()", async () => {
    const { stack, manager, told } = prepareSlowEnter();

    const entered = stack.enter(manager);
    stack.popAll();
    await entered;
    await stack.aclose();

    expect(told).toEqual([{ status: "ok" }]);
  });
});

/** A stack, and a manager whose enter takes a while. */
function prepareSlowEnter(leave: () => unknown = () => false) {
  const told: Outcome[] = [];
  const manager = {
    [asyncEnter]: () => nextTurn(),
    [asyncExit](outcome: Outcome) {
      told.push(outcome);
      return Boolean(leave());
    },
  };
  return { stack: new AsyncExitStack(), manager, told };
}
