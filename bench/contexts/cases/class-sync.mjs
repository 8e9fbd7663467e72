import { awaitEach, callEach, loopInFiber } from "../loops.mjs";
import { SyncSession, tally } from "../sessions.mjs";

/** @import { Group } from "../groups.mjs" */

/** @type {Group} */
export const classSync = {
  id: "class-sync",
  title: "A class with two sync methods",
  text: "By hand this is next to nothing: the compiler sees through it, so that a ratio says little here and the nanoseconds more.",
  cases: [
    {
      name: "`try`/`finally` in the loop",
      kind: "baseline",
      load: () => (n) => {
        for (let i = 0; i < n; i++) {
          const session = new SyncSession().enter();
          try {
            block(session);
          } finally {
            session.exit();
          }
        }
      },
    },
    {
      name: "`syncWith`",
      kind: "ours",
      load: async () => {
        const { syncWith } = await import("../../dist/sluice/index.js");
        return callEach(() => syncWith(new SyncSession(), block));
      },
    },
    {
      name: "contextlib `With`",
      kind: "contextlib",
      load: async () => {
        const { default: With } = await import("../../dist/contextlib.mjs");
        return callEach(() => With(new SyncSession(), block));
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
      name: "effect `acquireRelease`, `scoped`, in one fiber",
      kind: "effect",
      load: async () => {
        const { Effect, scoped } = await loadEffect();
        return (n) => Effect.runPromise(loopInFiber(Effect, scoped, n));
      },
    },
    {
      name: "effect `acquireRelease`, `scoped`, `runSync` each",
      kind: "effect",
      load: async () => {
        const { Effect, scoped } = await loadEffect();
        return callEach(() => Effect.runSync(scoped));
      },
    },
    {
      name: "native `using`",
      kind: "native",
      load: async () => {
        const { useSync } = await import("../native-syntax.mjs");
        return useSync;
      },
    },
  ],
};

/** @type {Group} */
export const syncInAsync = {
  id: "sync-in-async",
  title: "A class with two sync methods in async code",
  text: "What is left here is the one promise that any async function returns; a bare `await` stands beside it.",
  cases: [
    {
      name: "`try`/`finally` in an async function",
      kind: "baseline",
      load: () =>
        awaitEach(async () => {
          const session = new SyncSession().enter();
          try {
            block(session);
          } finally {
            session.exit();
          }
        }),
    },
    {
      name: "`try`/`finally` in the loop, and `await undefined`",
      kind: "hand",
      load: () => async (n) => {
        for (let i = 0; i < n; i++) {
          const session = new SyncSession().enter();
          try {
            block(session);
          } finally {
            session.exit();
          }
          await undefined;
        }
      },
    },
    {
      name: "`asyncWith`",
      kind: "ours",
      load: async () => {
        const { asyncWith } = await import("../../dist/sluice/index.js");
        return awaitEach(() => asyncWith(new SyncSession(), block));
      },
    },
    {
      name: "contextlib `AsyncWith`",
      kind: "contextlib",
      load: async () => {
        const { AsyncWith } = await import("../../dist/contextlib.mjs");
        return awaitEach(() => AsyncWith(new SyncSession(), block));
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
        const { awaitUseSync } = await import("../native-syntax.mjs");
        return awaitUseSync;
      },
    },
  ],
};

/** @param {SyncSession} session */
function block(session) {
  tally.sum += session.size;
}

async function loadEffect() {
  const Effect = await import("effect/Effect");
  const acquire = Effect.sync(() => new SyncSession().enter());
  const use = (/** @type {SyncSession} */ session) =>
    Effect.sync(() => {
      block(session);
    });
  const release = (/** @type {SyncSession} */ session) =>
    Effect.sync(() => {
      session.exit();
    });
  const resource = Effect.acquireRelease(acquire, release);
  return {
    Effect,
    bracketed: Effect.acquireUseRelease(acquire, use, release),
    scoped: Effect.scoped(Effect.flatMap(resource, use)),
  };
}
