import fc from "fast-check";
import { from } from "sluice";
import { describe, expect, it } from "vitest";
import {
  CloseError,
  explore,
  leaves,
  rarely,
  read,
  type Leave,
  type Outcome,
} from "./explore.ts";
import type { Load, World } from "./world.ts";

/** A source of the numbers from 0, and a callback that some of them make fail. */
interface Plan {
  readonly count: number;
  readonly concurrency: number;
  readonly ordered: boolean;
  /** The callback fails for these. */
  readonly failing: readonly number[];
  readonly sourceFails: boolean;
  readonly closeFails: boolean;
  readonly leave: Leave;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  count: fc.nat(6),
  concurrency: fc.integer({ min: 1, max: 4 }),
  ordered: fc.boolean(),
  failing: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.uniqueArray(fc.nat(6), { maxLength: 2 }),
  ),
  sourceFails: fc.boolean(),
  closeFails: rarely,
  leave: leaves,
});

describe("map() and filter() with concurrency", () => {
  it("map() gives each result once, in order if ordered, at most n under way", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, plan);
      const stream = from(run.source).map(
        run.callback((item) => item),
        plan,
      );

      const outcome = await read(world, stream, plan.leave, run.take);

      run.check(outcome, range(plan.count));
    }));

  it("filter() gives each item that passes once, in order if ordered", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, plan);
      const isOdd = (item: number): boolean => item % 2 === 1;
      const stream = from(run.source).filter(run.callback(isOdd), plan);

      const outcome = await read(world, stream, plan.leave, run.take);

      run.check(outcome, range(plan.count).filter(isOdd));
    }));

  it("buffered() runs the steps right above it so, in order", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, { ...plan, ordered: true });
      const stream = from(run.source)
        .map(run.callback((item) => item))
        .buffered(plan.concurrency);

      const outcome = await read(world, stream, plan.leave, run.take);

      run.check(outcome, range(plan.count));
    }));

  it("unordered() lets them come as they are there", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, { ...plan, ordered: false });
      const stream = from(run.source)
        .map(run.callback((item) => item))
        .unordered()
        .buffered(plan.concurrency);

      const outcome = await read(world, stream, plan.leave, run.take);

      run.check(outcome, range(plan.count));
    }));

  it("limit() caps how many are under way within what is loaded ahead", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, { ...plan, ordered: true });
      const stream = from(run.source)
        .map(run.callback((item) => item))
        .limit(plan.concurrency)
        .buffered(plan.concurrency + 2);

      const outcome = await read(world, stream, plan.leave, run.take);

      run.check(outcome, range(plan.count), plan.concurrency + 2);
    }));
});

describe("buffered()", () => {
  it("gives all items in order, and loads at most n ahead", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, { ...plan, failing: [], ordered: true });
      const stream = from(run.source).buffered(plan.concurrency);

      const outcome = await read(world, stream, plan.leave, run.take);

      run.check(outcome, range(plan.count));
    }));
});

/** The model: what may come of a plan, and what may be under way meanwhile. */
class Run {
  readonly source: AsyncIterable<number>;
  readonly #world: World;
  readonly #plan: Plan;
  readonly #load: Load;
  readonly #failures = new Map<number, Error>();
  readonly #sourceFailure = new Error("source");
  #taken = 0;
  #mostAhead = 0;

  constructor(world: World, plan: Plan) {
    this.#world = world;
    this.#plan = plan;
    this.#load = world.load();
    for (const item of plan.failing) {
      this.#failures.set(item, new Error(`item ${item}`));
    }
    this.source = world.source("source", range(plan.count), {
      failure: plan.sourceFails ? this.#sourceFailure : undefined,
      closeFailure: plan.closeFails ? new CloseError("close") : undefined,
    });
  }

  callback<R>(answer: (item: number) => R): (item: number) => Promise<R> {
    return this.#world.callback("callback", this.#load, (item: number) => {
      const failure = this.#failures.get(item);
      if (failure !== undefined) this.#world.raise(failure);
      return answer(item);
    });
  }

  readonly take = (): void => {
    const [source] = this.#world.sources;
    const pulled = source?.pulled ?? 0;
    this.#mostAhead = Math.max(this.#mostAhead, pulled - this.#taken++);
  };

  /** @param wanted What comes out if nothing fails and nobody leaves. */
  check(
    { values, end, error }: Outcome<number>,
    wanted: readonly number[],
    ahead = this.#plan.concurrency,
  ): void {
    const { count, concurrency, ordered, sourceFails, leave } = this.#plan;
    expect(this.#load.most).toBeLessThanOrEqual(concurrency);
    // The one that is taken has made room for another.
    if (wanted.length === count) {
      expect(this.#mostAhead).toBeLessThanOrEqual(ahead + 1);
    }
    const failing = range(count).filter((item) => this.#failures.has(item));
    const passing = wanted.filter((item) => !this.#failures.has(item));
    const known = [...failing.map((item) => this.#failures.get(item))];
    if (sourceFails) known.push(this.#sourceFailure);
    if (ordered) {
      // A failure comes in its place, after the items before it.
      const first = failing[0] ?? count;
      const before = wanted.filter((item) => item < first);
      expect(values).toEqual(before.slice(0, values.length));
      if (end !== "left") expect(values).toEqual(before);
      if (end === "failed") expect(error).toBe(known[0]);
    } else {
      expect(new Set(values).size).toBe(values.length);
      expect(passing).toEqual(expect.arrayContaining([...values]));
      if (end === "ended") expect(values).toHaveLength(passing.length);
      if (end === "failed") expect(known).toContain(error);
    }
    if (end === "ended") expect(known).toEqual([]);
    if (leave.how === "never" && known.length > 0) expect(end).toBe("failed");
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
