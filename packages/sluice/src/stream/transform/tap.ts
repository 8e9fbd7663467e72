import { isThenable } from "../../core/thenable.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives every item as it is, once the callback has seen it. */
export const TAP: Kind = {
  push(this: Step, value) {
    this.count++;
    const answer = this.callback(value, this.context);
    return isThenable(answer)
      ? this.hold(answer, value)
      : this.next.push(value);
  },
  back(this: Step) {
    return this.next.push(this.held);
  },
};
