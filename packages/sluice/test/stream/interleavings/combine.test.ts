import fc from "fast-check";
import { latest, merge, race, zip } from "sluice";
import { describe, expect, it } from "vitest";
import {
  explore,
  CloseError,
  isOfClosing,
  leaves,
  rarely,
  read,
} from "./explore.ts";
import type { World } from "./world.ts";

/** An item of the source `from`, its `at`th. */
type Item = readonly [from: number, at: number];

const plans = fc.record({
  sources: fc.array(
    fc.record({
      length: fc.nat(4),
      fails: rarely,
      closeFails: rarely,
      isIterator: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  mode: fc.constantFrom("shortest" as const, "longest", "strict"),
  leave: leaves,
});

type Plan = typeof plans extends fc.Arbitrary<infer P> ? P : never;

describe("several sources into one", () => {
  it("merge() gives all items once, those of a source in order, until one fails", () =>
    explore(plans, async (world, plan) => {
      const { sources, failures } = createSources(world, plan);

      const { values, end, error } = await read(
        world,
        merge(...sources),
        plan.leave,
      );

      for (const [index, { length }] of plan.sources.entries()) {
        const given = values.filter(([from]) => from === index);
        expect(given).toEqual(listItems(index, given.length));
        expect(given.length).toBeLessThanOrEqual(length);
        if (end === "ended") expect(given).toHaveLength(length);
      }
      checkEnd({ end, error, failures });
      if (plan.leave.how === "never") {
        expect(end).toBe(failures.length === 0 ? "ended" : "failed");
      }
    }));

  it("race() gives the items of one source, whichever it is", () =>
    explore(plans, async (world, plan) => {
      const { sources, failures } = createSources(world, plan);

      const { values, end, error } = await read(
        world,
        race(...sources),
        plan.leave,
      );

      const winner = values[0]?.[0];
      if (winner !== undefined) {
        expect(values).toEqual(listItems(winner, values.length));
        const { length, fails } = plan.sources[winner] ?? {};
        if (end !== "left") expect(values).toHaveLength(length ?? NaN);
        if (end === "ended") expect(fails).toBe(false);
      } else if (end === "ended") {
        // The first answer was an end.
        expect(plan.sources).toContainEqual(
          expect.objectContaining({ length: 0, fails: false }),
        );
      }
      checkEnd({ end, error, failures, mayEndBefore: true });
    }));

  it("latest() gives what is newest of each, once for every item", () =>
    explore(plans, async (world, plan) => {
      const { sources, failures } = createSources(world, plan);

      const { values, end, error } = await read(
        world,
        latest(...sources),
        plan.leave,
      );

      let before: readonly number[] | undefined;
      for (const row of values as Item[][]) {
        expect(row.map(([from]) => from)).toEqual([...plan.sources.keys()]);
        const positions = row.map(([, at]) => at);
        const steps = positions.map(
          (at, index) => at - (before?.[index] ?? at),
        );
        // One of them has gone one step on, and nothing was passed over.
        if (before !== undefined) expect(steps.toSorted().at(-1)).toBe(1);
        expect(steps.reduce((sum, step) => sum + step, 0)).toBe(
          before === undefined ? 0 : 1,
        );
        before = positions;
      }
      const isHopeless = plan.sources.some(({ length }) => length === 0);
      if (isHopeless) expect(values).toEqual([]);
      else if (end === "ended") {
        expect(before).toEqual(plan.sources.map(({ length }) => length - 1));
      }
      checkEnd({ end, error, failures, mayEndBefore: isHopeless });
    }));

  it("zip() gives rows of one item of each, and ends as its mode says", () =>
    explore(plans, async (world, plan) => {
      const { sources, failures } = createSources(world, plan);
      const { mode, leave } = plan;

      const { values, end, error } = await read(
        world,
        zip(sources, { mode }),
        leave,
      );

      const lengths = plan.sources.map(({ length }) => length);
      const least = Math.min(...lengths);
      const most = mode === "longest" ? Math.max(...lengths) : least;
      const rows = Array.from({ length: most }, (_, at) =>
        lengths.map((length, from) => (at < length ? [from, at] : undefined)),
      );
      expect(values).toEqual(rows.slice(0, values.length));
      if (end === "ended") expect(values).toHaveLength(rows.length);
      const isUneven = lengths.some((length) => length > least);
      checkEnd({
        end,
        error,
        failures,
        // In one row one may end while another fails.
        mayEndBefore: mode === "shortest",
        isOwn: (raised) =>
          mode === "strict" && isUneven && raised instanceof TypeError,
      });
      if (mode === "strict" && isUneven) expect(end).not.toBe("ended");
    }));
});

function createSources(
  world: World,
  { sources }: Plan,
): {
  readonly sources: AsyncIterable<Item>[];
  /** What they fail with when they are read. */
  readonly failures: readonly Error[];
} {
  const failures: Error[] = [];
  const made = sources.map(
    ({ length, fails, closeFails, isIterator }, index) => {
      const failure = fails ? new Error(`of ${index}`) : undefined;
      if (failure !== undefined) failures.push(failure);
      return world.source(`source ${index}`, listItems(index, length), {
        failure,
        closeFailure: closeFails ? new CloseError(`close ${index}`) : undefined,
        isIterator,
      });
    },
  );
  return { sources: made, failures };
}

function listItems(from: number, length: number): Item[] {
  return Array.from({ length }, (_, at) => [from, at]);
}

interface Ending {
  readonly end: string;
  readonly error?: unknown;
  readonly failures: readonly Error[];
  /** Whether it may end although a source would fail. */
  readonly mayEndBefore?: boolean;
  /** Whether an error is the operator's own. */
  readonly isOwn?: (error: unknown) => boolean;
}

function checkEnd({ end, error, failures, mayEndBefore, isOwn }: Ending): void {
  if (end === "failed" && isOwn?.(error) !== true && !isOfClosing(error)) {
    expect(failures).toContain(error);
  }
  if (end === "ended" && mayEndBefore !== true) expect(failures).toEqual([]);
}
