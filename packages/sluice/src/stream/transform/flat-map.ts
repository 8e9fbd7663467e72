import { describe } from "../../core/describe.ts";
import { isSource } from "../engine/source.ts";
import { createKind, type Kind } from "../engine/step.ts";

/** Gives the items of what the callback makes of each item, one after the other. */
export const FLAT_MAP: Kind = createKind(
  (step, inner) => {
    checkInner(inner);
    return step.machine.enter(inner, step.next);
  },
  { opens: true },
);

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
