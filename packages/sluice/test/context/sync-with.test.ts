import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  enter,
  errorContext,
  exit,
  syncWith,
  type Outcome,
} from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { unhandledAfter } from "./unhandled.ts";

/** A sync manager that notes what is done with it; exit answers as told. */
function createManager(answer: unknown = false) {
  const log: string[] = [];
  const told: Outcome[] = [];
  const manager = {
    [enter]() {
      log.push("enter");
      return "value";
    },
    [exit](outcome: Outcome) {
      log.push("exit");
      told.push(outcome);
      return answer as boolean;
    },
  };
  return { log, told, manager };
}

describe("syncWith()", () => {
  it("2.1.25b any true answer of exit suppresses the error of a sync block", () => {
    const answers = [true, 1, "yes", {}, [], Symbol("yes"), 1n];

    const results = answers.map((answer) =>
      syncWith(createManager(answer).manager, () => raise("raised")),
    );

    expect(results).toEqual(answers.map(() => undefined));
  });

  it("enters, runs the block with what enter gave, and exits", () => {
    const { log, manager } = createManager();

    syncWith(manager, (value) => log.push(value));

    expect(log).toEqual(["enter", "value", "exit"]);
  });

  it("gives what the block returns", () => {
    expect(syncWith(createManager().manager, () => "result")).toBe("result");
  });

  it("tells exit of success", () => {
    const { told, manager } = createManager();

    syncWith(manager, () => "result");

    expect(told).toEqual([{ status: "ok" }]);
  });

  it("tells exit of the block's error, and throws it", async () => {
    const raised = new Error("raised");
    const { told, manager } = createManager();

    const { error } = await failure(() =>
      syncWith(manager, () => raise(raised)),
    );

    expect([error, told.map(errorOf)]).toEqual([raised, [{ error: raised }]]);
  });

  it("throws what exit throws in place of the block's error, which is its context", async () => {
    const [raised, failed] = [new Error("raised"), new Error("exit failed")];
    const manager = {
      [enter]: () => undefined,
      [exit]: () => void raise(failed),
    };

    const { error } = await failure(() =>
      syncWith(manager, () => raise(raised)),
    );

    expect([error, errorContext(error)]).toEqual([failed, raised]);
  });

  it('throws a SuppressedError of both with errors: "suppressed"', async () => {
    const [raised, failed] = [new Error("raised"), new Error("exit failed")];
    const manager = {
      [enter]: () => undefined,
      [exit]: () => void raise(failed),
    };

    const { error } = await failure(() =>
      syncWith(manager, () => raise(raised), { errors: "suppressed" }),
    );

    expect(error).toMatchObject({
      name: "SuppressedError",
      error: failed,
      suppressed: raised,
    });
  });

  it("does not run the block, nor exit, if enter fails", async () => {
    const log: string[] = [];
    const refused = new Error("refused");
    const manager = {
      [enter]: () => raise(refused),
      [exit]: () => void log.push("exit"),
    };

    const { error } = await failure(() =>
      syncWith(manager, () => log.push("block")),
    );

    expect([error, log]).toEqual([refused, []]);
  });

  it("takes a disposable, which is its own value", () => {
    const log: unknown[] = [];
    const disposable = {
      [Symbol.dispose](...args: unknown[]) {
        log.push(this, ...args);
      },
    };

    const value = syncWith(disposable, (value) => value);

    expect([value, ...log]).toEqual([disposable, disposable]);
  });

  it("lets a dispose method suppress nothing, whatever it gives", async () => {
    const disposable = { [Symbol.dispose]: () => true as unknown as undefined };

    const { error } = await failure(() =>
      syncWith(disposable, () => raise("raised")),
    );

    expect(error).toBe("raised");
  });

  it("enters the sync session of a manager that has both", () => {
    const manager = {
      ...createManager().manager,
      [asyncEnter]: async () => "async",
      [asyncExit]: async () => false,
    };

    expect(syncWith(manager, (value) => value)).toBe("value");
  });
});

describe("syncWith(): wrong use", () => {
  it("refuses an async manager", () => {
    const manager = {
      [asyncEnter]: async () => undefined,
      [asyncExit]: async () => false,
    };

    // @ts-expect-error -- wrong on purpose
    expect(() => syncWith(manager, () => "result")).toThrow(
      new TypeError(
        "Cannot enter the object: it is not a sync context manager",
      ),
    );
  });

  it("refuses an async disposable", () => {
    const disposable = { [Symbol.asyncDispose]: async () => undefined };

    // @ts-expect-error -- wrong on purpose
    expect(() => syncWith(disposable, () => "result")).toThrow(TypeError);
  });

  it("refuses nothing at all", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => syncWith(undefined, () => "result")).toThrow(TypeError);
  });

  it("does not enter half a manager", async () => {
    const log: string[] = [];
    const half = { [enter]: () => log.push("enter") };

    // @ts-expect-error -- wrong on purpose
    const { error } = await failure(() => syncWith(half, () => "result"));

    expect([error, log]).toEqual([expect.any(TypeError), []]);
  });

  it("refuses a block that returns a promise", () => {
    const { manager } = createManager();

    expect(() => syncWith(manager, async () => "result")).toThrow(
      new TypeError(
        "Cannot return a promise from a sync block: use asyncWith()",
      ),
    );
  });

  it("tells exit of a refused promise as of an error of the block", async () => {
    const { told, manager } = createManager();

    const { error } = await failure(() =>
      syncWith(manager, async () => "result"),
    );

    expect(told.map(errorOf)).toEqual([{ error }]);
  });

  it("leaves no unhandled rejection of a refused promise", async () => {
    const { manager } = createManager();

    const unhandled = await unhandledAfter(() =>
      failure(() => syncWith(manager, () => Promise.reject(new Error("late")))),
    );

    expect(unhandled).toEqual([]);
  });

  it("refuses an exit that returns a promise", () => {
    const { manager } = createManager(Promise.resolve(true));

    expect(() => syncWith(manager, () => "result")).toThrow(
      new TypeError(
        "Cannot return a promise from a sync exit: use asyncWith()",
      ),
    );
  });

  it("refuses an exit that returns a promise after an error, which is the context", async () => {
    const raised = new Error("raised");
    const { manager } = createManager(Promise.resolve(true));

    const { error } = await failure(() =>
      syncWith(manager, () => raise(raised)),
    );

    expect(error).toBeInstanceOf(TypeError);
    expect(errorContext(error)).toBe(raised);
  });

  it("takes a throwing `then` of the block's result for an error of the block", async () => {
    const { told, manager } = createManager();
    const barbed = {
      get then() {
        return raise(new Error("barbed"));
      },
    };

    const { error } = await failure(() => syncWith(manager, () => barbed));

    expect(told.map(errorOf)).toEqual([{ error }]);
  });
});
