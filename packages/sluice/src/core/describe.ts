import { isObject } from "./thenable.ts";

/** Shows a value in a message, without running any code of its own. */
export function describe(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  return isObject(value) ? "the object" : String(value);
}
