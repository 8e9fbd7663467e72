import { describe } from "../../core/describe.ts";
import { isThenable } from "../../core/thenable.ts";
import type { Status } from "../engine/cursor.ts";
import { isSource } from "../engine/source.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives the items of what the callback makes of each item, one after the other. */
export const FLAT_MAP: Kind = {
  opens: true,
  push(this: Step, value) {
    this.count++;
    const inner = this.callback(value, this.context);
    return isThenable(inner) ? this.hold(inner, undefined) : enter(this, inner);
  },
  back(this: Step, inner) {
    return enter(this, inner);
  },
};

function enter(step: Step, inner: unknown): Status {
  checkInner(inner);
  return step.machine.enter(inner, step.next);
}

/**
 * @throws {TypeError} If a callback gave nothing to iterate over; a string is
 * refused, as in TC39's `flatMap`, where one is hardly ever meant.
 */
export function checkInner(inner: unknown): void {
  if (isSource(inner) && typeof inner !== "string") return;
  throw new TypeError(
    `Cannot go on with ${describe(inner)}: it is not an iterable object`,
  );
}
