import { CONTINUE, type Status } from "../engine/cursor.ts";
import { createKind, type Kind, type Step } from "../engine/step.ts";

/** Gives items from the first on for which the callback answers false. */
export const DROP_WHILE: Kind = createKind((step, drops, item) => {
  if (drops) return CONTINUE;
  step.push = giveAll;
  return step.next.push(item);
});

function giveAll(this: Step, item: unknown): Status {
  return this.next.push(item);
}
