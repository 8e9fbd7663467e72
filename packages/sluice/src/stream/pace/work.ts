import { isThenable } from "../../core/thenable.ts";
import type { Settings } from "../engine/settings.ts";
import type { Callback, StepPlan } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import { checkInner } from "../transform/flat-map.ts";
import { MAP } from "../transform/map.ts";
import { preload } from "./preload.ts";
import { SKIPPED, type Work } from "./concurrent.ts";

/** Makes one piece of work out of steps that look at one item at a time. */
export function createWork(plans: readonly StepPlan[]): Work {
  return plans.reduceRight<Work>(
    (rest, plan) => prepend(plan, rest),
    (item) => item,
  );
}

function prepend({ kind, callback }: StepPlan, rest: Work): Work {
  if (callback === undefined) return rest;
  let count = 0;
  return (item, host) => {
    const goOn = (answer: unknown): unknown => {
      if (kind === FILTER && !answer) return SKIPPED;
      return rest(kind === MAP ? answer : item, host);
    };
    if (host.isStopped) return SKIPPED;
    const answer = callback(item, host.createContext(count++));
    return isThenable(answer)
      ? Promise.resolve(answer).then(goOn)
      : goOn(answer);
  };
}

/** Makes work of a callback that gives sources: each is opened, and an item loaded. */
export function createPreload(callback: Callback, settings: Settings): Work {
  const work = createWork([{ kind: MAP, callback }]);
  return (item, host) => {
    const open = (source: unknown): unknown => {
      checkInner(source, host);
      // What comes too late is not loaded, but closed.
      return host.isStopped ? source : preload(source, settings);
    };
    const source = work(item, host);
    return isThenable(source) ? source.then(open) : open(source);
  };
}
