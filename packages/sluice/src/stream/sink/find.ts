import { isThenable } from "../../core/thenable.ts";
import { CONTINUE, type Status } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** An item that was found. */
export interface Found<T> {
  readonly value: T;
}

/**
 * Reads until the callback's answer is as true or false as `argument`; the item is in
 * `state` then, as a {@link Found}.
 */
export const FIND: Kind = {
  push(this: Step, value) {
    this.count++;
    const answer = this.callback(value, this.context);
    return isThenable(answer)
      ? this.hold(answer, value)
      : judge(this, answer, value);
  },
  back(this: Step, answer) {
    return judge(this, answer, this.held);
  },
};

function judge(step: Step, answer: unknown, value: unknown): Status {
  if (Boolean(answer) === step.argument) {
    step.state = { value };
    step.machine.stop(step.position);
  }
  return CONTINUE;
}
