import { isThenable } from "../../core/thenable.ts";
import type { Settings } from "../engine/settings.ts";
import type { Callback, CallContext, StepPlan } from "../engine/step.ts";
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
  const open = (source: unknown, { signal }: CallContext): unknown => {
    const isStopped = signal.aborted;
    checkInner(source, { isStopped });
    // What comes too late is not loaded, but closed.
    return isStopped ? source : preload(source, settings);
  };
  return createWork([
    {
      kind: MAP,
      callback: (item, context) => {
        const source = callback(item, context);
        // It is what every callback is told.
        const told = context as CallContext;
        return isThenable(source)
          ? source.then((opened) => open(opened, told))
          : open(source, told);
      },
    },
  ]);
}
