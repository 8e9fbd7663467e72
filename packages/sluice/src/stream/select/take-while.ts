import { isThenable } from "../../core/thenable.ts";
import { CONTINUE, type Status } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives items as long as the callback answers true. */
export const TAKE_WHILE: Kind = {
  push(this: Step, value) {
    this.count++;
    const passes = this.callback(value, this.context);
    return isThenable(passes)
      ? this.hold(passes, value)
      : give(this, passes, value);
  },
  back(this: Step, passes) {
    return give(this, passes, this.held);
  },
};

function give(step: Step, passes: unknown, value: unknown): Status {
  if (passes) return step.next.push(value);
  step.machine.stop(step.position);
  return CONTINUE;
}
