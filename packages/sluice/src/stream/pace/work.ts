import { isThenable } from "../../core/thenable.ts";
import type { CallContext, StepPlan } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import { MAP } from "../transform/map.ts";

/** What is done with one item; a promise, where it has to be waited for. */
export type Work = (item: unknown) => unknown;

/** What work gives for an item that is not to be given. */
export const SKIPPED: unique symbol = Symbol("skipped");

/** Makes one piece of work out of steps that look at one item at a time. */
export function createWork(
  plans: readonly StepPlan[],
  createContext: (index: number) => CallContext,
): Work {
  const counts = plans.map(() => 0);
  /** Goes on with an item at a step. */
  function goOn(item: unknown, from: number): unknown {
    let value = item;
    for (let at = from; at < plans.length; at++) {
      // It is within the bounds.
      const { kind, callback } = plans[at] as StepPlan;
      if (callback === undefined) continue;
      const index = counts[at] ?? 0;
      counts[at] = index + 1;
      const answer = callback(value, createContext(index));
      if (isThenable(answer)) {
        const held = value;
        return Promise.resolve(answer).then((settled) => {
          const next = apply(kind, settled, held);
          return next === SKIPPED ? next : goOn(next, at + 1);
        });
      }
      value = apply(kind, answer, value);
      if (value === SKIPPED) break;
    }
    return value;
  }
  return (item) => goOn(item, 0);
}

function apply(
  kind: StepPlan["kind"],
  answer: unknown,
  item: unknown,
): unknown {
  if (kind === MAP) return answer;
  return kind === FILTER && !answer ? SKIPPED : item;
}
