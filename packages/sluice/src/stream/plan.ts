import { BaseCursor } from "./engine/base-cursor.ts";
import type { Cursor } from "./engine/cursor.ts";
import { Machine } from "./engine/machine.ts";
import { GIVE } from "./engine/open-cursor.ts";
import type { Limiting, Settings } from "./engine/settings.ts";
import { Step, type StepPlan } from "./engine/step.ts";
import type { Stretch } from "./engine/stretch.ts";
import { isItemStep } from "./pace/item-step.ts";
import { findPair } from "./transform/pairs.ts";

/** An operator that is a cursor of its own. */
export interface CursorPlan extends Limiting {
  readonly open: (upstream: Stretch) => Cursor;
  /** Whether it runs the steps right before it for several items at once. */
  readonly absorbs?: boolean;
}

/** The operators of a stream, the last first. */
export interface Plan {
  readonly operator: (StepPlan & Limiting) | CursorPlan;
  readonly before: Plan | undefined;
}

/**
 * Keeps the semaphore of an operator in mind, for those below it.
 *
 * @throws {TypeError} If one above holds permits of it, for which this one would wait while
 * that one waits for it.
 */
export function noteLimit(
  operator: Plan["operator"],
  before: Plan | undefined,
  settings: Settings,
): Settings {
  const { limit, opens } = operator;
  if (typeof limit !== "object") return settings;
  const isAbsorbed = "absorbs" in operator ? isRightAbove : () => false;
  for (const other of settings.limits) {
    // A permit for opening is asked for when the item is there: nobody waits for it then.
    const isHeld = other.opens === true || opens !== true;
    if (other.limit === limit && isHeld && !isAbsorbed(other, before)) {
      throw new TypeError(
        "Cannot limit the stream by a semaphore: it is limited by the same already",
      );
    }
  }
  return { ...settings, limits: [...settings.limits, operator] };
}

/** Whether an operator is among the steps that an absorbing one runs itself. */
function isRightAbove(operator: Limiting, plan: Plan | undefined): boolean {
  if (plan === undefined || !("kind" in plan.operator)) return false;
  return (
    isItemStep(plan.operator) &&
    (plan.operator === operator || isRightAbove(operator, plan.before))
  );
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
      : this.openInto(GIVE).machine;
  }

  /** Makes a machine whose last step is a sink's. */
  openInto(sink: StepPlan): { readonly machine: Machine; readonly last: Step } {
    const machine = new Machine(this.settings);
    const steps: Step[] = [];
    const plans = [...this.plans];
    // Neighbours become one step, in pairs, from the source on.
    for (let plan = plans.shift(); plan !== undefined; plan = plans.shift()) {
      const [second] = plans;
      const pair = second && findPair(plan.kind, second.kind);
      if (pair !== undefined) plans.shift();
      const kind = pair ?? plan.kind;
      steps.push(
        new Step(machine, steps.length, kind, pair ? [plan, second] : [plan]),
      );
    }
    const last = new Step(machine, steps.length, sink.kind, [sink]);
    machine.load(this.source, [...steps, last]);
    return { machine, last };
  }

  detachItemSteps(): readonly StepPlan[] {
    const isOther = (plan: StepPlan): boolean => !isItemStep(plan);
    return this.plans.splice(this.plans.findLastIndex(isOther) + 1);
  }
}
