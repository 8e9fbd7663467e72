import type { Settings } from "../engine/settings.ts";
import type { Callback, StepPlan } from "../engine/step.ts";
import { checkInner } from "../transform/flat-map.ts";
import { MAP } from "../transform/map.ts";
import { preload } from "./preload.ts";
import type { Work } from "./slot.ts";

/** Makes work of steps that look at one item at a time; none, if none has a callback. */
export function createWork(plans: readonly StepPlan[]): Work | undefined {
  return plans.reduceRight<Work | undefined>(
    (next, { kind, callback }) =>
      callback === undefined ? next : { kind, callback, next, count: 0 },
    undefined,
  );
}

/** Makes work of a callback that gives sources: each is opened, and an item loaded. */
export function createPreload(
  callback: Callback,
  settings: Settings,
): Work | undefined {
  const open = (source: unknown): unknown => {
    checkInner(source);
    return preload(source, settings);
  };
  return createWork([
    { kind: MAP, callback },
    { kind: MAP, callback: open },
  ]);
}
