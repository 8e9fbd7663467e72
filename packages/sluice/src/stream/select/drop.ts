import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives all but the first items, as many as `argument` says. */
export const DROP: Kind = {
  start(this: Step) {
    this.count = Number(this.argument);
  },
  push(this: Step, value) {
    if (this.count === 0) return this.next.push(value);
    this.count--;
    return CONTINUE;
  },
};
