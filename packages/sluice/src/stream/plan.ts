import { BaseCursor } from "./engine/base-cursor.ts";
import type { Cursor } from "./engine/cursor.ts";
import { Machine } from "./engine/machine.ts";
import { GIVE } from "./engine/open-cursor.ts";
import type { Settings } from "./engine/settings.ts";
import { Step, type StepPlan } from "./engine/step.ts";
import type { Stretch } from "./engine/stretch.ts";
import { isItemStep } from "./pace/item-step.ts";
import type { Limit } from "./pace/limit.ts";
import { findPair } from "./transform/pairs.ts";

/** An operator that is a cursor of its own. */
export interface CursorPlan extends Pace {
  readonly open: (upstream: Stretch) => Cursor;
}

/** How many items an operator works on at a time. */
interface Pace {
  readonly limit?: Limit;
  /** Whether it runs the steps right before it for several items at once. */
  readonly absorbs?: boolean;
  /** Whether what it works on are sources, from opening them to their end. */
  readonly opens?: boolean;
}

/** The operators of a stream, the last first. */
export interface Plan {
  readonly operator: (StepPlan & Pace) | CursorPlan;
  readonly before: Plan | undefined;
}

/**
 * Adds an operator to a plan.
 *
 * @throws {TypeError} If it would hold a permit of a semaphore while it waits for an operator
 * that needs one.
 */
export function extendPlan(
  operator: Plan["operator"],
  before: Plan | undefined,
): Plan {
  const { limit, opens, absorbs } = operator;
  let isAbsorbed = absorbs;
  let plan = typeof limit === "object" ? before : undefined;
  for (; plan !== undefined; plan = plan.before) {
    const other = plan.operator;
    isAbsorbed &&= isItemStep(other);
    // What opens sources holds a permit on, and asks for one when the item is there.
    const waits = !isAbsorbed && (other.opens ?? opens !== true);
    if (waits && other.limit === limit) {
      throw new TypeError(
        "Cannot limit the stream by a semaphore: one above is limited by it",
      );
    }
  }
  return { operator, before };
}

/**
 * Makes the last stretch of a stream's plan; nothing of it runs.
 *
 * @param isAbsorbed Whether what follows runs the steps right before it.
 */
export function openPlan(
  origin: unknown,
  plan: Plan | undefined,
  settings: Settings,
  isAbsorbed = false,
): PlannedStretch {
  if (plan === undefined) return new PlannedStretch(origin, settings);
  const { operator, before } = plan;
  // A mark is a step where it is absorbed, and a cursor by itself elsewhere.
  if ("open" in operator && !(isAbsorbed && "kind" in operator)) {
    const stretch = openPlan(origin, before, settings, operator.absorbs);
    return new PlannedStretch(operator.open(stretch), settings);
  }
  // What is not opened is a step.
  const step = operator as StepPlan;
  const stretch = openPlan(
    origin,
    before,
    settings,
    isAbsorbed && isItemStep(step),
  );
  stretch.plans.push(step);
  return stretch;
}

/** The part of a plan from one cursor to the next. */
export class PlannedStretch implements Stretch {
  readonly source: unknown;
  readonly settings: Settings;
  readonly plans: StepPlan[] = [];

  constructor(source: unknown, settings: Settings) {
    this.source = source;
    this.settings = settings;
  }

  open(): Cursor {
    return this.plans.length === 0 && this.source instanceof BaseCursor
      ? this.source
      : this.openInto(GIVE);
  }

  /** Makes a machine whose last step is a sink's. */
  openInto(sink: StepPlan): Machine {
    const { plans, settings, source } = this;
    const machine = new Machine(settings);
    const steps: Step[] = [];
    // Neighbours become one step, in pairs, from the source on.
    let first: StepPlan | undefined;
    for (let i = 0; i <= plans.length; i++) {
      const second = plans[i] ?? sink;
      if (first === undefined) {
        first = second;
        continue;
      }
      const pair = findPair(first.kind, second.kind);
      const at = steps.length;
      if (pair === undefined) {
        steps.push(new Step(machine, at, first.kind, [first]));
        first = second;
      } else {
        steps.push(new Step(machine, at, pair, [first, second]));
        first = undefined;
      }
    }
    if (first !== undefined) {
      steps.push(new Step(machine, steps.length, first.kind, [first]));
    }
    return machine.load(source, steps);
  }

  detachItemSteps(): readonly StepPlan[] {
    const isOther = (plan: StepPlan): boolean => !isItemStep(plan);
    return this.plans.splice(this.plans.findLastIndex(isOther) + 1);
  }
}
