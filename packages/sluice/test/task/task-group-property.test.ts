import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asyncWith,
  guard,
  isCancelled,
  TaskGroup,
  TaskGroupError,
} from "sluice";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

/** What a task does once it has started its children, if nobody stops it. */
type Ending = "finish" | "fail" | "cancel the group" | "throw at once";

/** What a task does when it is told to stop: stop, fail, or go on. */
type Manners = "obey" | "fail" | "ignore";

interface Plan {
  readonly ending: Ending;
  readonly manners: Manners;
  readonly children: readonly Plan[];
}

const { plan: somePlan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    ending: fc.oneof(
      { weight: 4, arbitrary: fc.constant<Ending>("finish") },
      fc.constantFrom<Ending[]>("fail", "cancel the group", "throw at once"),
    ),
    manners: fc.constantFrom<Manners[]>("obey", "fail", "ignore"),
    children: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant([]),
      fc.array(tie("plan"), { minLength: 1, maxLength: 3 }),
    ),
  }),
}));

/** Runs plans in a group, in any order of steps, and keeps the books. */
class Run {
  /** How many tasks have begun and not ended. */
  running = 0;
  /** What was thrown by tasks that failed, in order. */
  readonly failures: unknown[] = [];
  readonly #scheduler: fc.Scheduler;
  readonly #group: TaskGroup;

  constructor(scheduler: fc.Scheduler, group: TaskGroup) {
    this.#scheduler = scheduler;
    this.#group = group;
  }

  readonly spawn = (plan: Plan): void => {
    this.#group.spawn((signal) => {
      if (plan.ending === "throw at once") throw this.#fail("at once");
      return this.#follow(plan, signal);
    });
  };

  async #follow(plan: Plan, signal: AbortSignal): Promise<void> {
    this.running += 1;
    try {
      await this.#pause(plan, signal);
      this.#spawnAll(plan);
      await this.#pause(plan, signal);
      if (plan.ending === "fail") throw this.#fail("ending");
      if (plan.ending === "cancel the group") this.#group.cancel();
    } finally {
      this.running -= 1;
    }
  }

  /** Spawns the children; nothing more is spawned by one that is cancelled. */
  #spawnAll({ children, manners }: Plan): void {
    try {
      children.forEach(this.spawn);
    } catch (error) {
      if (manners !== "ignore") throw error;
    }
  }

  async #pause({ manners }: Plan, signal: AbortSignal): Promise<void> {
    const step = this.#scheduler.schedule(Promise.resolve(), "step");
    if (manners === "ignore") return step;
    try {
      await guard(step, signal);
    } catch (error) {
      if (manners === "obey") throw error;
      await this.#scheduler.schedule(Promise.resolve(), "clean-up");
      throw this.#fail("clean-up");
    }
  }

  #fail(message: string): Error {
    const error = new Error(message);
    this.failures.push(error);
    return error;
  }
}

interface Report {
  readonly run: Run;
  readonly outcome: PromiseSettledResult<unknown>;
  /** What the block itself threw, if it got that far. */
  readonly blockErrors: readonly Error[];
  /** How many tasks ran when the block settled. */
  readonly left: number;
}

/** Runs a block that starts tasks, and itself may fail or be cancelled from outside. */
async function runBlock(
  scheduler: fc.Scheduler,
  plans: readonly Plan[],
  { blockFails, abortsOuter }: { blockFails: boolean; abortsOuter: boolean },
): Promise<Report> {
  const outer = new AbortController();
  const group = new TaskGroup({ signal: outer.signal });
  const run = new Run(scheduler, group);
  const blockErrors: Error[] = [];
  const aborting = abortsOuter
    ? scheduler.schedule(Promise.resolve(), "outer").then(() => {
        outer.abort();
      })
    : undefined;
  let left = -1;

  const block = asyncWith(group, async () => {
    for (const plan of plans) {
      await scheduler.schedule(Promise.resolve(), "spawn");
      run.spawn(plan);
    }
    if (!blockFails) return;
    blockErrors.push(new Error("block"));
    throw blockErrors[0];
  }).finally(() => {
    left = run.running;
  });
  const settled = Promise.allSettled([block]);
  await scheduler.waitIdle();
  const [outcome] = await settled;
  await aborting;
  return { run, outcome, blockErrors, left };
}

function checkProperty(check: (report: Report) => void): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(somePlan, { minLength: 1, maxLength: 4 }),
      fc.record({ blockFails: fc.boolean(), abortsOuter: fc.boolean() }),
      async (scheduler, plans, block) => {
        check(await runBlock(scheduler, plans, block));
      },
    ),
    { numRuns: 300 },
  );
}

describe("TaskGroup: whatever the tasks do", () => {
  it("none is running when the block settles", async () => {
    await checkProperty(({ left }) => {
      expect(left).toBe(0);
    });
  });

  it("the errors are those of the tasks that failed, in order, and then the block's", async () => {
    await checkProperty(({ run, outcome, blockErrors }) => {
      const errors =
        outcome.status === "rejected" &&
        outcome.reason instanceof TaskGroupError
          ? outcome.reason.errors
          : [];

      expect(errors).toEqual([...run.failures, ...blockErrors]);
    });
  });

  it("a block that rejects without failures was cancelled", async () => {
    await checkProperty(({ run, outcome }) => {
      const bare =
        outcome.status === "rejected" &&
        !(outcome.reason instanceof TaskGroupError);

      expect(bare && run.failures.length > 0).toBe(false);
      expect(!bare || isCancelled(outcome.reason)).toBe(true);
    });
  });

  it("no rejection is unhandled", async () => {
    const unhandled = await findUnhandledRejections(() =>
      checkProperty(() => undefined),
    );

    expect(unhandled).toEqual([]);
  });
});
