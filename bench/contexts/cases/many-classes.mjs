import { awaitEach } from "../loops.mjs";
import { nameMethods, tally } from "../sessions.mjs";

/** @import { Group } from "../groups.mjs" */

/** @type {Group} */
export const manyClasses = {
  id: "many-classes",
  title: "Eight classes with async methods in turn, with eight blocks",
  text: "What a big program meets: no call site knows any more what it calls.",
  cases: [
    {
      name: "`try`/`finally` in the loop",
      kind: "baseline",
      load: () => async (n) => {
        for (let i = 0; i < n; i++) {
          const session = await open(i).enter();
          try {
            chooseBlock(i)(session);
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
        let i = 0;
        return awaitEach(() => asyncWith(open(++i), chooseBlock(i)));
      },
    },
    {
      name: "contextlib `AsyncWith`",
      kind: "contextlib",
      load: async () => {
        const { AsyncWith } = await import("../../dist/contextlib.mjs");
        let i = 0;
        return awaitEach(() => AsyncWith(open(++i), chooseBlock(i)));
      },
    },
    {
      name: "native `AsyncDisposableStack`",
      kind: "native",
      load: () => {
        let i = 0;
        return awaitEach(async () => {
          const stack = new AsyncDisposableStack();
          try {
            chooseBlock(i)(stack.use(await open(++i).enter()));
          } finally {
            await stack.disposeAsync();
          }
        });
      },
    },
  ],
};

const classes = Array.from({ length: 8 }, (_, index) => defineClass(index));
const blocks = classes.map(defineBlock);

/** @param {number} i */
function open(i) {
  return new classes[i % 8]();
}

/** @param {number} i */
function chooseBlock(i) {
  return blocks[i % 8];
}

/**
 * Makes a class with methods and a shape of its own.
 *
 * @param {number} index
 */
function defineClass(index) {
  class Session {
    size = 3;
    [`own${index}`] = index;

    async enter() {
      tally.enters++;
      return this;
    }

    async exit() {
      tally.exits++;
    }
  }
  nameMethods(Session);
  return Session;
}

function defineBlock() {
  return (/** @type {{ size: number }} */ session) => {
    tally.sum += session.size;
  };
}
