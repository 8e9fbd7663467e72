import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  AsyncExitStack,
  asyncWith,
  enter,
  exit,
  ExitStack,
  syncWith,
  type Outcome,
} from "sluice";
import { chainOf, errorOf, raise } from "./failure.ts";

/** What one manager does when it is exited. */
type Act = "pass" | "suppress" | "raise" | "raise again" | "raise nested";

/** A run: what its managers do, from the outermost, and whether the block fails. */
interface Plan {
  readonly acts: readonly Act[];
  readonly fails: boolean;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  acts: fc.array(
    fc.constantFrom<Act[]>(
      "pass",
      "suppress",
      "raise",
      "raise again",
      "raise nested",
    ),
    { maxLength: 8 },
  ),
  fails: fc.boolean(),
});

describe("a stack and nested blocks", () => {
  it("2.2.28 entering in an AsyncExitStack matches nested asyncWith() blocks in order, outcome and contexts", async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        expect(await runInAsyncStack(plan)).toEqual(await runNested(plan));
      }),
    );
  });

  it("2.2.28a entering in an ExitStack matches nested syncWith() blocks in order, outcome and contexts", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(runInStack(plan)).toEqual(runNestedSync(plan));
      }),
    );
  });
});

/** Notes what happens in one run, in words, so that two runs can be compared. */
class Recorder {
  readonly events: string[] = [];

  manage(act: Act, index: number) {
    const begin = (): void => {
      this.events.push(`enter ${index}`);
    };
    const end = (outcome: Outcome): boolean => {
      const told = errorOf(outcome);
      this.events.push(`exit ${index}: ${told ? tell(told.error) : "ok"}`);
      return perform(act, index, outcome);
    };
    return { [enter]: begin, [exit]: end };
  }

  manageAsync(act: Act, index: number) {
    const { [enter]: begin, [exit]: end } = this.manage(act, index);
    return {
      [asyncEnter]: async () => begin(),
      [asyncExit]: async (outcome: Outcome) => end(outcome),
    };
  }

  block({ fails }: Plan): string {
    this.events.push("block");
    if (fails) raise(new Error("block"));
    return "result";
  }

  /**
   * Notes a good end. The value is left out: it stays with a stack when one exit
   * throws after success and an outer one suppresses it, as in Python.
   */
  end(): string[] {
    return [...this.events, "ended well"];
  }

  fail(error: unknown): string[] {
    return [...this.events, `error: ${tell(error)}`];
  }
}

function perform(act: Act, index: number, outcome: Outcome): boolean {
  if (act === "raise") raise(new Error(`${index}`));
  if (act === "raise again" && outcome.status === "error") raise(outcome.error);
  if (act === "raise nested") {
    const exit = (): void => void raise(new Error(`${index} outer`));
    syncWith({ [Symbol.dispose]: exit }, () =>
      raise(new Error(`${index} inner`)),
    );
  }
  return act === "suppress";
}

/** Shows an error with its contexts and its causes. */
function tell(error: unknown): string {
  return chainOf(error)
    .map((link) => (link as Error).message)
    .join(" < ");
}

async function runNested(plan: Plan): Promise<string[]> {
  const recorder = new Recorder();
  let run = async (): Promise<unknown> => recorder.block(plan);
  for (const [index, act] of [...plan.acts.entries()].reverse()) {
    const inner = run;
    run = () => asyncWith(recorder.manageAsync(act, index), inner);
  }
  return run().then(
    () => recorder.end(),
    (error: unknown) => recorder.fail(error),
  );
}

async function runInAsyncStack(plan: Plan): Promise<string[]> {
  const recorder = new Recorder();
  return asyncWith(new AsyncExitStack(), async (stack) => {
    for (const [index, act] of plan.acts.entries()) {
      await stack.enter(recorder.manageAsync(act, index));
    }
    return recorder.block(plan);
  }).then(
    () => recorder.end(),
    (error: unknown) => recorder.fail(error),
  );
}

function runNestedSync(plan: Plan): string[] {
  const recorder = new Recorder();
  let run = (): unknown => recorder.block(plan);
  for (const [index, act] of [...plan.acts.entries()].reverse()) {
    const inner = run;
    run = () => syncWith(recorder.manage(act, index), inner);
  }
  try {
    run();
    return recorder.end();
  } catch (error) {
    return recorder.fail(error);
  }
}

function runInStack(plan: Plan): string[] {
  const recorder = new Recorder();
  try {
    syncWith(new ExitStack(), (stack) => {
      for (const [index, act] of plan.acts.entries()) {
        stack.enter(recorder.manage(act, index));
      }
      return recorder.block(plan);
    });
    return recorder.end();
  } catch (error) {
    return recorder.fail(error);
  }
}
