import fc from "fast-check";
import { from } from "sluice";
import { describe, expect, it } from "vitest";
import {
  explore,
  CloseError,
  isOfClosing,
  leaves,
  rarely,
  read,
} from "./explore.ts";

const plans = fc.record({
  inners: fc.array(
    fc.record({
      length: fc.nat(3),
      fails: rarely,
      closeFails: rarely,
      callbackFails: rarely,
      isIterator: fc.boolean(),
      isLate: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  outerFails: fc.boolean(),
  leave: leaves,
});

describe("switchMap()", () => {
  it("gives items of the newest alone, closes each before the next begins", () =>
    explore(plans, async (world, plan) => {
      const { inners, leave } = plan;
      const failures = inners.map((_, index) => new Error(`of ${index}`));
      const outerFailure = new Error("outer");
      const outer = world.source("outer", [...inners.keys()], {
        failure: plan.outerFails ? outerFailure : undefined,
      });
      const signals: AbortSignal[] = [];
      const stream = from(outer).switchMap(async (index, { signal }) => {
        const inner = inners[index];
        if (inner === undefined)
          throw new RangeError("There is no such source");
        expect(signals.every(({ aborted }) => aborted)).toBe(true);
        expect(countOpen()).toBe(0);
        signals.push(signal);
        if (inner.isLate) await world.turn(`callback(${index})`);
        if (inner.callbackFails) world.raise(failures[index]);
        return world.source(`inner ${index}`, listItems(index, inner.length), {
          isIterator: inner.isIterator,
          failure: inner.fails ? failures[index] : undefined,
          closeFailure: inner.closeFails
            ? new CloseError(`close ${index}`)
            : undefined,
        });
      });
      const countOpen = (): number =>
        world.sources.filter(
          ({ name, isOpen, hasEnded, closed }) =>
            name !== "outer" && isOpen && !hasEnded && closed === 0,
        ).length;

      const { values, end, error } = await read(world, stream, leave);

      let newest = 0;
      for (const [index] of inners.entries()) {
        const given = values.filter(([from]) => from === index);
        expect(given).toEqual(listItems(index, given.length));
      }
      for (const [from] of values) {
        // Nothing of what was switched away from.
        expect(from).toBeGreaterThanOrEqual(newest);
        newest = from;
      }
      const last = inners.at(-1);
      if (end === "ended" && last !== undefined) {
        // The last one is read to its end.
        const index = inners.length - 1;
        const given = values.filter(([from]) => from === index);
        expect(given).toHaveLength(last.length);
        expect(last.fails || last.callbackFails).toBe(false);
      }
      if (end === "ended") expect(plan.outerFails).toBe(false);
      if (end === "failed" && error !== outerFailure && !isOfClosing(error)) {
        expect(failures).toContain(error);
      }
    }));
});

function listItems(
  index: number,
  length: number,
): [from: number, at: number][] {
  return Array.from({ length }, (_, at) => [index, at]);
}
