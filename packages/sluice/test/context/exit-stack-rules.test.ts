import { describe, expect, it } from "vitest";
import { CancelledError, enter, exit, type Outcome } from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { stackKinds } from "./stack-kinds.ts";

describe.each(stackKinds)("$title: what is registered", ({ create }) => {
  it("2.2.1 exits run in the reverse order of their registration", async () => {
    const log: number[] = [];
    const stack = create();
    for (const number of [1, 2, 3]) {
      stack.callback(() => log.push(number));
    }

    await stack.close();

    expect(log).toEqual([3, 2, 1]);
  });

  it("2.2.3 nothing is registered for a manager whose enter fails", async () => {
    const log: string[] = [];
    const stack = create();

    await failure(() =>
      stack.enter({
        [enter]: () => raise(new Error("refused")),
        [exit]: () => void log.push("exited"),
      }),
    );
    await stack.close();

    expect(log).toEqual([]);
  });

  it("2.2.5 a pushed exit is told how the block ended", async () => {
    const raised = new Error("raised");
    const told: Outcome[] = [];
    const stack = create();
    stack.push((outcome) => void told.push(outcome));

    await failure(() => stack.run(() => raise(raised)));

    expect(told).toEqual([{ status: "error", error: raised }]);
  });

  it("2.2.5a a pushed exit may suppress the block's error", async () => {
    const stack = create();
    stack.push(() => true);

    const result = await stack.run(() => raise(new Error("raised")));

    expect(result).toBe(undefined);
  });

  it("2.2.5b a pushed manager is exited, although it was not entered here", async () => {
    const log: string[] = [];
    const stack = create();
    stack.push({
      [enter]: () => void log.push("entered"),
      [exit]: ({ status }) => void log.push(`exited: ${status}`),
    });

    await stack.close();

    expect(log).toEqual(["exited: ok"]);
  });

  it("2.2.5c push() gives its argument back", () => {
    const manager = { [enter]: () => 1, [exit]: () => false };

    expect(create().push(manager)).toBe(manager);
  });

  it("2.2.6 a callback gets its arguments and nothing else", async () => {
    const calls: unknown[][] = [];
    const stack = create();
    stack.callback((...args: unknown[]) => calls.push(args), "a", 2);
    stack.callback((...args: unknown[]) => calls.push(args));

    await stack.close();

    expect(calls).toEqual([[], ["a", 2]]);
  });

  it("2.2.6a a callback cannot suppress an error, although it returns true", async () => {
    const raised = new Error("raised");
    const stack = create();
    stack.callback(() => true);

    const { error } = await failure(() => stack.run(() => raise(raised)));

    expect(error).toBe(raised);
  });

  it("2.2.6b callback() gives the function back", () => {
    const callback = (): boolean => true;

    expect(create().callback(callback)).toBe(callback);
  });

  it("2.2.7 an exit that answers true to success changes nothing, and the stack's own exit answers false", async () => {
    const stack = create();
    stack.push(() => true);

    const answer = await stack.exit({ status: "ok" });

    expect(answer).toBe(false);
  });

  it("2.2.8 once an exit has suppressed the error, the exits outside it are told of success", async () => {
    const told: Outcome[] = [];
    const stack = create();
    stack.push((outcome) => void told.push(outcome));
    stack.push(() => true);

    await stack.run(() => raise(new Error("raised")));

    expect(told).toEqual([{ status: "ok" }]);
  });

  it("2.2.17 popAll() moves all entries to a new stack: leaving the old one runs nothing", async () => {
    const log: string[] = [];
    const stack = create();
    await stack.run(() => {
      stack.callback(() => log.push("closed"));
      stack.popAll();
    });

    expect(log).toEqual([]);
  });

  it("2.2.17a the stack that popAll() gives runs the entries in their order", async () => {
    const log: number[] = [];
    const stack = create();
    stack.callback(() => log.push(1));
    stack.callback(() => log.push(2));

    await stack.popAll().close();

    expect(log).toEqual([2, 1]);
  });

  it("2.2.17b the stack that popAll() has emptied is still usable", async () => {
    const log: string[] = [];
    const stack = create();
    stack.callback(() => log.push("moved"));
    stack.popAll();
    stack.callback(() => log.push("kept"));

    await stack.close();

    expect(log).toEqual(["kept"]);
  });

  it("2.2.18 closing the stack tells its exits of success", async () => {
    const told: Outcome[] = [];
    const stack = create();
    stack.push((outcome) => void told.push(outcome));

    await stack.close();

    expect(told).toEqual([{ status: "ok" }]);
  });

  it("2.2.18a closing the stack again runs nothing again, and what was registered in between", async () => {
    const log: string[] = [];
    const stack = create();
    stack.callback(() => log.push("first"));
    await stack.close();
    stack.callback(() => log.push("second"));

    await stack.close();
    await stack.close();

    expect(log).toEqual(["first", "second"]);
  });

  it("2.2.19 what a running exit registers runs next, before older entries", async () => {
    const log: string[] = [];
    const stack = create();
    stack.callback(() => log.push("older"));
    stack.callback(() => {
      log.push("running");
      stack.callback(() => log.push("registered"));
    });

    await stack.close();

    expect(log).toEqual(["running", "registered", "older"]);
  });

  it("2.2.20 ten thousand callbacks run without exhausting the call stack", async () => {
    let count = 0;
    const stack = create();
    for (let index = 0; index < 10_000; index++) {
      stack.callback(() => (count += 1));
    }

    await stack.close();

    expect(count).toBe(10_000);
  });

  it("2.2.21 a stack can be entered again after it was left, and starts empty", async () => {
    const log: string[] = [];
    const stack = create();
    await stack.run(() => stack.callback(() => log.push("first")));

    await stack.run(() => stack.callback(() => log.push("second")));

    expect(log).toEqual(["first", "second"]);
  });

  it("2.2.22 the exit of a manager is read when it is registered: one that is replaced later is not called (differs)", async () => {
    const log: string[] = [];
    const manager = {
      [enter]: () => undefined,
      [exit]: () => void log.push("original"),
    };
    const stack = create();
    await stack.enter(manager);
    stack.push(manager);
    manager[exit] = () => void log.push("replacement");

    await stack.close();

    expect(log).toEqual(["original", "original"]);
  });

  it("2.2.23 all entries run, each once, whatever the others throw", async () => {
    const log: number[] = [];
    const stack = create();
    for (const number of [1, 2, 3]) {
      stack.callback(() => {
        log.push(number);
        raise(new Error(`raised by ${number}`));
      });
    }

    await failure(stack.close);
    await stack.close();

    expect(log).toEqual([3, 2, 1]);
  });

  it("2.2.24 the block's value is the result when nothing was thrown", async () => {
    const stack = create();
    stack.push(() => true);

    const result = await stack.run(() => "result");

    expect(result).toBe("result");
  });

  it("2.2.24a there is no result when the block's error was suppressed", async () => {
    const stack = create();
    stack.push(() => true);

    const result = await stack.run(() => raise("raised"));

    expect(result).toBe(undefined);
  });

  it("2.2.25 a cancellation takes the same path as any error", async () => {
    const cancelled = new CancelledError("Stopped");
    const told: Outcome[] = [];
    const stack = create();
    stack.push((outcome) => void told.push(outcome));

    const { error } = await failure(() => stack.run(() => raise(cancelled)));

    expect([error, told.map(errorOf)]).toEqual([
      cancelled,
      [{ error: cancelled }],
    ]);
  });
});
