import { isThenable } from "../../core/thenable.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives what the callback makes of each item. */
export const MAP: Kind = {
  push(this: Step, value) {
    this.count++;
    const mapped = this.callback(value, this.context);
    return isThenable(mapped)
      ? this.hold(mapped, undefined)
      : this.next.push(mapped);
  },
  back(this: Step, mapped) {
    return this.next.push(mapped);
  },
};
