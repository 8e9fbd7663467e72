import { now } from "../../core/clock.ts";
import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives an item, and drops those that come less than `argument` ms after it. */
export const THROTTLE: Kind = {
  start(this: Step) {
    this.state = -Infinity;
  },
  push(this: Step, value) {
    const moment = now();
    if (moment - Number(this.state) < Number(this.argument)) return CONTINUE;
    this.state = moment;
    return this.next.push(value);
  },
};
