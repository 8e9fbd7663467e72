import { isObject } from "./thenable.ts";

/** Shows a value in a message, without running any code of its own. */
export function describe(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "function") return `'${value.name}'`;
  return isObject(value) ? "the object" : String(value);
}
