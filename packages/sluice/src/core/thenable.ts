/** Tells an object with properties, functions included, from everything else. */
export function isObject(value: unknown): value is object {
  return typeof value === "object"
    ? value !== null
    : typeof value === "function";
}

/** Tells what must be waited for from what is there already. */
export function isThenable<T>(
  value: T | PromiseLike<T>,
): value is PromiseLike<T> {
  return (
    isObject(value) && typeof (value as { then?: unknown }).then === "function"
  );
}
