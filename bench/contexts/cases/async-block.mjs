import { awaitEach, loopInFiber } from "../loops.mjs";
import { AsyncSession, tally } from "../sessions.mjs";

/** @import { Group } from "../groups.mjs" */

/** @type {Group} */
export const asyncBlock = {
  id: "async-block",
  title: "A class with two async methods, and a block that waits",
  text: "The block awaits once, as most real ones do. By hand it stands in the `try`; everywhere else it is an async function.",
  cases: [
    {
      name: "`try`/`finally` in the loop",
      kind: "baseline",
      load: () => async (n) => {
        for (let i = 0; i < n; i++) {
          const session = await new AsyncSession().enter();
          try {
            await undefined;
            tally.sum += session.size;
          } finally {
            await session.exit();
          }
        }
      },
    },
    {
      name: "`try`/`finally` in a function of its own",
      kind: "hand",
      load: () =>
        awaitEach(async () => {
          const session = await new AsyncSession().enter();
          try {
            await undefined;
            tally.sum += session.size;
          } finally {
            await session.exit();
          }
        }),
    },
    {
      name: "`try`/`finally`, the block in a function of its own",
      kind: "hand",
      load: () => async (n) => {
        for (let i = 0; i < n; i++) {
          const session = await new AsyncSession().enter();
          try {
            await block(session);
          } finally {
            await session.exit();
          }
        }
      },
    },
    {
      name: "`asyncWith`",
      kind: "ours",
      load: async () => {
        const { asyncWith } = await import("../../dist/sluice/index.js");
        return awaitEach(() => asyncWith(new AsyncSession(), block));
      },
    },
    {
      name: "contextlib `AsyncWith`",
      kind: "contextlib",
      load: async () => {
        const { AsyncWith } = await import("../../dist/contextlib.mjs");
        return awaitEach(() => AsyncWith(new AsyncSession(), block));
      },
    },
    {
      name: "effect `acquireUseRelease`, in one fiber",
      kind: "effect",
      load: async () => {
        const { Effect, bracketed } = await loadEffect();
        return (n) => Effect.runPromise(loopInFiber(Effect, bracketed, n));
      },
    },
    {
      name: "effect `acquireUseRelease`, `runPromise` each",
      kind: "effect",
      load: async () => {
        const { Effect, bracketed } = await loadEffect();
        return awaitEach(() => Effect.runPromise(bracketed));
      },
    },
    {
      name: "native `await using`",
      kind: "native",
      load: async () => {
        const { useAsyncAndWait } = await import("../native-syntax.mjs");
        return useAsyncAndWait;
      },
    },
    {
      name: "native `AsyncDisposableStack`",
      kind: "native",
      load: () =>
        awaitEach(async () => {
          const stack = new AsyncDisposableStack();
          try {
            const session = stack.use(await new AsyncSession().enter());
            await undefined;
            tally.sum += session.size;
          } finally {
            await stack.disposeAsync();
          }
        }),
    },
  ],
};

/** @param {AsyncSession} session */
async function block(session) {
  await undefined;
  tally.sum += session.size;
}

async function loadEffect() {
  const Effect = await import("effect/Effect");
  const bracketed = Effect.acquireUseRelease(
    Effect.promise(() => new AsyncSession().enter()),
    (session) => Effect.promise(() => block(session)),
    (session) => Effect.promise(() => session.exit()),
  );
  return { Effect, bracketed };
}
