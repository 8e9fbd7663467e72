const contexts = new WeakMap<object, unknown>();

/** Gives what is reachable from an error, like the library's function of this name. */
export function errorContext(error: unknown): unknown {
  return isObject(error) ? contexts.get(error) : undefined;
}

/** Makes an error of closing reachable from the one before. */
export function keepLater(first: unknown, later: unknown): void {
  if (!isObject(first)) {
    // Nothing can be reached from a primitive.
    if (first !== later) report(later);
    return;
  }
  let end: object = first;
  for (;;) {
    if (end === later) return;
    const next = contexts.get(end);
    if (!contexts.has(end)) break;
    // Nor from a primitive in between.
    if (!isObject(next)) return;
    end = next;
  }
  contexts.set(end, later);
}

/** Tells of an error that nobody can be given any more, unless it is a cancellation. */
export function report(cause: unknown): void {
  if (cause instanceof DOMException && cause.name === "AbortError") return;
  const warning = new Error("An error came too late", { cause });
  warning.name = "DetachedError";
  process.emitWarning(warning);
}

/** What a signal aborts with, and a sink rejects with, when a stream is left. */
export function createCancellation(): DOMException {
  return new DOMException("The stream is closed", "AbortError");
}

export function isObject(value: unknown): value is object {
  return typeof value === "object"
    ? value !== null
    : typeof value === "function";
}
