import { CONTINUE } from "../engine/cursor.ts";
import { createKind, type Kind } from "../engine/step.ts";

/** Gives items as long as the callback answers true. */
export const TAKE_WHILE: Kind = createKind((step, passes, item) => {
  if (passes) return step.next.push(item);
  step.machine.stop(step.position);
  return CONTINUE;
});
