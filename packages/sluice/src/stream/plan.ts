import { BaseCursor } from "./engine/base-cursor.ts";
import type { Cursor } from "./engine/cursor.ts";
import { Machine } from "./engine/machine.ts";
import { GIVE } from "./engine/open-cursor.ts";
import type { Settings } from "./engine/settings.ts";
import { Step, type StepPlan } from "./engine/step.ts";
import type { Stretch } from "./engine/stretch.ts";
import { isItemStep } from "./pace/item-step.ts";
import { findPair } from "./transform/pairs.ts";

/** An operator that is a cursor of its own. */
export interface CursorPlan {
  readonly open: (upstream: Stretch) => Cursor;
  /** Whether it runs the steps right before it for several items at once. */
  readonly absorbs?: boolean;
}

/** The operators of a stream, the last first. */
export interface Plan {
  readonly operator: StepPlan | CursorPlan;
  readonly before: Plan | undefined;
}

/** Makes the last stretch of a stream's plan; nothing of it runs. */
export function openPlan(
  origin: unknown,
  plan: Plan | undefined,
  settings: Settings,
): PlannedStretch {
  const operators: Plan["operator"][] = [];
  for (let node = plan; node !== undefined; node = node.before) {
    operators.push(node.operator);
  }
  let stretch = new PlannedStretch(origin, settings);
  for (let at = operators.length; at-- > 0;) {
    // It is within the bounds.
    const operator = operators[at] as Plan["operator"];
    if ("kind" in operator && !isOpenedAlone(operator, operators, at)) {
      stretch.plans.push(operator);
    } else if ("open" in operator) {
      stretch = new PlannedStretch(operator.open(stretch), settings);
    }
  }
  return stretch;
}

/** Whether an operator that may be run by a later one has none that does. */
function isOpenedAlone(
  operator: StepPlan,
  operators: readonly Plan["operator"][],
  at: number,
): boolean {
  if (!("open" in operator)) return false;
  const next = operators
    .slice(0, at)
    .findLast((later) => !("kind" in later && isItemStep(later)));
  return next === undefined || !("absorbs" in next);
}

/** The part of a plan from one cursor to the next. */
export class PlannedStretch implements Stretch {
  readonly plans: StepPlan[] = [];

  readonly source: unknown;
  readonly settings: Settings;

  constructor(source: unknown, settings: Settings) {
    this.source = source;
    this.settings = settings;
  }

  open(): Cursor {
    return this.plans.length === 0 && this.source instanceof BaseCursor
      ? this.source
      : this.openInto(GIVE).machine;
  }

  /** Makes a machine whose last step is a sink's. */
  openInto(sink: StepPlan): { readonly machine: Machine; readonly last: Step } {
    const machine = new Machine(this.settings);
    const { plans } = this;
    plans.push(sink);
    const steps: Step[] = [];
    // Neighbours become one step, in pairs, from the source on.
    for (let at = 0; at < plans.length; at++) {
      // It is within the bounds.
      const first = plans[at] as StepPlan;
      const second = plans[at + 1];
      const pair = second && findPair(first.kind, second.kind);
      if (pair !== undefined) at++;
      const step = new Step(
        machine,
        steps.length,
        pair ?? first.kind,
        first,
        pair && second,
      );
      const previous = steps.at(-1);
      if (previous !== undefined) previous.next = step;
      steps.push(step);
    }
    machine.load(this.source, steps);
    return { machine, last: steps[steps.length - 1] as Step };
  }

  detachItemSteps(): readonly StepPlan[] {
    const isOther = (plan: StepPlan): boolean => !isItemStep(plan);
    return this.plans.splice(this.plans.findLastIndex(isOther) + 1);
  }
}
