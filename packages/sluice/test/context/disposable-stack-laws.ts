import assert from "node:assert/strict";

/** What holds of every `AsyncDisposableStack`, the language's own and any other. */
export interface StackLaw {
  readonly title: string;
  readonly check: () => Promise<void>;
}

/**
 * Gives the laws of a kind of stack, to be run by any test runner.
 *
 * Source: TC39 explicit resource management, AsyncDisposableStack Objects.
 *
 * @param makeStack Makes an empty stack.
 */
export function disposableStackLaws(
  makeStack: () => AsyncDisposableStack,
): readonly StackLaw[] {
  return [
    ...lawsOfUse(makeStack),
    ...lawsOfMethods(makeStack),
    ...lawsOfCallbacks(makeStack),
    ...lawsOfDisposal(makeStack),
    ...lawsOfErrors(makeStack),
    ...lawsOfTheEnd(makeStack),
  ];
}

type MakeStack = () => AsyncDisposableStack;

function lawsOfUse(makeStack: MakeStack): StackLaw[] {
  return [
    {
      title: "use() gives its argument back",
      async check() {
        const disposable = { [Symbol.dispose]: () => undefined };

        assert.equal(makeStack().use(disposable), disposable);
      },
    },
    {
      title: "use() gives null and undefined back, and registers nothing",
      async check() {
        const stack = makeStack();

        assert.equal(call(stack, "use", null), null);
        assert.equal(call(stack, "use", undefined), undefined);
        await stack.disposeAsync();
      },
    },
    ...[Symbol.asyncDispose, Symbol.dispose].map((name) => ({
      title: `use() calls [${String(name.description)}]() on its object, with no arguments`,
      async check() {
        const calls: unknown[] = [];
        const disposable = {
          [name](...args: unknown[]) {
            calls.push(this, ...args);
          },
        };
        const stack = makeStack();
        call(stack, "use", disposable);

        await stack.disposeAsync();

        assert.deepEqual(calls, [disposable]);
      },
    })),
    {
      title: "use() takes a function that is disposable",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        const disposable = Object.assign(() => log.push("called"), {
          [Symbol.dispose]: () => void log.push("disposed"),
        });

        stack.use(disposable);
        await stack.disposeAsync();

        assert.deepEqual(log, ["disposed"]);
      },
    },
    ...[true, 1, "text", Symbol("s"), 1n, {}].map((value) => ({
      title: `use() refuses what is not disposable: ${typeof value}`,
      async check() {
        const stack = makeStack();

        assert.throws(() => call(stack, "use", value), TypeError);
        await stack.disposeAsync();
      },
    })),
  ];
}

function lawsOfMethods(makeStack: MakeStack): StackLaw[] {
  return [
    {
      title: "use() prefers the async method to the sync one",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.use({
          [Symbol.dispose]: () => void log.push("sync"),
          [Symbol.asyncDispose]: async () => void log.push("async"),
        });

        await stack.disposeAsync();

        assert.deepEqual(log, ["async"]);
      },
    },
    ...[undefined, null].map((absent) => ({
      title: `use() takes the sync method where the async one is ${String(absent)}`,
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        call(stack, "use", {
          [Symbol.asyncDispose]: absent,
          [Symbol.dispose]: () => log.push("sync"),
        });

        await stack.disposeAsync();

        assert.deepEqual(log, ["sync"]);
      },
    })),
    {
      title:
        "use() refuses an async method that is no function, although there is a sync one",
      async check() {
        const disposable = {
          [Symbol.asyncDispose]: 1,
          [Symbol.dispose]: () => undefined,
        };

        assert.throws(() => call(makeStack(), "use", disposable), TypeError);
      },
    },
    {
      title: "use() reads the method once, when it registers",
      async check() {
        const log: string[] = [];
        const disposable = {
          get [Symbol.asyncDispose]() {
            log.push("read");
            return async () => void log.push("disposed");
          },
        };
        const stack = makeStack();
        stack.use(disposable);
        log.push("registered");

        await stack.disposeAsync();

        assert.deepEqual(log, ["read", "registered", "disposed"]);
      },
    },
    {
      title: "use() does not wait for what a sync method returns",
      async check() {
        const stack = makeStack();
        call(stack, "use", {
          [Symbol.dispose]: () => new Promise(() => undefined),
        });

        await stack.disposeAsync();
      },
    },
    {
      title:
        "use() lets what the getter of the method throws pass, and registers nothing",
      async check() {
        const stack = makeStack();
        const disposable = {
          get [Symbol.asyncDispose](): () => Promise<void> {
            throw new RangeError("read");
          },
        };

        assert.throws(() => stack.use(disposable), RangeError);
        await stack.disposeAsync();
      },
    },
  ];
}

function lawsOfCallbacks(makeStack: MakeStack): StackLaw[] {
  return [
    {
      title: "adopt() gives its value back, undefined too",
      async check() {
        const value = {};

        assert.equal(
          makeStack().adopt(value, () => undefined),
          value,
        );
        assert.equal(call(makeStack(), "adopt", undefined, fail), undefined);
      },
    },
    {
      title: "adopt() calls the function with the value alone, and no receiver",
      async check() {
        const calls: unknown[] = [];
        const stack = makeStack();
        stack.adopt("value", function (this: unknown, ...args: unknown[]) {
          calls.push(this, args);
        });

        await stack.disposeAsync();

        assert.deepEqual(calls, [undefined, ["value"]]);
      },
    },
    {
      title: "defer() gives nothing back",
      async check() {
        assert.equal(
          call(makeStack(), "defer", () => 1),
          undefined,
        );
      },
    },
    {
      title: "defer() calls the function with no arguments and no receiver",
      async check() {
        const calls: unknown[] = [];
        const stack = makeStack();
        stack.defer(function (this: unknown, ...args: unknown[]) {
          calls.push(this, args);
        });

        await stack.disposeAsync();

        assert.deepEqual(calls, [undefined, []]);
      },
    },
    ...["adopt", "defer"].map((method) => ({
      title: `${method}() refuses what is no function, and registers nothing`,
      async check() {
        const stack = makeStack();

        assert.throws(() => call(stack, method, {}, {}), TypeError);
        await stack.disposeAsync();
      },
    })),
  ];
}

function lawsOfDisposal(makeStack: MakeStack): StackLaw[] {
  return [
    {
      title: "disposes in the reverse order of registration, all kinds mixed",
      async check() {
        const log: number[] = [];
        const stack = makeStack();
        stack.use({ [Symbol.dispose]: () => void log.push(1) });
        stack.use({ [Symbol.asyncDispose]: async () => void log.push(2) });
        stack.adopt(3, (value) => void log.push(value));
        stack.defer(async () => void log.push(4));

        await stack.disposeAsync();

        assert.deepEqual(log, [4, 3, 2, 1]);
      },
    },
    {
      title: "begins at once, before disposeAsync() returns",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push("disposed"));

        const end = stack.disposeAsync();
        log.push("returned");
        await end;

        assert.deepEqual(log, ["disposed", "returned"]);
      },
    },
    {
      title: "waits for each before the next, and for the last",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        for (const name of ["second", "first"]) {
          stack.defer(async () => {
            log.push(`${name} begins`);
            await nextTurn();
            log.push(`${name} ends`);
          });
        }

        await stack.disposeAsync();

        assert.deepEqual(log, [
          "first begins",
          "first ends",
          "second begins",
          "second ends",
        ]);
      },
    },
    {
      title: "waits for a thenable that is no promise",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        call(stack, "defer", () => ({
          then(resolve: () => void) {
            setImmediate(() => {
              log.push("disposed");
              resolve();
            });
          },
        }));

        await stack.disposeAsync();

        assert.deepEqual(log, ["disposed"]);
      },
    },
    {
      title: "resolves to undefined, whatever was returned",
      async check() {
        const stack = makeStack();
        call(stack, "defer", async () => "value");

        assert.equal(await call(stack, "disposeAsync"), undefined);
      },
    },
    {
      title: "is what `await using` calls: [Symbol.asyncDispose]() disposes",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push("disposed"));

        await stack[Symbol.asyncDispose]();

        assert.deepEqual([log, stack.disposed], [["disposed"], true]);
      },
    },
  ];
}

function lawsOfErrors(makeStack: MakeStack): StackLaw[] {
  return [
    {
      title: "disposes of the rest although one fails",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push("second"));
        stack.defer(() => fail("first"));

        await assert.rejects(stack.disposeAsync());

        assert.deepEqual(log, ["second"]);
      },
    },
    ...[new Error("error"), undefined, null, "text"].map((error) => ({
      title: `rejects with a single error as it is: ${String(error)}`,
      async check() {
        const stack = makeStack();
        stack.defer(() => fail(error));

        assert.deepEqual(await reasonOf(stack.disposeAsync()), { error });
      },
    })),
    {
      title:
        "nests two errors: the later one as error, the earlier as suppressed",
      async check() {
        const [first, second] = [new Error("first"), new Error("second")];
        const stack = makeStack();
        stack.defer(() => fail(second));
        stack.defer(() => fail(first));

        const { error } = await reasonOf(stack.disposeAsync());

        assert.deepEqual(unfold(error), [second, first]);
      },
    },
    {
      title:
        "nests three errors: error is the last, suppressed what came before",
      async check() {
        const errors = [3, 2, 1].map((number) => new Error(`${number}`));
        const stack = makeStack();
        for (const error of errors) stack.defer(() => fail(error));

        const { error } = await reasonOf(stack.disposeAsync());

        assert.deepEqual(unfold(error), errors);
        assert.deepEqual(unfold(errorsOf(error).suppressed), errors.slice(1));
      },
    },
    {
      title: "nests the errors of all kinds of disposers, thrown and rejected",
      async check() {
        const errors = [4, 3, 2, 1];
        const stack = makeStack();
        stack.use({ [Symbol.dispose]: () => fail(4) });
        stack.use({ [Symbol.asyncDispose]: () => Promise.reject(3) });
        stack.adopt(2, fail);
        stack.defer(async () => fail(1));

        const { error } = await reasonOf(stack.disposeAsync());

        assert.deepEqual(unfold(error), errors);
      },
    },
    {
      title: "nests an error that two disposers throw with itself",
      async check() {
        const shared = new Error("shared");
        const stack = makeStack();
        stack.defer(() => fail(shared));
        stack.defer(() => fail(shared));

        const { error } = await reasonOf(stack.disposeAsync());

        assert.deepEqual(unfold(error), [shared, shared]);
      },
    },
    {
      title: "writes nothing on the errors that it nests",
      async check() {
        const [first, second] = [new Error("first"), new Error("second")];
        const stack = makeStack();
        stack.defer(() => fail(second));
        stack.defer(() => fail(first));

        await reasonOf(stack.disposeAsync());

        assert.deepEqual([first, second].map(hasCause), [false, false]);
      },
    },
  ];
}

function lawsOfTheEnd(makeStack: MakeStack): StackLaw[] {
  return [
    {
      title:
        "is disposed from the beginning of its disposal on, and not before",
      async check() {
        const log: boolean[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push(stack.disposed));
        log.push(stack.disposed);

        await stack.disposeAsync();

        assert.deepEqual([...log, stack.disposed], [false, true, true]);
      },
    },
    {
      title: "is disposed although its disposal failed",
      async check() {
        const stack = makeStack();
        stack.defer(() => fail("failed"));

        await assert.rejects(stack.disposeAsync());

        assert.equal(stack.disposed, true);
      },
    },
    {
      title: "does nothing when it is disposed of again",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push("disposed"));

        await stack.disposeAsync();
        await stack.disposeAsync();

        assert.deepEqual(log, ["disposed"]);
      },
    },
    {
      title: "does not wait, when it is disposed of again meanwhile",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.defer(async () => {
          await nextTurn();
          log.push("first ends");
        });

        const first = stack.disposeAsync();
        await stack.disposeAsync();
        log.push("second ends");
        await first;

        assert.deepEqual(log, ["second ends", "first ends"]);
      },
    },
    ...["use", "adopt", "defer", "move"].map((method) => ({
      title: `refuses ${method}() with a ReferenceError once it is disposed of, whatever the arguments`,
      async check() {
        const stack = makeStack();
        await stack.disposeAsync();

        for (const argument of [null, 1, () => undefined]) {
          assert.throws(
            () => call(stack, method, argument, argument),
            ReferenceError,
          );
        }
      },
    })),
    {
      title: "refuses to register anything while it is disposed of",
      async check() {
        const stack = makeStack();
        stack.defer(() => stack.defer(() => undefined));

        await assert.rejects(stack.disposeAsync(), ReferenceError);
      },
    },
    {
      title: "move() gives a stack with the entries, which is not disposed",
      async check() {
        const log: number[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push(1));
        stack.defer(() => void log.push(2));

        const moved = stack.move();
        assert.equal(moved.disposed, false);
        await moved.disposeAsync();

        assert.deepEqual(log, [2, 1]);
      },
    },
    {
      title: "move() leaves a stack that is disposed, with nothing in it",
      async check() {
        const log: string[] = [];
        const stack = makeStack();
        stack.defer(() => void log.push("disposed"));

        stack.move();
        await stack.disposeAsync();

        assert.deepEqual([log, stack.disposed], [[], true]);
      },
    },
    {
      title: "shows as an object of its class",
      async check() {
        const stack = makeStack();

        assert.equal(stack[Symbol.toStringTag], stack.constructor.name);
      },
    },
  ];
}

function fail(error: unknown): never {
  throw error;
}

/** Calls a method with what its types refuse. */
function call(
  stack: AsyncDisposableStack,
  name: string,
  ...args: unknown[]
): unknown {
  const method: unknown = Reflect.get(stack, name);
  assert.ok(typeof method === "function");
  return Reflect.apply(method, stack, args);
}

async function reasonOf(
  promise: Promise<unknown>,
): Promise<{ error: unknown }> {
  try {
    await promise;
  } catch (error) {
    return { error };
  }
  return assert.fail("Nothing was thrown");
}

interface Nested {
  readonly error: unknown;
  readonly suppressed: unknown;
}

function errorsOf(error: unknown): Nested {
  assert.ok(error instanceof Error);
  assert.equal(error.name, "SuppressedError");
  return error as Error & Nested;
}

/** Gives the errors of nested SuppressedErrors, the last that was thrown first. */
function unfold(error: unknown): unknown[] {
  const errors: unknown[] = [];
  let rest = error;
  while (rest instanceof Error && rest.name === "SuppressedError") {
    const { error: last, suppressed } = errorsOf(rest);
    errors.push(last);
    rest = suppressed;
  }
  return [...errors, rest];
}

function hasCause(error: Error): boolean {
  return Object.hasOwn(error, "cause");
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
