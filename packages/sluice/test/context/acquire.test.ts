import { describe, expect, it } from "vitest";
import {
  acquire,
  asyncContextManager,
  asyncEnter,
  asyncExit,
  enter,
  exit,
  requiresOutcome,
  type Outcome,
} from "sluice";
import { failure, raise } from "./failure.ts";

/** An async manager that notes what is done with it; exit answers as told. */
function createManager(answer = false) {
  const log: string[] = [];
  const manager = {
    async [asyncEnter]() {
      log.push("enter");
      return "value";
    },
    async [asyncExit]({ status }: Outcome) {
      log.push(`exit: ${status}`);
      return answer;
    },
  };
  return { log, manager };
}

describe("acquire()", () => {
  it("enters the manager and waits for its value", async () => {
    const { value } = await acquire(createManager().manager);

    expect(value).toBe("value");
  });

  it("exits the manager when the handle is disposed of: nobody knows how the block ended", async () => {
    const { log, manager } = createManager();
    const held = await acquire(manager);

    await held[Symbol.asyncDispose]();

    expect(log).toEqual(["enter", "exit: unknown"]);
  });

  it("exits the manager once, however often the handle is disposed of", async () => {
    const { log, manager } = createManager();
    const held = await acquire(manager);

    await held[Symbol.asyncDispose]();
    await held[Symbol.asyncDispose]();

    expect(log).toEqual(["enter", "exit: unknown"]);
  });

  it("rejects with what enter throws", async () => {
    const refused = new Error("refused");
    const manager = {
      [asyncEnter]: () => Promise.reject(refused),
      [asyncExit]: () => false,
    };

    const { error } = await failure(() => acquire(manager));

    expect(error).toBe(refused);
  });

  it("takes a sync manager", async () => {
    const log: string[] = [];
    const held = await acquire({
      [enter]: () => log.push("enter"),
      [exit]: ({ status }: Outcome) => void log.push(`exit: ${status}`),
    });

    await held[Symbol.asyncDispose]();

    expect(log).toEqual(["enter", "exit: unknown"]);
  });

  it("takes a disposable, which is its own value", async () => {
    const disposable = { [Symbol.dispose]: () => undefined };

    const { value } = await acquire(disposable);

    expect(value).toBe(disposable);
  });

  it("lets the generator of a manager go on as after success", async () => {
    const log: string[] = [];
    const open = asyncContextManager(async function* () {
      yield;
      log.push("went on");
    });
    const held = await acquire(open());

    await held[Symbol.asyncDispose]();

    expect(log).toEqual(["went on"]);
  });

  it("gives a handle whose method needs no receiver", async () => {
    const { log, manager } = createManager();
    const { [Symbol.asyncDispose]: dispose } = await acquire(manager);

    await dispose();

    expect(log).toEqual(["enter", "exit: unknown"]);
  });

  it("refuses what is neither a manager nor a disposable", async () => {
    // @ts-expect-error -- wrong on purpose
    const { error } = await failure(() => acquire({}));

    expect(error).toBeInstanceOf(TypeError);
  });

  it("refuses nothing at all", async () => {
    // @ts-expect-error -- wrong on purpose
    const { error } = await failure(() => acquire(undefined));

    expect(error).toBeInstanceOf(TypeError);
  });

  it("refuses half a manager before it is entered", async () => {
    const log: string[] = [];

    const { error } = await failure(() =>
      // @ts-expect-error -- wrong on purpose
      acquire({ [asyncEnter]: () => log.push("enter") }),
    );

    expect([error, log]).toEqual([expect.any(TypeError), []]);
  });
});

describe("acquire(): strict managers", () => {
  it("refuses one made of a generator, before it is entered", async () => {
    const log: string[] = [];
    const transaction = asyncContextManager(
      async function* () {
        log.push("begin");
        yield;
      },
      { strict: true },
    );

    const { error } = await failure(() => acquire(transaction()));

    expect(error).toEqual(
      new TypeError("Cannot use a strict manager here: use asyncWith()"),
    );
    expect(log).toEqual([]);
  });

  it("refuses one that says so by [requiresOutcome], before it is entered", async () => {
    const log: string[] = [];
    class Transaction {
      readonly [requiresOutcome] = true;
      [asyncEnter]() {
        log.push("begin");
      }
      [asyncExit]() {
        return false;
      }
    }

    const { error } = await failure(() => acquire(new Transaction()));

    expect([error, log]).toEqual([expect.any(TypeError), []]);
  });

  it("takes one that says by [requiresOutcome] that it is not strict", async () => {
    const manager = { ...createManager().manager, [requiresOutcome]: false };

    const { value } = await acquire(manager);

    expect(value).toBe("value");
  });
});

describe("acquire(): under `await using`", () => {
  it("exits when the block is left", async () => {
    const { log, manager } = createManager();

    {
      await using held = await acquire(manager);
      log.push(`block: ${held.value}`);
    }

    expect(log).toEqual(["enter", "block: value", "exit: unknown"]);
  });

  it("cannot suppress the block's error, although exit answers true", async () => {
    const raised = new Error("raised");
    const { manager } = createManager(true);

    const { error } = await failure(async () => {
      await using _held = await acquire(manager);
      raise(raised);
    });

    expect(error).toBe(raised);
  });

  it("nests what exit throws and the block's error in a SuppressedError", async () => {
    const [raised, failed] = [new Error("raised"), new Error("exit failed")];
    const manager = {
      [asyncEnter]: () => undefined,
      [asyncExit]: () => Promise.reject(failed),
    };

    const { error } = await failure(async () => {
      await using _held = await acquire(manager);
      raise(raised);
    });

    expect(error).toMatchObject({
      name: "SuppressedError",
      error: failed,
      suppressed: raised,
    });
  });

  it("exits several in reverse order", async () => {
    const log: string[] = [];
    const open = asyncContextManager(async function* (name: string) {
      yield;
      log.push(name);
    });

    {
      await using _first = await acquire(open("first"));
      await using _second = await acquire(open("second"));
    }

    expect(log).toEqual(["second", "first"]);
  });

  it("exits what was acquired when the next enter fails", async () => {
    const refused = new Error("refused");
    const { log, manager } = createManager();

    const { error } = await failure(async () => {
      await using _first = await acquire(manager);
      await using _second = await acquire({
        [asyncEnter]: () => Promise.reject(refused),
        [asyncExit]: () => false,
      });
    });

    expect([error, log]).toEqual([refused, ["enter", "exit: unknown"]]);
  });

  it("keeps the program's own lowering of `await using`: its errors nest across both", async () => {
    const { error } = await failure(async () => {
      await using held = await acquire({
        [asyncEnter]: () => undefined,
        [asyncExit]: () => Promise.reject(new Error("outer")),
      });
      await using _inner = {
        async [Symbol.asyncDispose]() {
          raise(new Error("inner"));
        },
      };
      raise(new Error(`block: ${String(held.value)}`));
    });

    expect(error).toMatchObject({
      error: { message: "outer" },
      suppressed: {
        error: { message: "inner" },
        suppressed: { message: "block: undefined" },
      },
    });
  });
});
