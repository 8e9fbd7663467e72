import { describe } from "./describe.ts";

/** @throws {TypeError} If a value is no function. */
export function checkFunction(
  value: unknown,
  act: string,
): asserts value is (...args: readonly unknown[]) => unknown {
  if (typeof value === "function") return;
  throw new TypeError(`Cannot ${act} ${describe(value)}: it is not a function`);
}
