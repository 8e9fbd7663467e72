import { isThenable } from "../../core/thenable.ts";
import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives the items for which the callback answers true. */
export const FILTER: Kind = {
  push(this: Step, value) {
    this.count++;
    const passes = this.callback(value, this.context);
    if (passes === true) return this.next.push(value);
    if (passes === false) return CONTINUE;
    if (isThenable(passes)) return this.hold(passes, value);
    return passes ? this.next.push(value) : CONTINUE;
  },
  back(this: Step, passes) {
    return passes ? this.next.push(this.held) : CONTINUE;
  },
};
