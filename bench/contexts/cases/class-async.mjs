import { awaitEach, loopInFiber } from "../loops.mjs";
import { AsyncSession, tally } from "../sessions.mjs";

/** @import { Group } from "../groups.mjs" */

/** @type {Group} */
export const classAsync = {
  id: "class-async",
  title: "A class with two async methods",
  text: "The block returns at once, and so do both methods: what is left is what the way of writing costs.",
  cases: [
    {
      name: "`try`/`finally` in the loop",
      kind: "baseline",
      load: () => async (n) => {
        for (let i = 0; i < n; i++) {
          const session = await new AsyncSession().enter();
          try {
            block(session);
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
            block(session);
          } finally {
            await session.exit();
          }
        }),
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
      name: "effect `acquireRelease`, `scoped`, in one fiber",
      kind: "effect",
      load: async () => {
        const { Effect, scoped } = await loadEffect();
        return (n) => Effect.runPromise(loopInFiber(Effect, scoped, n));
      },
    },
    {
      name: "effect `acquireRelease`, `scoped`, `runPromise` each",
      kind: "effect",
      load: async () => {
        const { Effect, scoped } = await loadEffect();
        return awaitEach(() => Effect.runPromise(scoped));
      },
    },
    {
      name: "native `await using`",
      kind: "native",
      load: async () => {
        const { useAsync } = await import("../native-syntax.mjs");
        return useAsync;
      },
    },
    {
      name: "native `AsyncDisposableStack`",
      kind: "native",
      load: () =>
        awaitEach(async () => {
          const stack = new AsyncDisposableStack();
          try {
            block(stack.use(await new AsyncSession().enter()));
          } finally {
            await stack.disposeAsync();
          }
        }),
    },
  ],
};

/** @param {AsyncSession} session */
function block(session) {
  tally.sum += session.size;
}

/** The effects are made once and run many times: the least that effect can cost. */
async function loadEffect() {
  const Effect = await import("effect/Effect");
  const acquire = Effect.promise(() => new AsyncSession().enter());
  const use = (/** @type {AsyncSession} */ session) =>
    Effect.sync(() => {
      block(session);
    });
  const release = (/** @type {AsyncSession} */ session) =>
    Effect.promise(() => session.exit());
  const resource = Effect.acquireRelease(acquire, release);
  return {
    Effect,
    bracketed: Effect.acquireUseRelease(acquire, use, release),
    scoped: Effect.scoped(Effect.flatMap(resource, use)),
  };
}
