import fc from "fast-check";
import { from } from "sluice";
import { describe, expect, it } from "vitest";
import { CloseError, consume, explore, leaves, rarely } from "./explore.ts";

const plans = fc.record({
  count: fc.nat(5),
  fails: fc.boolean(),
  closeFails: rarely,
  capacity: fc.integer({ min: 1, max: 3 }),
  leaves: fc.array(leaves, { minLength: 1, maxLength: 3 }),
});

describe("tee()", () => {
  it("gives each reader all items in order, and holds at most its capacity", () =>
    explore(plans, async (world, plan) => {
      const { count, capacity, fails, closeFails } = plan;
      const items = Array.from({ length: count }, (_, index) => index);
      const failure = fails ? new Error("source") : undefined;
      const source = world.source("source", items, {
        failure,
        closeFailure: closeFails ? new CloseError("close") : undefined,
      });
      const branches = from(source).tee(plan.leaves.length, { capacity });
      const taken = branches.map(() => 0);
      const isReading = branches.map(() => true);

      const outcomes = await world.settle(
        Promise.all(
          branches.map(async (branch, index) => {
            const leave = plan.leaves[index] ?? { how: "never" };
            const outcome = await consume(world, branch, leave, () => {
              taken[index] = (taken[index] ?? 0) + 1;
              const slowest = Math.min(
                ...taken.filter((_, other) => isReading[other]),
              );
              const [{ pulled } = { pulled: 0 }] = world.sources;
              // The slowest has not been told of the one that it was given.
              expect(pulled - slowest).toBeLessThanOrEqual(capacity + 1);
            });
            isReading[index] = false;
            return outcome;
          }),
        ),
      );

      for (const { values, end, error } of outcomes) {
        expect(values).toEqual(items.slice(0, values.length));
        if (end !== "left") expect(values).toEqual(items);
        if (end === "ended") expect(fails).toBe(false);
        if (end === "failed") expect(error).toBe(failure);
      }
    }));
});
