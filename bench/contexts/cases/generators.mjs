import { awaitEach, callEach } from "../loops.mjs";
import { AsyncSession, SyncSession, tally } from "../sessions.mjs";

/** @import { Group } from "../groups.mjs" */

/** @type {Group} */
export const asyncGenerators = {
  id: "async-generator",
  title: "A manager made of an async generator",
  text: "By hand it is `next()`, the block, `next()`: an error of the block would not reach the generator, as it does with a manager.",
  cases: [
    {
      name: "`next()`, block, `next()` by hand",
      kind: "baseline",
      load: () => async (n) => {
        for (let i = 0; i < n; i++) {
          const generator = generateAsync();
          const { value } = await generator.next();
          block(value);
          await generator.next();
        }
      },
    },
    {
      name: "`asyncContextManager`, `asyncWith`",
      kind: "ours",
      load: async () => {
        const { asyncContextManager, asyncWith } =
          await import("../../dist/sluice/index.js");
        const open = asyncContextManager(generateAsync);
        return awaitEach(() => asyncWith(open(), block));
      },
    },
    {
      name: "contextlib `asynccontextmanager`, `AsyncWith`",
      kind: "contextlib",
      load: async () => {
        const { asynccontextmanager, AsyncWith } =
          await import("../../dist/contextlib.mjs");
        const open = await asynccontextmanager(generateAsync);
        return awaitEach(async () => AsyncWith(await open(), block));
      },
    },
  ],
};

/** @type {Group} */
export const syncGenerators = {
  id: "sync-generator",
  title: "A manager made of a sync generator",
  text: "The same without `await`.",
  cases: [
    {
      name: "`next()`, block, `next()` by hand",
      kind: "baseline",
      load: () => (n) => {
        for (let i = 0; i < n; i++) {
          const generator = generate();
          const { value } = generator.next();
          block(value);
          generator.next();
        }
      },
    },
    {
      name: "`contextManager`, `syncWith`",
      kind: "ours",
      load: async () => {
        const { contextManager, syncWith } =
          await import("../../dist/sluice/index.js");
        const open = contextManager(generate);
        return callEach(() => syncWith(open(), block));
      },
    },
    {
      name: "`contextManager`, `asyncWith`",
      kind: "ours",
      load: async () => {
        const { asyncWith, contextManager } =
          await import("../../dist/sluice/index.js");
        const open = contextManager(generate);
        return awaitEach(() => asyncWith(open(), block));
      },
    },
    {
      name: "contextlib `contextmanager`, `With`",
      kind: "contextlib",
      load: async () => {
        const { contextmanager, default: With } =
          await import("../../dist/contextlib.mjs");
        const open = contextmanager(generate);
        return callEach(() => With(open(), block));
      },
    },
  ],
};

async function* generateAsync() {
  const session = await new AsyncSession().enter();
  try {
    yield session;
  } finally {
    await session.exit();
  }
}

function* generate() {
  const session = new SyncSession().enter();
  try {
    yield session;
  } finally {
    session.exit();
  }
}

/** @param {{ size: number } | undefined} session */
function block(session) {
  tally.sum += session?.size ?? 0;
}
