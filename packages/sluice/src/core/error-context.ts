import { isObject } from "./thenable.ts";

/**
 * What was being handled when an error was raised, and when that had begun.
 *
 * Every error that has a context, or is one, has a link.
 */
interface Link {
  readonly context: unknown;
  readonly since: number;
  /** Whether the context was set as the error's cause, too. */
  readonly cause: boolean;
}

/** A `WeakMap` that is asked for anything: it has nothing for a primitive. */
interface Links {
  get(error: unknown): Link | undefined;
  set(error: object, link: Link): unknown;
}

const links: Links = new WeakMap<object, Link>();
let latest = 0;

/**
 * Gives the error that was being handled when `error` was raised.
 *
 * An exit that fails while the block's error is on its way replaces that error;
 * the replaced one stays reachable here, whatever was thrown, frozen errors
 * included. Nothing is written on the error for it. Only a primitive (a thrown
 * string, say) cannot carry a context. For logs the context is also set as
 * `cause`, where the error is extensible and neither it nor its class has a `cause`.
 *
 * Source: Python's implicit exception context, `__context__`.
 *
 * @param error Anything that was thrown.
 * @returns The error that it replaced; `undefined` if there is none.
 *
 * @example Find the error behind the one that clean-up raised
 * ```ts
 * import { AsyncExitStack, asyncWith, errorContext } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const first = new Error("disk full");
 * const failed = asyncWith(new AsyncExitStack(), (stack) => {
 *   stack.callback(() => Promise.reject(new Error("close failed")));
 *   throw first;
 * });
 *
 * await assert.rejects(failed, (error) => errorContext(error) === first);
 * ```
 */
export function errorContext(error: unknown): unknown {
  return links.get(error)?.context;
}

/**
 * Marks an error as one that gets no context, and drops the one it had.
 *
 * For an error that crosses a border and must not carry along what led to it.
 *
 * Source: Python's `error.__context__ = None`.
 *
 * @param error The error that is about to be thrown.
 * @returns The same error.
 *
 * @example Throw an error that tells nothing of its origin
 * ```ts
 * import { AsyncExitStack, asyncWith, errorContext, withoutContext } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const failed = asyncWith(new AsyncExitStack(), (stack) => {
 *   stack.push(() => {
 *     throw withoutContext(new Error("refused"));
 *   });
 *   throw new Error("password was 'secret'");
 * });
 *
 * await assert.rejects(failed, (error) => errorContext(error) === undefined);
 * ```
 */
export function withoutContext<E extends object>(error: E): E {
  link(error, undefined, Infinity);
  return error;
}

/** Gives a moment of its own to the handling of an error, for {@linkcode recordContext}. */
export function contextMark(): number {
  return ++latest;
}

/**
 * Notes that `error` was raised while `pending` was being handled.
 *
 * The chain that `error` got since the mark (in blocks nested in the one that
 * handled `pending`) is kept, and `pending` goes to its end. A link from before
 * the mark belongs to an earlier life of the same error object and is replaced,
 * as Python overwrites `__context__` at each `raise`. Where the chain of `pending`
 * leads into that of `error`, it is cut: no circle is ever formed.
 *
 * @param pending `undefined` says that nothing was being handled: no block around
 * this one gives a context to the chain then.
 * @param since The moment at which the handling began.
 */
export function recordContext(
  error: unknown,
  pending: unknown,
  since: number,
): void {
  const chain = new Set<unknown>();
  let end = error;
  while (end !== pending && isObject(end)) {
    chain.add(end);
    const found = links.get(end);
    if (!found || found.since <= since) {
      // What is not linked yet stands in no chain.
      let node = found && pending;
      while (isObject(node) && !chain.has(errorContext(node))) {
        node = errorContext(node);
      }
      unlink(node);
      link(end, pending, since);
      if (!links.get(pending)) unlink(pending);
      return;
    }
    end = found.context;
  }
}

/** Ends a chain at an error, if there is one. */
function unlink(error: unknown): void {
  if (isObject(error)) link(error, undefined, -Infinity);
}

/** Gives an error its context from now on, and the cause that goes with it. */
function link(
  error: { cause?: unknown },
  context: unknown,
  since: number,
): void {
  const before = links.get(error);
  let cause = false;
  try {
    // The program may have set a cause of its own since.
    if (before?.cause && error.cause === before.context) {
      delete error.cause;
    }
    if (
      context !== undefined &&
      error instanceof Error &&
      !("cause" in error) &&
      !causedBy(context, error)
    ) {
      Object.defineProperty(error, "cause", {
        value: context,
        configurable: true,
        writable: true,
      });
      cause = true;
    }
  } catch {
    // It is frozen, or a proxy's trap threw: only the context is recorded.
  }
  links.set(error, { context, since, cause });
}

/**
 * Whether `origin` is reached from `error` by causes; so it is said, too, of
 * chains that are longer than the limit.
 */
function causedBy(error: unknown, origin: object, limit = 100): boolean {
  return (
    limit === 0 ||
    (isObject(error) &&
      (error === origin ||
        causedBy(
          Object.getOwnPropertyDescriptor(error, "cause")?.value,
          origin,
          limit - 1,
        )))
  );
}
