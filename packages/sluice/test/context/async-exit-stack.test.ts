import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  AsyncExitStack,
  asyncWith,
  CancelledError,
  enter,
  exit,
  guard,
  type Outcome,
} from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { nextTurn } from "./unhandled.ts";

describe("AsyncExitStack", () => {
  it("2.2.1a sync and async exits, mixed, run in reverse order, each after the one before has ended", async () => {
    const log: string[] = [];
    const stack = new AsyncExitStack();
    stack.callback(() => log.push("first"));
    stack.callback(async () => {
      await nextTurn();
      log.push("second");
    });
    stack.callback(() => log.push("third"));

    await stack.aclose();

    expect(log).toEqual(["third", "second", "first"]);
  });

  it("2.2.2 enter() waits for the manager's enter and gives what it resolves to", async () => {
    const manager = {
      [asyncEnter]: () => Promise.resolve("value"),
      [asyncExit]: () => false,
    };

    const value = await new AsyncExitStack().enter(manager);

    expect(value).toBe("value");
  });

  it("2.2.2a enter() registers the manager's exit", async () => {
    const told: Outcome[] = [];
    const stack = new AsyncExitStack();
    await stack.enter({
      [asyncEnter]: async () => undefined,
      [asyncExit]: async (outcome: Outcome) => void told.push(outcome),
    });

    await stack.aclose();

    expect(told).toEqual([{ status: "ok" }]);
  });

  it("2.2.2b one enter() takes sync managers and disposables too (differs)", async () => {
    const disposable = { [Symbol.dispose]: () => undefined };
    const stack = new AsyncExitStack();

    const values = [
      await stack.enter({ [enter]: () => 1, [exit]: () => false }),
      await stack.enter(disposable),
    ];

    expect(values).toEqual([1, disposable]);
  });

  it("2.2.3a when entering a manager fails, those entered before are told of its error", async () => {
    const refused = new Error("refused");
    const told: Outcome[] = [];

    await failure(() =>
      asyncWith(new AsyncExitStack(), async (stack) => {
        stack.push((outcome: Outcome) => void told.push(outcome));
        await stack.enter({
          [asyncEnter]: () => Promise.reject(refused),
          [asyncExit]: () => false,
        });
      }),
    );

    expect(told.map(errorOf)).toEqual([{ error: refused }]);
  });

  it("2.2.4 enter() refuses an object that is no manager with a TypeError, and registers nothing", async () => {
    const stack = new AsyncExitStack();

    // @ts-expect-error -- wrong on purpose
    const { error } = await failure(() => stack.enter({}));
    await stack.aclose();

    expect(error).toEqual(
      new TypeError("Cannot enter the object: it is not a context manager"),
    );
  });

  it("2.2.5d push() takes an async exit, which may suppress", async () => {
    const stack = new AsyncExitStack();
    stack.push(async () => true);

    const result = await asyncWith(stack, () => raise("raised"));

    expect(result).toBe(undefined);
  });

  it("2.2.5e push() prefers the async exit of a manager that has both", async () => {
    const log: string[] = [];
    const stack = new AsyncExitStack();
    stack.push({
      [exit]: () => void log.push("sync"),
      [asyncExit]: async () => void log.push("async"),
    });

    await stack.aclose();

    expect(log).toEqual(["async"]);
  });

  it("2.2.6c an async callback is waited for, and cannot suppress", async () => {
    const raised = new Error("raised");
    const stack = new AsyncExitStack();
    stack.callback(() => Promise.resolve(true));

    const { error } = await failure(() =>
      asyncWith(stack, () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("2.2.17c popAll() gives a stack of the same class", () => {
    class Connections extends AsyncExitStack {}

    expect(new Connections().popAll()).toBeInstanceOf(Connections);
  });

  it("2.2.26 a cancellation that arrives while an exit waits is that exit's error, and the other exits run with it", async () => {
    const cancelled = new CancelledError("Stopped");
    const controller = new AbortController();
    const told: Outcome[] = [];
    const stack = new AsyncExitStack();
    stack.push((outcome: Outcome) => void told.push(outcome));
    stack.callback(() => guard(new Promise(() => {}), controller.signal));

    const closed = failure(() => stack.aclose());
    controller.abort(cancelled);

    expect(await closed).toEqual({ error: cancelled });
    expect(told.map(errorOf)).toEqual([{ error: cancelled }]);
  });

  it("2.2.27 sync exits are called without a pause between them", async () => {
    const log: string[] = [];
    const stack = new AsyncExitStack();
    stack.callback(() => log.push("second"));
    stack.push(() => {
      log.push("first");
      queueMicrotask(() => log.push("microtask"));
    });

    await stack.aclose();

    expect(log).toEqual(["first", "second", "microtask"]);
  });

  it("raise() resolves if an exit suppresses the error", async () => {
    const stack = new AsyncExitStack();
    stack.push(() => true);

    await expect(stack.raise(new Error("raised"))).resolves.toBe(undefined);
  });

  it("raise() rejects with the error if nothing suppresses it", async () => {
    const raised = new Error("raised");

    const { error } = await failure(() => new AsyncExitStack().raise(raised));

    expect(error).toBe(raised);
  });

  it("raise() rejects with the error that replaced the one given", async () => {
    const other = new Error("other");
    const stack = new AsyncExitStack();
    stack.callback(() => raise(other));

    const { error } = await failure(() => stack.raise("raised"));

    expect(error).toBe(other);
  });

  it("runs nothing on aclose() after raise(): the form with a `try` statement", async () => {
    const told: Outcome[] = [];
    const stack = new AsyncExitStack();
    stack.push((outcome: Outcome) => {
      told.push(outcome);
      return true;
    });

    try {
      raise("raised");
    } catch (error) {
      await stack.raise(error);
    } finally {
      await stack.aclose();
    }

    expect(told.map(errorOf)).toEqual([{ error: "raised" }]);
  });
});
