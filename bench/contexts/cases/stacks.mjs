import { awaitEach, callEach, loopInFiber } from "../loops.mjs";
import { AsyncSession, stackSize, SyncSession, tally } from "../sessions.mjs";

/** @import { Group } from "../groups.mjs" */

/** @type {Group} */
export const asyncStack = {
  id: "stack-async",
  title: "An exit stack of ten async managers",
  text: "One row is ten enters and ten exits. By hand, as by a stack, all are closed even if one of them fails.",
  sessions: stackSize,
  cases: [
    {
      name: "an array and two loops",
      kind: "baseline",
      load: () =>
        awaitEach(async () => {
          const opened = [];
          try {
            for (let k = 0; k < stackSize; k++) {
              const session = await new AsyncSession().enter();
              opened.push(session);
              block(session);
            }
          } finally {
            await closeAll(opened);
          }
        }),
    },
    {
      name: "`try`/`finally`, nested by recursion",
      kind: "hand",
      load: () => awaitEach(() => nestAsync(stackSize)),
    },
    {
      name: "`AsyncExitStack`",
      kind: "ours",
      load: async () => {
        const { AsyncExitStack, asyncWith } =
          await import("../../dist/sluice/index.js");
        return awaitEach(() =>
          asyncWith(new AsyncExitStack(), async (stack) => {
            for (let k = 0; k < stackSize; k++) {
              block(await stack.enter(new AsyncSession()));
            }
          }),
        );
      },
    },
    {
      name: "contextlib `AsyncExitStack`",
      kind: "contextlib",
      load: async () => {
        const { AsyncExitStack, AsyncWith } =
          await import("../../dist/contextlib.mjs");
        return awaitEach(() =>
          AsyncWith(new AsyncExitStack(), async (stack) => {
            for (let k = 0; k < stackSize; k++) {
              block(await stack.enterAsyncContext(new AsyncSession()));
            }
          }),
        );
      },
    },
    {
      name: "effect `acquireRelease` ten times, `scoped`, in one fiber",
      kind: "effect",
      load: async () => {
        const Effect = await import("effect/Effect");
        const resource = Effect.acquireRelease(
          Effect.promise(() => new AsyncSession().enter()),
          (session) => Effect.promise(() => session.exit()),
        );
        const ten = loopTen(Effect, Effect.map(resource, block));
        return (n) => Effect.runPromise(loopInFiber(Effect, ten, n));
      },
    },
    {
      name: "native `AsyncDisposableStack`",
      kind: "native",
      load: () =>
        awaitEach(async () => {
          const stack = new AsyncDisposableStack();
          try {
            for (let k = 0; k < stackSize; k++) {
              block(stack.use(await new AsyncSession().enter()));
            }
          } finally {
            await stack.disposeAsync();
          }
        }),
    },
  ],
};

/** @type {Group} */
export const syncStack = {
  id: "stack-sync",
  title: "An exit stack of ten sync managers",
  text: "`AsyncExitStack.enter` is async, for it may have to wait: that is what its row shows.",
  sessions: stackSize,
  cases: [
    {
      name: "an array and two loops",
      kind: "baseline",
      load: () =>
        callEach(() => {
          const opened = [];
          try {
            for (let k = 0; k < stackSize; k++) {
              const session = new SyncSession().enter();
              opened.push(session);
              block(session);
            }
          } finally {
            closeAllSync(opened);
          }
        }),
    },
    {
      name: "`try`/`finally`, nested by recursion",
      kind: "hand",
      load: () =>
        callEach(() => {
          nestSync(stackSize);
        }),
    },
    {
      name: "`ExitStack`",
      kind: "ours",
      load: async () => {
        const { ExitStack, syncWith } =
          await import("../../dist/sluice/index.js");
        return callEach(() => {
          syncWith(new ExitStack(), (stack) => {
            for (let k = 0; k < stackSize; k++) {
              block(stack.enter(new SyncSession()));
            }
          });
        });
      },
    },
    {
      name: "`AsyncExitStack`",
      kind: "ours",
      load: async () => {
        const { AsyncExitStack, asyncWith } =
          await import("../../dist/sluice/index.js");
        return awaitEach(() =>
          asyncWith(new AsyncExitStack(), async (stack) => {
            for (let k = 0; k < stackSize; k++) {
              block(await stack.enter(new SyncSession()));
            }
          }),
        );
      },
    },
    {
      name: "contextlib `ExitStack`",
      kind: "contextlib",
      load: async () => {
        const { ExitStack, default: With } =
          await import("../../dist/contextlib.mjs");
        return callEach(() => {
          With(new ExitStack(), (stack) => {
            for (let k = 0; k < stackSize; k++) {
              block(stack.enterContext(new SyncSession()));
            }
          });
        });
      },
    },
    {
      name: "effect `acquireRelease` ten times, `scoped`, in one fiber",
      kind: "effect",
      load: async () => {
        const Effect = await import("effect/Effect");
        const resource = Effect.acquireRelease(
          Effect.sync(() => new SyncSession().enter()),
          (session) =>
            Effect.sync(() => {
              session.exit();
            }),
        );
        const ten = loopTen(Effect, Effect.map(resource, block));
        return (n) => Effect.runPromise(loopInFiber(Effect, ten, n));
      },
    },
    {
      name: "native `DisposableStack`",
      kind: "native",
      load: () =>
        callEach(() => {
          const stack = new DisposableStack();
          try {
            for (let k = 0; k < stackSize; k++) {
              block(stack.use(new SyncSession().enter()));
            }
          } finally {
            stack.dispose();
          }
        }),
    },
  ],
};

/** @type {Group} */
export const callbackStack = {
  id: "stack-callbacks",
  title: "An async exit stack of ten sync callbacks",
  text: "What is registered has its answer at once; the stack is left with `await`.",
  sessions: stackSize,
  cases: [
    {
      name: "an array and two loops",
      kind: "baseline",
      load: () =>
        awaitEach(async () => {
          const callbacks = [];
          try {
            for (let k = 0; k < stackSize; k++) {
              callbacks.push(release);
              acquire();
            }
          } finally {
            callAll(callbacks);
          }
        }),
    },
    {
      name: "`AsyncExitStack`, `asyncWith`",
      kind: "ours",
      load: async () => {
        const { AsyncExitStack, asyncWith } =
          await import("../../dist/sluice/index.js");
        return awaitEach(() =>
          asyncWith(new AsyncExitStack(), (stack) => {
            for (let k = 0; k < stackSize; k++) {
              stack.callback(release);
              acquire();
            }
          }),
        );
      },
    },
    {
      name: "`AsyncExitStack`, used as the native one",
      kind: "ours",
      load: async () => {
        const { AsyncExitStack } = await import("../../dist/sluice/index.js");
        return deferTen(AsyncExitStack);
      },
    },
    {
      name: "contextlib `AsyncExitStack`",
      kind: "contextlib",
      load: async () => {
        const { AsyncExitStack, AsyncWith } =
          await import("../../dist/contextlib.mjs");
        return awaitEach(() =>
          AsyncWith(new AsyncExitStack(), (stack) => {
            for (let k = 0; k < stackSize; k++) {
              stack.callback(release);
              acquire();
            }
          }),
        );
      },
    },
    {
      name: "effect `addFinalizer` ten times, `scoped`, in one fiber",
      kind: "effect",
      load: async () => {
        const Effect = await import("effect/Effect");
        const finalizer = Effect.addFinalizer(() => Effect.sync(release));
        const ten = loopTen(Effect, Effect.map(finalizer, acquire));
        return (n) => Effect.runPromise(loopInFiber(Effect, ten, n));
      },
    },
    {
      name: "native `AsyncDisposableStack`",
      kind: "native",
      load: () => deferTen(AsyncDisposableStack),
    },
  ],
};

/** @param {{ size: number }} session */
function block(session) {
  tally.sum += session.size;
}

function acquire() {
  tally.enters++;
  tally.sum += 3;
}

function release() {
  tally.exits++;
}

/** @param {typeof AsyncDisposableStack} Stack */
function deferTen(Stack) {
  return awaitEach(async () => {
    const stack = new Stack();
    try {
      for (let k = 0; k < stackSize; k++) {
        stack.defer(release);
        acquire();
      }
    } finally {
      await stack.disposeAsync();
    }
  });
}

/** @param {AsyncSession[]} opened */
async function closeAll(opened) {
  const errors = [];
  while (opened.length > 0) {
    try {
      await opened.pop().exit();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors.at(-1);
}

/** @param {SyncSession[]} opened */
function closeAllSync(opened) {
  const errors = [];
  while (opened.length > 0) {
    try {
      opened.pop().exit();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors.at(-1);
}

/** @param {(() => void)[]} callbacks */
function callAll(callbacks) {
  const errors = [];
  while (callbacks.length > 0) {
    try {
      callbacks.pop()();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors.at(-1);
}

/** @param {number} depth */
async function nestAsync(depth) {
  if (depth === 0) return;
  const session = await new AsyncSession().enter();
  try {
    block(session);
    await nestAsync(depth - 1);
  } finally {
    await session.exit();
  }
}

/** @param {number} depth */
function nestSync(depth) {
  if (depth === 0) return;
  const session = new SyncSession().enter();
  try {
    block(session);
    nestSync(depth - 1);
  } finally {
    session.exit();
  }
}

/** Runs an effect ten times in one scope. */
function loopTen(Effect, effect) {
  return Effect.scoped(
    Effect.suspend(() => loopInFiber(Effect, effect, stackSize)),
  );
}
