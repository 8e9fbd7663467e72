import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  contextManager,
  enter,
  exit,
  ExitStack,
  nullContext,
  syncWith,
  type Outcome,
} from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { unhandledAfter } from "./unhandled.ts";

describe("ExitStack", () => {
  it("2.2.2c its enter() gives what the manager's enter returns", () => {
    const value = new ExitStack().enter(nullContext("value"));

    expect(value).toBe("value");
  });

  it("2.2.3b when entering a manager fails, those entered before are told of its error", async () => {
    const refused = new Error("refused");
    const told: Outcome[] = [];

    await failure(() =>
      syncWith(new ExitStack(), (stack) => {
        stack.push((outcome: Outcome) => void told.push(outcome));
        stack.enter({ [enter]: () => raise(refused), [exit]: () => false });
      }),
    );

    expect(told.map(errorOf)).toEqual([{ error: refused }]);
  });

  it("2.2.4a its enter() refuses an async manager with a TypeError", () => {
    const manager = {
      [asyncEnter]: async () => undefined,
      [asyncExit]: async () => false,
    };

    // @ts-expect-error -- wrong on purpose
    expect(() => new ExitStack().enter(manager)).toThrow(
      new TypeError(
        "Cannot enter the object: it is not a sync context manager",
      ),
    );
  });

  it("2.2.4b its enter() refuses an object that is no manager with a TypeError", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => new ExitStack().enter({})).toThrow(TypeError);
  });

  it("2.2.17d popAll() gives a stack of the same class", () => {
    class Connections extends ExitStack {}

    expect(new Connections().popAll()).toBeInstanceOf(Connections);
  });

  it("serves an async block too", async () => {
    const log: string[] = [];

    await asyncWith(new ExitStack(), async (stack) => {
      stack.callback(() => log.push("closed"));
    });

    expect(log).toEqual(["closed"]);
  });

  it("refuses an exit that returns a promise: a TypeError", () => {
    const stack = new ExitStack();
    stack.push(async () => false);

    expect(() => stack.close()).toThrow(TypeError);
  });

  it("refuses a callback that returns a promise: a TypeError", () => {
    const stack = new ExitStack();
    stack.callback(async () => undefined);

    expect(() => stack.close()).toThrow(TypeError);
  });

  it("leaves no unhandled rejection of a callback that was refused", async () => {
    const stack = new ExitStack();
    stack.callback(() => Promise.reject(new Error("raised")));

    const unhandled = await unhandledAfter(() => failure(() => stack.close()));

    expect(unhandled).toEqual([]);
  });

  it("raise() throws the error that is not suppressed", async () => {
    const raised = new Error("raised");

    const { error } = await failure(() => new ExitStack().raise(raised));

    expect(error).toBe(raised);
  });

  it("raise() returns if an exit suppresses the error", () => {
    const stack = new ExitStack();
    stack.push(() => true);

    expect(() => stack.raise(new Error("raised"))).not.toThrow();
  });

  it("runs nothing on close() after raise(): the form with a `try` statement", () => {
    const told: Outcome[] = [];
    const stack = new ExitStack();
    stack.push((outcome: Outcome) => {
      told.push(outcome);
      return true;
    });

    try {
      raise("raised");
    } catch (error) {
      stack.raise(error);
    } finally {
      stack.close();
    }

    expect(told.map(errorOf)).toEqual([{ error: "raised" }]);
  });
});

describe("ExitStack, disposed of", () => {
  it("disposes in reverse order under `using`", () => {
    const log: string[] = [];
    {
      using stack = new ExitStack();
      stack.defer(() => log.push("first"));
      stack.adopt("second", (name) => log.push(name));
      stack.use({ [Symbol.dispose]: () => void log.push("third") });
    }

    expect(log).toEqual(["third", "second", "first"]);
  });

  it("nests several errors as SuppressedError", async () => {
    const [first, second] = [new Error("first"), new Error("second")];
    const stack = new ExitStack();
    stack.defer(() => raise(second));
    stack.defer(() => raise(first));

    const { error } = await failure(() => stack.dispose());

    expect(error).toMatchObject({
      name: "SuppressedError",
      error: second,
      suppressed: first,
    });
  });

  it("tells its exits that nobody knows how the block ended", () => {
    const told: Outcome[] = [];
    const stack = new ExitStack();
    stack.push((outcome: Outcome) => void told.push(outcome));

    stack.dispose();

    expect(told).toEqual([{ status: "unknown" }]);
  });

  it("rolls a strict manager back, and fails with a TypeError", async () => {
    const log: string[] = [];
    const transaction = contextManager(
      function* () {
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
    const stack = new ExitStack();
    stack.enter(transaction());

    const { error } = await failure(() => stack.dispose());

    expect(error).toMatchObject({ name: "TypeError" });
    expect(log).toEqual(["rollback"]);
  });

  it("does nothing when it is disposed of again", () => {
    const log: string[] = [];
    const stack = new ExitStack();
    stack.defer(() => log.push("closed"));

    stack.dispose();
    stack.dispose();

    expect([log, stack.disposed]).toEqual([["closed"], true]);
  });

  it("refuses what is registered later with a ReferenceError", () => {
    const stack = new ExitStack();
    stack.dispose();

    expect(() => stack.enter(nullContext())).toThrow(ReferenceError);
  });

  it("moves its entries to a new stack, and counts as disposed of", () => {
    const log: string[] = [];
    const stack = new ExitStack();
    stack.defer(() => log.push("closed"));

    const moved = stack.move();
    stack.dispose();

    expect([stack.disposed, moved.disposed, log]).toEqual([true, false, []]);
  });

  it("use() passes null and undefined over", () => {
    const stack = new ExitStack();
    const absent: (Disposable | null | undefined)[] = [null, undefined];

    expect(absent.map((disposable) => stack.use(disposable))).toEqual(absent);
  });

  it("use() refuses what can only be disposed of asynchronously", () => {
    const disposable = { [Symbol.asyncDispose]: () => Promise.resolve() };

    // @ts-expect-error -- wrong on purpose
    expect(() => new ExitStack().use(disposable)).toThrow(TypeError);
  });
});
