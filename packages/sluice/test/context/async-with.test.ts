import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  enter,
  errorContext,
  exit,
  type Outcome,
} from "sluice";
import { failure, raise } from "./failure.ts";
import { nextTurn } from "./unhandled.ts";

/** An async manager that notes what is done with it; exit answers as told. */
function createManager(answer: unknown = false) {
  const log: string[] = [];
  const manager = {
    async [asyncEnter]() {
      log.push("enter");
      await nextTurn();
      return "value";
    },
    async [asyncExit]({ status }: Outcome) {
      await nextTurn();
      log.push(`exit: ${status}`);
      return answer as boolean;
    },
  };
  return { log, manager };
}

describe("asyncWith()", () => {
  it("2.1.25 any true answer of exit suppresses the block's error", async () => {
    const answers = [true, 1, "yes", {}, [], Symbol("yes"), 1n];

    const results = await Promise.all(
      answers.map((answer) =>
        asyncWith(createManager(answer).manager, () => raise("raised")),
      ),
    );

    expect(results).toEqual(answers.map(() => undefined));
  });

  it("2.1.25a any other answer of exit lets the block's error pass", async () => {
    const answers = [false, 0, "", null, undefined, NaN, 0n];

    const failures = await Promise.all(
      answers.map((answer) =>
        failure(() =>
          asyncWith(createManager(answer).manager, () => raise("raised")),
        ),
      ),
    );

    expect(failures).toEqual(answers.map(() => ({ error: "raised" })));
  });

  it("enters and waits, runs the block and waits, exits and waits", async () => {
    const { log, manager } = createManager();

    await asyncWith(manager, async (value) => {
      await nextTurn();
      log.push(`block: ${value}`);
    });

    expect(log).toEqual(["enter", "block: value", "exit: ok"]);
  });

  it("gives what the block returns", async () => {
    const result = await asyncWith(createManager().manager, () => "result");

    expect(result).toBe("result");
  });

  it("waits for a block that returns a thenable", async () => {
    const { manager } = createManager();
    const thenable: PromiseLike<string> = {
      then: (resolve) => Promise.resolve("result").then(resolve),
    };

    const result = await asyncWith(manager, () => thenable);

    expect(result).toBe("result");
  });

  it("takes a throwing `then` of the block's result for an error of the block", async () => {
    const { log, manager } = createManager();
    const barbed = {
      get then() {
        return raise(new Error("barbed"));
      },
    };

    const { error } = await failure(() => asyncWith(manager, () => barbed));

    expect(error).toEqual(new Error("barbed"));
    expect(log).toEqual(["enter", "exit: error"]);
  });

  it("does not run the block, nor exit, if enter fails", async () => {
    const log: string[] = [];
    const refused = new Error("refused");
    const manager = {
      [asyncEnter]: () => Promise.reject(refused),
      [asyncExit]: () => void log.push("exit"),
    };

    const { error } = await failure(() =>
      asyncWith(manager, () => log.push("block")),
    );

    expect([error, log]).toEqual([refused, []]);
  });

  it("throws what exit throws after success", async () => {
    const failed = new Error("exit failed");
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => Promise.reject(failed),
    };

    const { error } = await failure(() => asyncWith(manager, () => "result"));

    expect(error).toBe(failed);
  });

  it("throws what exit throws in place of the block's error, which is its context", async () => {
    const [raised, failed] = [new Error("raised"), new Error("exit failed")];
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => Promise.reject(failed),
    };

    const { error } = await failure(() =>
      asyncWith(manager, () => raise(raised)),
    );

    expect([error, errorContext(error)]).toEqual([failed, raised]);
  });

  it("throws any misuse as a rejection, never at once", async () => {
    // @ts-expect-error -- wrong on purpose
    const result = asyncWith(undefined, () => "result");

    expect(await failure(() => result)).toMatchObject({
      error: { name: "TypeError" },
    });
  });

  it("does not wait for a sync manager", () => {
    const log: string[] = [];
    const manager = {
      [enter]: () => log.push("enter"),
      [exit]: () => void log.push("exit"),
    };

    const result = asyncWith(manager, () => log.push("block"));

    expect(result).toBeInstanceOf(Promise);
    expect(log).toEqual(["enter", "block", "exit"]);
  });

  it("reads enter and exit before it enters: one replaced in the block is not called", async () => {
    const log: string[] = [];
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => void log.push("original"),
    };

    await asyncWith(manager, () => {
      manager[asyncExit] = () => void log.push("replacement");
    });

    expect(log).toEqual(["original"]);
  });

  it("does not enter half a manager", async () => {
    const log: string[] = [];
    const half = { [asyncEnter]: () => log.push("enter") };

    // @ts-expect-error -- wrong on purpose
    const { error } = await failure(() => asyncWith(half, () => "result"));

    expect([error, log]).toEqual([expect.any(TypeError), []]);
  });

  it("tells what it refuses: an object", async () => {
    // @ts-expect-error -- wrong on purpose
    await expect(asyncWith({}, () => "result")).rejects.toThrow(
      new TypeError("Cannot enter the object: it is not a context manager"),
    );
  });

  it("tells what it refuses: a factory that was not called", async () => {
    function connect(): undefined {
      return undefined;
    }

    // @ts-expect-error -- wrong on purpose
    await expect(asyncWith(connect, () => "result")).rejects.toThrow(
      new TypeError("Cannot enter 'connect': it is not a context manager"),
    );
  });

  it("tells what it refuses: a string", async () => {
    // @ts-expect-error -- wrong on purpose
    await expect(asyncWith("file", () => "result")).rejects.toThrow(
      new TypeError('Cannot enter "file": it is not a context manager'),
    );
  });
});

describe("asyncWith(): thenables that are no promises", () => {
  it("waits for the one that enter gives", async () => {
    const manager = {
      [asyncEnter]: () => resolveLater("value"),
      [asyncExit]: () => false,
    };

    expect(await asyncWith(manager, (value) => value)).toBe("value");
  });

  it("waits for the one that exit gives after success", async () => {
    const log: string[] = [];
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => resolveLater(false, () => log.push("exited")),
    };

    await asyncWith(manager, () => "result");

    expect(log).toEqual(["exited"]);
  });

  it("waits for the one that exit gives after an error, and throws the error", async () => {
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => resolveLater(false),
    };

    const { error } = await failure(() =>
      asyncWith(manager, () => raise("raised")),
    );

    expect(error).toBe("raised");
  });

  it("takes its true answer for suppression", async () => {
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => resolveLater(true),
    };

    const result = await asyncWith(manager, () => raise("raised"));

    expect(result).toBe(undefined);
  });
});

/** The least that is a promise: its `then` gives nothing back. */
function resolveLater<T>(value: T, before?: () => unknown): PromiseLike<T> {
  const thenable = {
    then(resolve: (value: T) => void): void {
      setImmediate(() => {
        before?.();
        resolve(value);
      });
    },
  };
  return thenable as unknown as PromiseLike<T>;
}
