import { isThenable } from "./thenable.ts";

/** What is there at once, or comes later. */
export type Soon<T> = T | PromiseLike<T>;

/**
 * Goes on with what a call gives or throws: at once or, for a promise, later.
 *
 * @returns What the handler gives; a promise only where the call gave one.
 */
export function whenDone<T, R>(
  call: () => Soon<T>,
  onValue: (value: T) => Soon<R>,
  onError: (error: unknown) => Soon<R>,
): Soon<R> {
  let value;
  try {
    value = call();
  } catch (error) {
    return onError(error);
  }
  return whenThere(value, onValue, onError);
}

/** Goes on with a value: at once or, for a promise, later. */
export function whenThere<T, R>(
  value: Soon<T>,
  onValue: (value: T) => Soon<R>,
  onError?: (error: unknown) => Soon<R>,
): Soon<R> {
  return isThenable(value)
    ? Promise.resolve(value).then(onValue, onError)
    : onValue(value);
}
