import { isThenable } from "../../core/thenable.ts";
import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Folds all items into one value, which is in `state`. */
export const REDUCE: Kind = {
  start(this: Step) {
    this.state = this.argument;
  },
  push(this: Step, value) {
    this.count++;
    const reduced = this.callback(this.state, value, this.context);
    if (isThenable(reduced)) return this.hold(reduced, undefined);
    this.state = reduced;
    return CONTINUE;
  },
  back(this: Step, reduced) {
    this.state = reduced;
    return CONTINUE;
  },
};

/** Stands for the result of nothing. */
export const NOTHING: unique symbol = Symbol("nothing");

/** The same, from the first item on. */
export const REDUCE_FIRST: Kind = {
  ...REDUCE,
  start(this: Step) {
    this.state = NOTHING;
  },
  push(this: Step, value) {
    this.count++;
    this.state = value;
    this.push = REDUCE.push;
    return CONTINUE;
  },
};
