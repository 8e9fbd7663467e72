import { describe, expectTypeOf, it } from "vitest";
import {
  aclosing,
  acquire,
  asyncContextManager,
  asyncEnter,
  asyncExit,
  asyncWith,
  closing,
  contextManager,
  enter,
  exit,
  Lock,
  nullContext,
  suppress,
  syncWith,
  type Acquired,
  type AsyncContextManager,
  type ContextManager,
  type DualContextManager,
  type Outcome,
} from "sluice";

declare const number: () => number;
declare const laterNumber: () => Promise<number>;

declare const file: Disposable & { readonly size: number };
declare const socket: AsyncDisposable & { readonly port: number };

class Passing {
  async [asyncEnter]() {
    return "entered";
  }
  async [asyncExit](_outcome: Outcome): Promise<void> {}
}

class Suppressing {
  async [asyncEnter]() {
    return "entered";
  }
  async [asyncExit](_outcome: Outcome): Promise<boolean> {
    return true;
  }
}

class NeverSuppressing {
  [asyncEnter]() {
    return "entered";
  }
  [asyncExit](_outcome: Outcome): false {
    return false;
  }
}

class SyncPassing {
  [enter]() {
    return "entered";
  }
  [exit](_outcome: Outcome): void {}
}

class SyncSuppressing {
  [enter]() {
    return "entered";
  }
  [exit](_outcome: Outcome): boolean {
    return true;
  }
}

class Dual {
  [enter]() {
    return "sync" as const;
  }
  [exit](_outcome: Outcome): void {}
  async [asyncEnter]() {
    return "async" as const;
  }
  async [asyncExit](_outcome: Outcome): Promise<void> {}
}

describe("what asyncWith() resolves to", () => {
  it("is the block's value, if exit answers with nothing", () => {
    expectTypeOf(asyncWith(new Passing(), number)).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(asyncWith(new SyncPassing(), number)).toEqualTypeOf<
      Promise<number>
    >();
  });

  it("is the block's value, if exit answers false", () => {
    expectTypeOf(asyncWith(new NeverSuppressing(), number)).toEqualTypeOf<
      Promise<number>
    >();
  });

  it("may be undefined, if exit may answer true", () => {
    expectTypeOf(asyncWith(new Suppressing(), number)).toEqualTypeOf<
      Promise<number | undefined>
    >();
    expectTypeOf(asyncWith(new SyncSuppressing(), number)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });

  it("may be undefined with suppress()", () => {
    expectTypeOf(asyncWith(suppress(Error), number)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });

  it("is the block's value with nullContext(), closing(), aclosing() and a lock", () => {
    expectTypeOf(asyncWith(nullContext(), number)).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(asyncWith(closing(file), number)).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(asyncWith(aclosing(socket), number)).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(asyncWith(new Lock(), number)).toEqualTypeOf<
      Promise<number>
    >();
  });

  it("is the block's value with a disposable", () => {
    expectTypeOf(asyncWith(file, number)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(asyncWith(socket, number)).toEqualTypeOf<Promise<number>>();
  });

  it("is what the block's promise resolves to", () => {
    expectTypeOf(asyncWith(new Passing(), laterNumber)).toEqualTypeOf<
      Promise<number>
    >();
  });

  it("is undefined for a block without a value", () => {
    expectTypeOf(asyncWith(new Passing(), async () => {})).toEqualTypeOf<
      Promise<void>
    >();
  });

  it("may be undefined, if one of the managers that it may be may suppress", () => {
    const manager = null as unknown as Passing | Suppressing;

    expectTypeOf(asyncWith(manager, number)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });
});

describe("what a block is given", () => {
  it("is what enter resolves to", async () => {
    await asyncWith(new Passing(), (value) => {
      expectTypeOf(value).toEqualTypeOf<string>();
    });
  });

  it("is the disposable itself", async () => {
    await asyncWith(file, (value) => {
      expectTypeOf(value).toEqualTypeOf<typeof file>();
    });
    await asyncWith(socket, (value) => {
      expectTypeOf(value).toEqualTypeOf<typeof socket>();
    });
  });

  it("is the async session's value of a manager that has both, in an async block", async () => {
    await asyncWith(new Dual(), (value) => {
      expectTypeOf(value).toEqualTypeOf<"async">();
    });
  });

  it("is the sync session's value of a manager that has both, in a sync block", () => {
    syncWith(new Dual(), (value) => {
      expectTypeOf(value).toEqualTypeOf<"sync">();
    });
  });

  it("is the thing that is closed", async () => {
    await asyncWith(aclosing(socket), (value) => {
      expectTypeOf(value).toEqualTypeOf<typeof socket>();
    });
    syncWith(closing(file), (value) => {
      expectTypeOf(value).toEqualTypeOf<typeof file>();
    });
  });

  it("is nothing with suppress() and with an empty nullContext()", async () => {
    await asyncWith(suppress(Error), (value) => {
      expectTypeOf(value).toBeVoid();
    });
    await asyncWith(nullContext(), (value) => {
      expectTypeOf(value).toEqualTypeOf<undefined>();
    });
  });

  it("is what nullContext() was made with", () => {
    syncWith(nullContext({ size: 1 }), (value) => {
      expectTypeOf(value).toEqualTypeOf<{ size: number }>();
    });
  });

  it("is what a promise in nullContext() resolves to, in an async block", async () => {
    await asyncWith(nullContext(laterNumber()), (value) => {
      expectTypeOf(value).toEqualTypeOf<number>();
    });
  });

  it("is inferred from the type of a manager", () => {
    const dual = null as unknown as DualContextManager<1, false, 2>;

    expectTypeOf(syncWith(dual, (value) => value)).toEqualTypeOf<1>();
    expectTypeOf(asyncWith(dual, (value) => value)).toEqualTypeOf<Promise<2>>();
  });
});

describe("what syncWith() returns", () => {
  it("is the block's value, if exit answers with nothing", () => {
    expectTypeOf(syncWith(new SyncPassing(), number)).toEqualTypeOf<number>();
    expectTypeOf(syncWith(file, number)).toEqualTypeOf<number>();
  });

  it("may be undefined, if exit may answer true", () => {
    expectTypeOf(syncWith(new SyncSuppressing(), number)).toEqualTypeOf<
      number | undefined
    >();
    expectTypeOf(syncWith(suppress(Error), number)).toEqualTypeOf<
      number | undefined
    >();
  });

  it("is refused for an async manager", () => {
    // @ts-expect-error -- it is only async
    syncWith(new Passing(), number);
    // @ts-expect-error -- it is only async
    syncWith(socket, number);
    // @ts-expect-error -- it is only async
    syncWith(new Lock(), number);
  });
});

describe("managers made of generators", () => {
  const open = asyncContextManager(async function* (name: string) {
    yield [name, 1];
  });
  const openSync = contextManager(function* (name: string) {
    yield [name, 1];
  });

  it("take what the generator function takes", () => {
    expectTypeOf(open).parameters.toEqualTypeOf<[name: string]>();
    expectTypeOf(openSync).parameters.toEqualTypeOf<[name: string]>();
  });

  it("give a tuple that is yielded as a tuple", async () => {
    await asyncWith(open("a"), ([name, count]) => {
      expectTypeOf(name).toEqualTypeOf<string>();
      expectTypeOf(count).toEqualTypeOf<1>();
    });
    syncWith(openSync("a"), ([name, count]) => {
      expectTypeOf(name).toEqualTypeOf<string>();
      expectTypeOf(count).toEqualTypeOf<1>();
    });
  });

  it("may suppress by default", () => {
    expectTypeOf(asyncWith(open("a"), number)).toEqualTypeOf<
      Promise<number | undefined>
    >();
    expectTypeOf(syncWith(openSync("a"), number)).toEqualTypeOf<
      number | undefined
    >();
  });

  it("suppress nothing with suppresses: false", () => {
    const passing = asyncContextManager(
      async function* () {
        yield 1;
      },
      { suppresses: false },
    );
    const passingSync = contextManager(
      function* () {
        yield 1;
      },
      { suppresses: false, strict: true },
    );

    expectTypeOf(asyncWith(passing(), number)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(syncWith(passingSync(), number)).toEqualTypeOf<number>();
  });

  it("may suppress with an option that is only known as a boolean", () => {
    const suppresses = null as unknown as boolean;
    const either = asyncContextManager(
      async function* () {
        yield 1;
      },
      { suppresses },
    );

    expectTypeOf(asyncWith(either(), number)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });

  it("are managers of their kinds", () => {
    expectTypeOf(open("a")).toExtend<AsyncContextManager<unknown>>();
    expectTypeOf(openSync("a")).toExtend<AsyncContextManager<unknown>>();
    expectTypeOf(openSync("a")).toExtend<ContextManager<unknown>>();
  });

  it("give nothing, where the generator yields nothing", async () => {
    const section = asyncContextManager(async function* () {
      yield;
    });

    await asyncWith(section(), (value) => {
      expectTypeOf(value).toEqualTypeOf<undefined>();
    });
  });

  it("refuse functions that are no generator functions of their kind", () => {
    // @ts-expect-error -- it is async, but no generator
    asyncContextManager(async () => 1);
    // @ts-expect-error -- it is a sync generator
    asyncContextManager(function* () {
      yield 1;
    });
    // @ts-expect-error -- it is an async generator
    contextManager(async function* () {
      yield 1;
    });
  });
});

describe("acquire()", () => {
  it("gives a handle with the value", () => {
    expectTypeOf(acquire(new Passing())).toEqualTypeOf<
      Promise<Acquired<string>>
    >();
    expectTypeOf(acquire(file)).toEqualTypeOf<Promise<Acquired<typeof file>>>();
  });
});

describe("managers written by hand", () => {
  it("are refused if they are but a half", async () => {
    // @ts-expect-error -- it has no exit
    await asyncWith({ [asyncEnter]: () => 1 }, number);
    // @ts-expect-error -- it has no exit
    syncWith({ [enter]: () => 1 }, number);
    // @ts-expect-error -- it is nothing of the kind
    await asyncWith({}, number);
  });

  it("are told of an outcome whose error is unknown", () => {
    const outcome = null as unknown as Outcome;

    if (outcome.status === "error") {
      expectTypeOf(outcome.error).toEqualTypeOf<unknown>();
    }
  });
});
