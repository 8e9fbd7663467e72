import { isThenable } from "./thenable.ts";

/**
 * Gives a value back, unless it is a promise, where nothing would wait for one.
 *
 * @throws {TypeError} If it is a promise; a late failure of it is dropped then.
 */
export function refusePromise<T>(value: T, where: string): T {
  if (!isThenable(value)) return value;
  // The misuse is what is reported; what the promise fails with comes of it.
  Promise.resolve(value).catch(() => undefined);
  throw new TypeError(
    `Cannot return a promise from ${where}: nothing would wait for it; use the async twin`,
  );
}
