import { isThenable } from "../../core/thenable.ts";
import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Shows every item to the callback, and gives none. */
export const FOR_EACH: Kind = {
  push(this: Step, value) {
    this.count++;
    const answer = this.callback(value, this.context);
    return isThenable(answer) ? this.hold(answer, undefined) : CONTINUE;
  },
  back() {
    return CONTINUE;
  },
};
