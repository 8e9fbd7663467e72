import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AsyncExitStack,
  enter,
  errorContext,
  exit,
  syncWith,
  type ExitFunction,
} from "sluice";
import { chainOf, failure, raise } from "./failure.ts";

describe("contexts of errors", () => {
  it("form no circle, whichever errors are thrown over which, again and again", async () => {
    await fc.assert(
      fc.asyncProperty(runsOfKnownErrors, async (runs) => {
        const pool = POOL.map((number) => new Error(`${number}`));

        for (const { exits, block } of runs) {
          await runStack(exits.map(createExit(pool)), pool[block]);
        }

        expect(pool.filter(isInCircle(errorContext))).toEqual([]);
        expect(pool.filter(isInCircle(causeOf))).toEqual([]);
      }),
    );
  });

  it("lead from the error that is thrown at last to every error that was thrown, the latest first", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const thrown: Error[] = [];

        await failure(() => performTree(tree, thrown));

        const latestFirst = [...thrown].reverse();
        expect(chainOf(latestFirst[0])).toEqual(latestFirst);
      }),
    );
  });

  it("are the causes too, of errors that have none of their own", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const thrown: Error[] = [];

        await failure(() => performTree(tree, thrown));

        expect(thrown.map(causeOf)).toEqual(thrown.map(errorContext));
      }),
    );
  });
});

/** The errors of a run, by number. */
const POOL = [0, 1, 2, 3];

/** What an exit does with errors that are known already. */
interface KnownExit {
  readonly act: "pass" | "suppress" | "raise" | "raise nested";
  readonly error: number;
  readonly inner: number;
  readonly waits: boolean;
}

const runsOfKnownErrors = fc.array(
  fc.record({
    exits: fc.array(
      fc.record<KnownExit>({
        act: fc.constantFrom("pass", "suppress", "raise", "raise nested"),
        error: fc.constantFrom(...POOL),
        inner: fc.constantFrom(...POOL),
        waits: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    block: fc.constantFrom(...POOL),
  }),
  { maxLength: 6 },
);

function createExit(pool: readonly Error[]) {
  return ({ act, error, inner, waits }: KnownExit): ExitFunction => {
    const run = (): boolean => {
      if (act === "raise") raise(pool[error]);
      if (act === "raise nested") raiseNested(pool[error], pool[inner]);
      return act === "suppress";
    };
    return waits ? async () => run() : run;
  };
}

function raiseNested(raised: unknown, pending: unknown): void {
  const manager = {
    [enter]: () => undefined,
    [exit]: () => void raise(raised),
  };
  syncWith(manager, () => raise(pending));
}

async function runStack(
  exits: readonly ExitFunction[],
  error: unknown,
): Promise<void> {
  const stack = new AsyncExitStack();
  for (const exit of exits) stack.push(exit);
  await stack.raise(error).catch(() => undefined);
}

function isInCircle(next: (error: unknown) => unknown) {
  return (start: unknown): boolean => {
    const seen = new Set<unknown>();
    let error = start;
    while (error !== undefined && !seen.has(error)) {
      seen.add(error);
      error = next(error);
    }
    return error !== undefined;
  };
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/** A block that throws, and its exits, each of which throws in the end; some run a block first. */
interface Tree {
  readonly exits: readonly (Tree | null)[];
  readonly waits: boolean;
}

const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    exits: fc.array(fc.option(tie("tree"), { depthSize: "small" }), {
      maxLength: 4,
      depthIdentifier: "tree",
    }),
    waits: fc.boolean(),
  }),
}));

/** Runs a block whose exits throw new errors, and notes each in order. */
async function performTree(tree: Tree, thrown: Error[]): Promise<void> {
  const throwNew = (): never => {
    const error = new Error(`${thrown.length}`);
    thrown.push(error);
    throw error;
  };
  const stack = new AsyncExitStack();
  for (const inner of tree.exits) {
    stack.callback(() => {
      if (inner !== null) return performTree(inner, thrown);
      return tree.waits ? Promise.resolve().then(throwNew) : throwNew();
    });
  }
  try {
    throwNew();
  } catch (error) {
    await stack.raise(error);
  }
}
