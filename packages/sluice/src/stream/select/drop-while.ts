import { isThenable } from "../../core/thenable.ts";
import { CONTINUE, type Status } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives items from the first on for which the callback answers false. */
export const DROP_WHILE: Kind = {
  push(this: Step, value) {
    if (this.state === true) return this.next.push(value);
    this.count++;
    const drops = this.callback(value, this.context);
    return isThenable(drops)
      ? this.hold(drops, value)
      : give(this, drops, value);
  },
  back(this: Step, drops) {
    return give(this, drops, this.held);
  },
};

function give(step: Step, drops: unknown, value: unknown): Status {
  if (drops) return CONTINUE;
  step.state = true;
  return step.next.push(value);
}
