import fc from "fast-check";
import { from } from "sluice";
import { describe, expect, it } from "vitest";
import { explore, CloseError, leaves, rarely, read } from "./explore.ts";
import type { World } from "./world.ts";

/** What the callback gives for an item. */
const inners = fc.record({
  length: fc.nat(3),
  fails: rarely,
  isIterator: fc.boolean(),
  closeFails: rarely,
  /** Whether the callback takes a turn before it gives it. */
  isLate: fc.boolean(),
});

const plans = fc.record({
  inners: fc.array(inners, { maxLength: 4 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  ordered: fc.boolean(),
  outerFails: fc.boolean(),
  leave: leaves,
});

type Plan = typeof plans extends fc.Arbitrary<infer P> ? P : never;

describe("flatMap() with concurrency", () => {
  it("gives all items of all sources once, at most n open at a time, and closes each", () =>
    explore(plans, async (world, plan) => {
      const failure = plan.outerFails ? new Error("outer") : undefined;
      const outer = world.source("outer", [...plan.inners.keys()], { failure });
      const failures = plan.inners.map((_, index) => new Error(`of ${index}`));
      const stream = from(outer).flatMap(async (index) => {
        const inner = createInner(world, plan, index, failures[index]);
        if (plan.inners[index]?.isLate === true) {
          await world.turn(`callback(${index})`);
        }
        return inner;
      }, plan);

      const { values, end, error } = await read(
        world,
        stream,
        plan.leave,
        () => {
          expect(countOpen(world)).toBeLessThanOrEqual(plan.concurrency);
        },
      );

      const wanted = plan.inners.map((inner, index) => listItems(inner, index));
      const known = failures.filter((_, index) => plan.inners[index]?.fails);
      if (failure !== undefined) known.push(failure);
      for (const [index, items] of wanted.entries()) {
        // The items of each source in their order, none left out.
        const given = values.filter(([from]) => from === index);
        expect(given).toEqual(items.slice(0, given.length));
        if (end === "ended") expect(given).toHaveLength(items.length);
      }
      if (plan.ordered) {
        const firstBad = plan.inners.findIndex(({ fails }) => fails);
        const whole = wanted.slice(0, firstBad < 0 ? undefined : firstBad + 1);
        expect(values).toEqual(whole.flat().slice(0, values.length));
        if (end !== "left") expect(values).toEqual(whole.flat());
        if (end === "failed") expect(error).toBe(known[0]);
      }
      if (end === "ended") expect(known).toEqual([]);
      if (end === "failed") expect(known).toContain(error);
      if (plan.leave.how === "never") {
        expect(end).toBe(known.length === 0 ? "ended" : "failed");
      }
    }));
});

function createInner(
  world: World,
  { inners }: Plan,
  index: number,
  failure: Error | undefined,
): AsyncIterable<[from: number, at: number]> {
  const inner = inners[index];
  if (inner === undefined) throw new RangeError("There is no such source");
  return world.source(`inner ${index}`, listItems(inner, index), {
    isIterator: inner.isIterator,
    failure: inner.fails ? failure : undefined,
    closeFailure: inner.closeFails
      ? new CloseError(`close ${index}`)
      : undefined,
  });
}

function listItems(
  { length }: { readonly length: number },
  index: number,
): [from: number, at: number][] {
  return Array.from({ length }, (_, at) => [index, at]);
}

/** How many of the inner sources are open. */
function countOpen({ sources }: World): number {
  const [, ...inner] = sources;
  return inner.filter(
    ({ isOpen, hasEnded, closed }) => isOpen && !hasEnded && closed === 0,
  ).length;
}
