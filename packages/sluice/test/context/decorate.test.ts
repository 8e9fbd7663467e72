import { describe, expect, it } from "vitest";
import {
  asyncContextManager,
  asyncEnter,
  asyncExit,
  contextManager,
  decorate,
  enter,
  exit,
  nullContext,
  suppress,
  type Outcome,
} from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { nextTurn } from "./unhandled.ts";

/** Factories of managers that note when they are entered and left. */
function createLogged() {
  const log: string[] = [];
  const logged = contextManager(function* () {
    log.push("enter");
    try {
      yield;
    } finally {
      log.push("leave");
    }
  });
  const loggedAsync = asyncContextManager(async function* () {
    log.push("enter");
    try {
      yield;
    } finally {
      log.push("leave");
    }
  });
  return { log, logged, loggedAsync };
}

describe("decorate()", () => {
  it("2.3.1 each call of a decorated async function enters, waits for the function, and exits", async () => {
    const { log, loggedAsync } = createLogged();
    const work = decorate(loggedAsync, async () => {
      await nextTurn();
      log.push("work");
    });

    await work();
    await work();

    expect(log).toEqual(["enter", "work", "leave", "enter", "work", "leave"]);
  });

  it("2.3.1a decorating a function enters nothing", () => {
    const { log, loggedAsync } = createLogged();

    decorate(loggedAsync, async () => undefined);

    expect(log).toEqual([]);
  });

  it("2.3.2 each call has a manager of its own, so a function may call itself: ten deep", async () => {
    const { log, loggedAsync } = createLogged();
    const descend = decorate(
      loggedAsync,
      async (depth: number): Promise<void> => {
        if (depth > 1) await descend(depth - 1);
      },
    );

    await descend(10);

    expect(log).toEqual([
      ...Array<string>(10).fill("enter"),
      ...Array<string>(10).fill("leave"),
    ]);
  });

  it("2.3.2a a function may be called again while it runs", async () => {
    const { log, loggedAsync } = createLogged();
    const work = decorate(loggedAsync, nextTurn);

    await Promise.all([work(), work()]);

    expect(log).toEqual(["enter", "enter", "leave", "leave"]);
  });

  it("2.3.3 a factory that always gives the same object enters it again at each call: reuse is its class's business (differs)", () => {
    const log: string[] = [];
    const manager = {
      [enter]: () => log.push("enter"),
      [exit]: () => void log.push("leave"),
    };
    const work = decorate(
      () => manager,
      () => undefined,
    );

    work();
    work();

    expect(log).toEqual(["enter", "leave", "enter", "leave"]);
  });

  it("2.3.4 the arguments and the result pass through", async () => {
    const add = decorate(
      () => nullContext(),
      async (a: number, b: { readonly by: number }) => a + b.by,
    );

    expect(await add(1, { by: 2 })).toBe(3);
  });

  it("2.3.4a the name, the length and the own properties are kept", () => {
    function load(_name: string): string {
      return "loaded";
    }
    load.purpose = "loading";

    const decorated = decorate(() => nullContext(), load);

    expect([
      decorated.name,
      decorated.length,
      Object.entries(decorated),
    ]).toEqual(["load", 1, [["purpose", "loading"]]]);
  });

  it("2.3.5 an error of the function goes to exit", async () => {
    const told: Outcome[] = [];
    const work = decorate(
      () => ({
        [asyncEnter]: () => undefined,
        [asyncExit]: async (outcome: Outcome) => void told.push(outcome),
      }),
      () => Promise.reject(new Error("raised")),
    );

    await failure(work);

    expect(told).toEqual([{ status: "error", error: new Error("raised") }]);
  });

  it("2.3.5a a call whose error is suppressed gives undefined", async () => {
    const work = decorate(
      () => suppress(Error),
      (): Promise<string> => Promise.reject(new Error("raised")),
    );

    expect(await work()).toBe(undefined);
  });

  it("2.3.5b a sync call whose error is suppressed gives undefined", () => {
    const work = decorate(
      () => suppress(Error),
      () => raise(new Error("raised")),
    );

    expect(work()).toBe(undefined);
  });

  it("2.3.6 a function whose manager fails to enter is not called", async () => {
    const log: string[] = [];
    const work = decorate(
      () => ({
        [asyncEnter]: () => Promise.reject(new Error("refused")),
        [asyncExit]: () => false,
      }),
      () => log.push("called"),
    );

    await failure(work);

    expect(log).toEqual([]);
  });

  it("2.3.7 a sync manager around an async function is left when the function has ended, not before (differs)", async () => {
    const { log, logged } = createLogged();
    const work = decorate(logged, async () => {
      await nextTurn();
      log.push("work");
    });

    await work();

    expect(log).toEqual(["enter", "work", "leave"]);
  });

  it("2.3.7a a sync manager hears of the error of an async function, and may suppress it (differs)", async () => {
    const work = decorate(
      () => suppress(RangeError),
      async () => {
        await nextTurn();
        raise(new RangeError("raised"));
      },
    );

    expect(await work()).toBe(undefined);
  });

  it("2.3.8 a decorated method is called with its receiver, whichever it is", async () => {
    class Server {
      readonly host: string;
      constructor(host: string) {
        this.host = host;
      }
      readonly greet = decorate(
        () => nullContext(),
        async function (this: Server, name: string) {
          return `${name} from ${this.host}`;
        },
      );
    }
    const [here, there] = [new Server("here"), new Server("there")];

    const greetings = [
      await here.greet("a"),
      await there.greet("b"),
      await here.greet.call(there, "c"),
    ];

    expect(greetings).toEqual(["a from here", "b from there", "c from there"]);
  });

  it("2.3.8a without a function it gives a decorator of methods", async () => {
    const { log, loggedAsync } = createLogged();
    const decorator = decorate(loggedAsync);
    class Server {
      readonly host = "here";
      readonly greet = decorator(async function (this: Server) {
        log.push(this.host);
      });
    }

    await new Server().greet();

    expect(log).toEqual(["enter", "here", "leave"]);
  });

  it("keeps a sync function sync, if its manager has a sync session", () => {
    const { log, logged } = createLogged();
    const work = decorate(logged, () => log.push("work"));

    const result = work();

    expect([result, log]).toEqual([2, ["enter", "work", "leave"]]);
  });

  it("makes a sync function async, if its manager is only async", async () => {
    const { loggedAsync } = createLogged();
    const work = decorate(loggedAsync, () => "result");

    const result = work();

    expect(result).toBeInstanceOf(Promise);
    expect(await result).toBe("result");
  });

  it("exits a sync manager once when an async function fails at once", async () => {
    const { log, logged } = createLogged();
    const work = decorate(logged, () => Promise.reject(new Error("raised")));

    await failure(work);

    expect(log).toEqual(["enter", "leave"]);
  });

  it("waits for a thenable that is no promise", async () => {
    const { log, logged } = createLogged();
    const work = decorate(logged, () => ({
      then(resolve: (value: string) => void) {
        log.push("work");
        resolve("result");
      },
    }));

    // @ts-expect-error -- less than a PromiseLike
    const result: string = await work();

    expect([result, log]).toEqual(["result", ["enter", "work", "leave"]]);
  });

  it("throws what exit throws in place of the function's error, as its context", async () => {
    const raised = new Error("raised");
    const told: Outcome[] = [];
    const work = decorate(
      () => ({
        [enter]: () => undefined,
        [exit](outcome: Outcome) {
          told.push(outcome);
          raise(new Error("exit failed"));
        },
      }),
      () => raise(raised),
    );

    const { error } = await failure(work);

    expect(error).toMatchObject({ message: "exit failed", cause: raised });
    expect(told.map(errorOf)).toEqual([{ error: raised }]);
  });
});
