import { describe } from "../../core/describe.ts";
import { isSource } from "../engine/source.ts";
import { createKind, type Kind } from "../engine/step.ts";

/** Gives the items of what the callback makes of each item, one after the other. */
export const FLAT_MAP: Kind = createKind(
  (step, inner) => {
    checkInner(inner, step.machine);
    return step.machine.enter(inner, step.next);
  },
  { opens: true },
);

/**
 * Looks at what a callback gave, unless it comes too late: then it is only closed.
 *
 * @throws {TypeError} If it is nothing to iterate over; a string is refused, as in
 * TC39's `flatMap`, where one is hardly ever meant.
 */
export function checkInner(
  inner: unknown,
  { isStopped }: { readonly isStopped: boolean },
): void {
  if (isStopped) return;
  if (isSource(inner) && typeof inner !== "string") return;
  throw new TypeError(
    `Cannot go on with ${describe(inner)}: it is not an iterable object`,
  );
}
