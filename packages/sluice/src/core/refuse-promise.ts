import { dropLateError } from "./drop-late-error.ts";
import { isThenable } from "./thenable.ts";

/**
 * Gives a value back, unless it is a promise, where nothing would wait for one.
 *
 * @throws {TypeError} If it is a promise; a late failure of it is dropped then.
 */
export function refusePromise<T>(value: T, where: string): T {
  if (!isThenable(value)) return value;
  dropLateError(value);
  throw new TypeError(
    `Cannot return a promise from a sync ${where}: use asyncWith()`,
  );
}
