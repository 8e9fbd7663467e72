import { describe } from "./describe.ts";

/** @throws {TypeError} If a duration or a moment is not a number. */
export function checkDuration(ms: unknown): asserts ms is number {
  if (Number(ms) !== ms) {
    throw new TypeError(
      `Cannot wait for ${describe(ms)} ms: it is not a number`,
    );
  }
}
