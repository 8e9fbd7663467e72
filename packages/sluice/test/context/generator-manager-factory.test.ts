import { describe, expect, it } from "vitest";
import {
  acquire,
  asyncContextManager,
  AsyncExitStack,
  asyncWith,
  CancelledError,
  contextManager,
  syncWith,
} from "sluice";
import { failure, raise } from "./failure.ts";
import { nextTurn } from "./unhandled.ts";

/** A manager that notes when it is entered and left. */
const logged = asyncContextManager(async function* (log: string[]) {
  log.push("entered");
  try {
    yield;
  } finally {
    log.push(await Promise.resolve("left"));
  }
});

describe("a manager of an async generator", () => {
  it("2.1.21 closing a generator leaves the managers that it has entered: its `finally` exits them (differs)", async () => {
    const log: string[] = [];
    async function* numbers() {
      const stack = new AsyncExitStack();
      try {
        await stack.enter(logged(log));
        yield 1;
      } finally {
        await stack.aclose();
      }
    }
    const generator = numbers();
    await generator.next();

    await generator.return(undefined);

    expect(log).toEqual(["entered", "left"]);
  });

  it("2.1.21a closing a generator leaves the managers that it has acquired under `await using` (differs)", async () => {
    const log: string[] = [];
    async function* numbers() {
      await using _held = await acquire(logged(log));
      yield 1;
    }
    const generator = numbers();
    await generator.next();

    await generator.return(undefined);

    expect(log).toEqual(["entered", "left"]);
  });

  it("2.1.22a the generator may wait while it cleans up after a cancellation", async () => {
    const log: string[] = [];

    await failure(() =>
      asyncWith(logged(log), () => raise(new CancelledError("Stopped"))),
    );

    expect(log).toEqual(["entered", "left"]);
  });

  it("2.1.29 the block's caller waits for a generator that waits after its yield", async () => {
    const log: string[] = [];

    await asyncWith(logged(log), () => log.push("block"));

    expect(log).toEqual(["entered", "block", "left"]);
  });

  it("2.1.29a two managers of one factory do not mix when their blocks run at once", async () => {
    const logs: [string[], string[]] = [[], []];

    await Promise.all(
      logs.map((log, index) =>
        asyncWith(logged(log), async () => {
          await nextTurn();
          log.push(`block ${index}`);
        }),
      ),
    );

    expect(logs).toEqual([
      ["entered", "block 0", "left"],
      ["entered", "block 1", "left"],
    ]);
  });
});

describe("asyncContextManager() and contextManager()", () => {
  it("2.1.26 a manager does not keep the arguments of its factory alive", async () => {
    const open = asyncContextManager(async function* (
      argument: object | undefined,
    ) {
      const reference = new WeakRef(argument ?? {});
      // eslint-disable-next-line no-useless-assignment -- lets go of it
      argument = undefined;
      yield reference;
    });

    const kept = await asyncWith(open({}), async (reference) => {
      await nextTurn();
      gc?.();
      return reference.deref();
    });

    expect(kept).toBe(undefined);
  });

  it("2.1.27 the factory has the name and the own properties of the generator function", () => {
    async function* connect() {
      yield;
    }
    connect.purpose = "connections";

    const factory = asyncContextManager(connect);

    expect([factory.name, Object.entries(factory)]).toEqual([
      "connect",
      [["purpose", "connections"]],
    ]);
  });

  it("2.1.27a the factory of contextManager() has them too", () => {
    function* connect() {
      yield;
    }
    connect.purpose = "connections";

    const factory = contextManager(connect);

    expect([factory.name, Object.entries(factory)]).toEqual([
      "connect",
      [["purpose", "connections"]],
    ]);
  });

  it("2.1.28 contextManager() keeps the same rules, and its managers serve sync and async blocks", async () => {
    const log: string[] = [];
    const open = contextManager(function* (name: string) {
      log.push(`enter ${name}`);
      yield;
      log.push(`leave ${name}`);
    });

    syncWith(open("sync"), () => log.push("block"));
    await asyncWith(open("async"), async () => log.push("block"));

    expect(log).toEqual([
      "enter sync",
      "block",
      "leave sync",
      "enter async",
      "block",
      "leave async",
    ]);
  });

  it("the factory gives its `this` to the generator function", async () => {
    class Server {
      readonly port = 80;
      readonly listen = asyncContextManager(async function* (this: Server) {
        yield this.port;
      });
    }

    const port = await asyncWith(new Server().listen(), (port) => port);

    expect(port).toBe(80);
  });

  it("the factory of contextManager() gives its `this` too", () => {
    class Server {
      readonly port = 80;
      readonly listen = contextManager(function* (this: Server) {
        yield this.port;
      });
    }

    const port = syncWith(new Server().listen(), (port) => port);

    expect(port).toBe(80);
  });
});
