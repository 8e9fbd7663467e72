import { CONTINUE } from "../engine/cursor.ts";
import { createKind, type Kind } from "../engine/step.ts";

/** An item that was found. */
export interface Found<T> {
  readonly value: T;
}

/**
 * Reads until the callback's answer is as true or false as `argument`; the item is in
 * `state` then, as a {@link Found}.
 */
export const FIND: Kind = createKind((step, answer, value) => {
  if (Boolean(answer) === step.argument) {
    step.state = { value };
    step.machine.stop(step.position);
  }
  return CONTINUE;
});
