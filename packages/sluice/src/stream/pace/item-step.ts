import type { Kind, Step, StepPlan } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import { MAP } from "../transform/map.ts";
import { TAP } from "../transform/tap.ts";

/** Does nothing by itself: marks a place in a plan. */
export const MARK: Kind = {
  push(this: Step, value) {
    return this.next.push(value);
  },
};

/** Whether a step looks at one item at a time, so that it may be run for several. */
export function isItemStep(plan: object): boolean {
  const { kind } = plan as Partial<StepPlan>;
  return kind === MAP || kind === FILTER || kind === TAP || kind === MARK;
}
