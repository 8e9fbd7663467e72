import { isThenable } from "../../core/thenable.ts";
import type { Status } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives what the callback makes of the result before and each item. */
export const SCAN: Kind = {
  start(this: Step) {
    this.state = this.argument;
  },
  push(this: Step, value) {
    this.count++;
    const result = this.callback(this.state, value, this.context);
    return isThenable(result)
      ? this.hold(result, undefined)
      : give(this, result);
  },
  back(this: Step, result) {
    return give(this, result);
  },
};

/** The same, from the first item on, which is given as it is. */
export const SCAN_FIRST: Kind = {
  ...SCAN,
  push(this: Step, value) {
    this.count++;
    this.push = SCAN.push;
    return give(this, value);
  },
};

function give(step: Step, result: unknown): Status {
  step.state = result;
  return step.next.push(result);
}
