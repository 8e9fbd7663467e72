import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives, for each item, the last `argument` items, once there are as many. */
export const WINDOWS: Kind = {
  start(this: Step) {
    this.state = [];
  },
  push(this: Step, value) {
    const size = Number(this.argument);
    const before = this.state as readonly unknown[];
    const window = [...before.slice(before.length < size ? 0 : 1), value];
    this.state = window;
    // A copy, which may be changed.
    return window.length < size ? CONTINUE : this.next.push([...window]);
  },
};
