import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asyncGenerator,
  BusyError,
  StopAsyncIteration,
  type StrictAsyncGenerator,
} from "sluice";
import { loopTurns } from "../support/loop-turns.ts";

/** A small generator function, as data. */
type Step =
  | { readonly kind: "yield" | "await" | "throw" | "return" }
  | { readonly kind: "try"; readonly body: Step[]; readonly caught: Step[] }
  | {
      readonly kind: "finally";
      readonly body: Step[];
      readonly after: Step[];
    };

async function* run(steps: Step[]): AsyncGenerator<number, boolean> {
  for (const step of steps) {
    switch (step.kind) {
      case "yield":
        yield 1;
        break;
      case "await":
        await loopTurns();
        break;
      case "throw":
        throw new RangeError("body");
      case "return":
        return true;
      case "try":
        try {
          if (yield* run(step.body)) return true;
        } catch {
          if (yield* run(step.caught)) return true;
        }
        break;
      case "finally":
        try {
          if (yield* run(step.body)) return true;
        } finally {
          yield* run(step.after);
        }
        break;
    }
  }
  return false;
}

const create = asyncGenerator(async function* (steps: Step[]) {
  yield* run(steps);
});

const { steps: someSteps } = fc.letrec<{ step: Step; steps: Step[] }>(
  (tie) => ({
    steps: fc.array(tie("step"), { maxLength: 3 }),
    step: fc.oneof(
      { depthSize: "small" },
      fc.record({
        kind: fc.constantFrom("yield", "await", "throw", "return"),
      }),
      fc.record({
        kind: fc.constant("try"),
        body: tie("steps"),
        caught: tie("steps"),
      }),
      fc.record({
        kind: fc.constant("finally"),
        body: tie("steps"),
        after: tie("steps"),
      }),
    ),
  }),
);

type Generator = StrictAsyncGenerator<number, unknown>;
type Outcome = PromiseSettledResult<unknown>;
const thrown = new Error("thrown in");

/** What can be called, and whether its outcome tells that the generator has ended. */
const calls = {
  asend: {
    make: (generator: Generator) => generator.asend(undefined),
    ends: ({ status }: Outcome) => status === "rejected",
  },
  next: {
    make: (generator: Generator) => generator.next(),
    ends: (outcome: Outcome) =>
      outcome.status === "rejected" ||
      (outcome.value as IteratorResult<unknown>).done === true,
  },
  athrow: {
    make: (generator: Generator) => generator.athrow(thrown),
    ends: ({ status }: Outcome) => status === "rejected",
  },
  aclose: {
    make: (generator: Generator) => generator.aclose(),
    ends: () => true,
  },
};
const someCalls = fc.array(
  fc.constantFrom(...(Object.keys(calls) as (keyof typeof calls)[])),
  { minLength: 1, maxLength: 10 },
);

describe("asyncGenerator(): whatever is called", () => {
  it("is never left running", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, someCalls, async (steps, names) => {
        const generator = create(steps);

        for (const name of names) {
          await Promise.allSettled([calls[name].make(generator)]);

          expect(generator.running).toBe(false);
        }
      }),
    );
  });

  it("gives StopAsyncIteration for ever once it has ended", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, someCalls, async (steps, names) => {
        const generator = create(steps);
        let ended = false;

        for (const name of names) {
          const [outcome] = await Promise.allSettled([
            calls[name].make(generator),
          ]);
          ended ||= calls[name].ends(outcome);
          if (!ended) continue;
          const [again] = await Promise.allSettled([
            generator.asend(undefined),
          ]);

          expect(again).toEqual({
            status: "rejected",
            reason: expect.any(StopAsyncIteration) as unknown,
          });
        }
      }),
    );
  });

  it("refuses each call while another is under way, and only then", async () => {
    await fc.assert(
      fc.asyncProperty(
        someSteps,
        fc.array(fc.tuple(someCalls, fc.boolean()), { maxLength: 5 }),
        async (steps, rounds) => {
          const generator = create(steps);

          for (const [names] of rounds) {
            const outcomes = await Promise.allSettled(
              names.map((name) => {
                const busy = generator.running;
                return calls[name].make(generator).then(
                  () => ({ busy, refused: false }),
                  (error: unknown) => ({
                    busy,
                    refused: error instanceof BusyError,
                  }),
                );
              }),
            );

            for (const outcome of outcomes) {
              expect(outcome).toMatchObject({ status: "fulfilled" });
              const { busy, refused } = (
                outcome as PromiseFulfilledResult<{
                  busy: boolean;
                  refused: boolean;
                }>
              ).value;
              expect(refused).toBe(busy);
            }
            expect(generator.running).toBe(false);
          }
        },
      ),
    );
  });
});
