import { describe, expectTypeOf, it } from "vitest";
import {
  asyncContextManager,
  AsyncExitStack,
  asyncWith,
  contextManager,
  decorate,
  enter,
  exit,
  ExitStack,
  nullContext,
  suppress,
  syncWith,
  type Outcome,
} from "sluice";

declare const file: Disposable & { readonly size: number };
declare const socket: AsyncDisposable & { readonly port: number };

const open = asyncContextManager(
  async function* (name: string) {
    yield [name, 1];
  },
  { suppresses: false },
);
const openSync = contextManager(
  function* (name: string) {
    yield [name, 1];
  },
  { suppresses: false },
);

describe("AsyncExitStack", () => {
  it("is an AsyncDisposableStack", () => {
    expectTypeOf<AsyncExitStack>().toExtend<AsyncDisposableStack>();
  });

  it("gives what enter gives", () => {
    const stack = new AsyncExitStack();

    expectTypeOf(stack.enter(open("a"))).resolves.toEqualTypeOf<
      readonly [string, 1]
    >();
    expectTypeOf(stack.enter(file)).resolves.toEqualTypeOf<typeof file>();
    expectTypeOf(
      stack.enter(nullContext("a")),
    ).resolves.toEqualTypeOf<string>();
  });

  it("gives a disposable back, or the absence of one", () => {
    const stack = new AsyncExitStack();
    const maybe = null as unknown as typeof socket | undefined;

    expectTypeOf(stack.use(file)).toEqualTypeOf<typeof file>();
    expectTypeOf(stack.use(maybe)).toEqualTypeOf<typeof socket | undefined>();
  });

  it("tells a pushed function of the outcome, with no annotation", () => {
    new AsyncExitStack().push((outcome) => {
      expectTypeOf(outcome).toEqualTypeOf<Outcome>();
    });
  });

  it("gives a pushed manager or function back", () => {
    const exitFunction = (_outcome: Outcome): boolean => true;
    const manager = { [enter]: () => 1, [exit]: () => false };
    const stack = new AsyncExitStack();

    expectTypeOf(stack.push(exitFunction)).toEqualTypeOf<
      (outcome: Outcome) => boolean
    >();
    expectTypeOf(stack.push(manager)).toEqualTypeOf<typeof manager>();
  });

  it("refuses to push what is neither a manager nor a function", () => {
    // @ts-expect-error -- it is neither
    new AsyncExitStack().push({});
  });

  it("checks the arguments of a callback", () => {
    const stack = new AsyncExitStack();
    const add = (a: number, b: number): number => a + b;

    expectTypeOf(stack.callback(add, 1, 2)).toEqualTypeOf<typeof add>();
    // @ts-expect-error -- one is missing
    stack.callback(add, 1);
    // @ts-expect-error -- one is no number
    stack.callback(add, 1, "2");
  });

  it("gives stacks of its own class by popAll() and move()", () => {
    class Connections extends AsyncExitStack {
      readonly purpose = "connections";
    }

    expectTypeOf(new Connections().popAll()).toExtend<Connections>();
    expectTypeOf(new Connections().move()).toExtend<Connections>();
  });

  it("may suppress its block's error", () => {
    expectTypeOf(asyncWith(new AsyncExitStack(), () => 1)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });
});

describe("ExitStack", () => {
  it("gives what enter gives", () => {
    const stack = new ExitStack();

    expectTypeOf(stack.enter(openSync("a"))).toEqualTypeOf<
      readonly [string, 1]
    >();
    expectTypeOf(stack.enter(file)).toEqualTypeOf<typeof file>();
  });

  it("refuses async managers and disposables", () => {
    const stack = new ExitStack();

    // @ts-expect-error -- it is only async
    stack.enter(open("a"));
    // @ts-expect-error -- it is only async
    stack.use(socket);
  });

  it("serves both kinds of block, and may suppress", () => {
    expectTypeOf(syncWith(new ExitStack(), () => 1)).toEqualTypeOf<
      number | undefined
    >();
    expectTypeOf(asyncWith(new ExitStack(), () => 1)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });
});

describe("what a decorated function returns", () => {
  const count = (text: string): number => text.length;
  const countLater = async (text: string): Promise<number> => text.length;

  it("is what it returned, with a sync manager that suppresses nothing", () => {
    expectTypeOf(
      decorate(() => openSync("a"), count),
    ).returns.toEqualTypeOf<number>();
  });

  it("may be undefined, with a sync manager that may suppress", () => {
    expectTypeOf(decorate(() => suppress(Error), count)).returns.toEqualTypeOf<
      number | undefined
    >();
  });

  it("is a promise, with an async manager", () => {
    expectTypeOf(decorate(() => open("a"), count)).returns.toEqualTypeOf<
      Promise<number>
    >();
  });

  it("is the promise that it returned, whichever the manager", () => {
    expectTypeOf(decorate(() => open("a"), countLater)).returns.toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(
      decorate(() => openSync("a"), countLater),
    ).returns.toEqualTypeOf<Promise<number>>();
  });

  it("is a promise of a value that may be undefined, with a manager that may suppress", () => {
    expectTypeOf(
      decorate(() => suppress(Error), countLater),
    ).returns.toEqualTypeOf<Promise<number | undefined>>();
  });

  it("keeps the parameters", () => {
    expectTypeOf(decorate(() => open("a"), count)).parameters.toEqualTypeOf<
      [text: string]
    >();
  });

  it("fits a method, as a decorator", () => {
    class Counter {
      readonly step = 1;

      @decorate(() => openSync("a"))
      count(text: string): number {
        return text.length + this.step;
      }

      @decorate(() => open("a"))
      async countLater(text: string): Promise<number> {
        return text.length + this.step;
      }
    }

    expectTypeOf(new Counter().count("a")).toEqualTypeOf<number>();
  });
});
