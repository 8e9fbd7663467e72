import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AsyncExitStack, asyncWith, ExitStack, Lock, syncWith } from "sluice";

describe("AsyncExitStack under the language's own `await using`", () => {
  it("runs its exits when the block is left, last in, first out", async () => {
    const log = [];
    const lock = new Lock();

    {
      await using stack = new AsyncExitStack();
      await stack.enter(lock);
      stack.callback((name) => log.push(name), "callback");
      stack.push(({ status }) => log.push(status));
      log.push(lock.locked);
    }

    assert.deepEqual(log, [true, "unknown", "callback"]);
    assert.equal(lock.locked, false);
  });

  it("keeps open what was moved out of it", async () => {
    const log = [];
    const open = async () => {
      await using stack = new AsyncExitStack();
      stack.defer(() => log.push("closed"));
      return stack.move();
    };

    const stack = await open();
    log.push("moved");
    await stack.disposeAsync();

    assert.deepEqual(log, ["moved", "closed"]);
  });
});

describe("ExitStack under the language's own `using`", () => {
  it("runs its exits when the block is left, last in, first out", () => {
    const log = [];

    {
      using stack = new ExitStack();
      stack.defer(() => log.push("deferred"));
      stack.push(({ status }) => log.push(status));
      log.push("block");
    }

    assert.deepEqual(log, ["block", "unknown", "deferred"]);
  });
});

describe("The stacks where the language's own are taken", () => {
  it("gives AsyncExitStack every member of AsyncDisposableStack, of the same kind", () => {
    const native = new AsyncDisposableStack();

    const ours = new AsyncExitStack();

    for (const name of Reflect.ownKeys(AsyncDisposableStack.prototype)) {
      if (name === "constructor") continue;
      assert.equal(typeof ours[name], typeof native[name], String(name));
    }
  });

  it("lets the same code use and move from either async stack", async () => {
    const expected = await exercise(AsyncDisposableStack);

    const log = await exercise(AsyncExitStack);

    assert.deepEqual(log, expected);
  });

  it("lets the same code use and move from either sync stack", async () => {
    const expected = await exercise(DisposableStack);

    const log = await exercise(ExitStack);

    assert.deepEqual(log, expected);
  });
});

describe("The stacks of both, one in the other", () => {
  it("lets an AsyncDisposableStack hold an AsyncExitStack", async () => {
    const log = [];

    {
      await using outer = new AsyncDisposableStack();
      const inner = outer.use(new AsyncExitStack());
      inner.defer(() => log.push("inner"));
      outer.defer(() => log.push("outer"));
    }

    assert.deepEqual(log, ["outer", "inner"]);
  });

  it("lets an AsyncExitStack enter an AsyncDisposableStack", async () => {
    const log = [];

    await asyncWith(new AsyncExitStack(), async (outer) => {
      const inner = await outer.enter(new AsyncDisposableStack());
      inner.defer(() => log.push("inner"));
      outer.defer(() => log.push("outer"));
    });

    assert.deepEqual(log, ["outer", "inner"]);
  });

  it("lets asyncWith() and syncWith() take the language's own stacks", async () => {
    const log = [];

    await asyncWith(new AsyncDisposableStack(), (stack) => {
      stack.defer(() => log.push("async"));
    });
    syncWith(new DisposableStack(), (stack) => {
      stack.defer(() => log.push("sync"));
    });

    assert.deepEqual(log, ["async", "sync"]);
  });
});

/**
 * Does with a stack all that TC39's can do.
 *
 * @param {typeof AsyncDisposableStack | typeof DisposableStack} Stack
 */
async function exercise(Stack) {
  const log = [];
  const stack = new Stack();
  log.push(stack.use(null), stack.use(undefined), stack.disposed);
  stack.use({ [Symbol.dispose]: () => log.push("used") });
  log.push(stack.adopt("value", (value) => log.push(`adopted ${value}`)));
  log.push(stack.defer(() => log.push("deferred")));
  const moved = stack.move();
  log.push(stack.disposed, moved.disposed);
  for (const word of ["use", "adopt", "defer", "move"]) {
    log.push(captureError(() => stack[word](null, () => undefined)));
  }
  const dispose =
    Stack.prototype[Symbol.asyncDispose] ?? Stack.prototype[Symbol.dispose];
  log.push(
    await dispose.call(moved),
    await dispose.call(moved),
    moved.disposed,
  );
  return log;
}

/** @param {() => unknown} run */
function captureError(run) {
  try {
    return run();
  } catch (error) {
    return error.constructor.name;
  }
}
