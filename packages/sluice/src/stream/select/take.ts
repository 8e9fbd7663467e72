import type { Kind, Step } from "../engine/step.ts";

/** Gives the first items, as many as `argument` says, and asks for no more. */
export const TAKE: Kind = {
  start(this: Step) {
    this.count = Number(this.argument);
    if (this.count === 0) this.machine.stop(this.position);
  },
  push(this: Step, value) {
    if (--this.count === 0) this.machine.stop(this.position);
    return this.next.push(value);
  },
};
