import { describe } from "./describe.ts";

/** @throws {TypeError} If a duration is not a number. */
export function checkDuration(name: string, ms: unknown): asserts ms is number {
  if (typeof ms !== "number" || Number.isNaN(ms)) {
    throw new TypeError(
      `Cannot call ${name}() with ${describe(ms)} as milliseconds: it is not a number`,
    );
  }
}
