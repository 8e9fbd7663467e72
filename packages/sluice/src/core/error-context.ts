import { isObject } from "./thenable.ts";

/** What was being handled when an error was raised, and when that had begun. */
interface Link {
  readonly context: unknown;
  readonly since: number;
  readonly setsCause: boolean;
}

const links = new WeakMap<object, Link>();
const contexts = new WeakSet();
let latest = 0;

/**
 * Gives the error that was being handled when `error` was raised.
 *
 * An exit that fails while the block's error is on its way replaces that error;
 * the replaced one stays reachable here, whatever was thrown, frozen errors
 * included. Nothing is written on the error for it. Only a primitive (a thrown
 * string, say) cannot carry a context. For logs the context is also set as
 * `cause`, where the error is extensible and has no `cause` of its own.
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
  return isObject(error) ? links.get(error)?.context : undefined;
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
 * as Python overwrites `__context__` at each `raise`. No circle is ever formed.
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
  for (;;) {
    if (end === pending || !isObject(end)) return;
    chain.add(end);
    const found = links.get(end);
    if (found === undefined || found.since <= since) break;
    end = found.context;
  }
  // Only what has been a context before can stand in the chain of `pending`.
  if (contexts.has(end)) breakCircle(pending, chain);
  link(end, pending, since);
  if (isObject(pending)) contexts.add(pending);
}

/** Cuts the chain of `start` where it would lead into `chain`. */
function breakCircle(start: unknown, chain: ReadonlySet<unknown>): void {
  for (let node = start; isObject(node); node = errorContext(node)) {
    // What it leads to is then nothing, which ends the walk.
    if (chain.has(errorContext(node))) link(node, undefined, -Infinity);
  }
}

/** Gives an error the context it has from now on, and the cause that goes with it. */
function link(error: object, context: unknown, since: number): void {
  const before = links.get(error);
  // The program may have set a cause of its own since.
  if (before?.setsCause && readCause(error) === before.context) {
    Reflect.deleteProperty(error, "cause");
  }
  links.set(error, { context, since, setsCause: setCause(error, context) });
}

/** Sets `cause`, where the error is ours to write on; tells whether it did. */
function setCause(error: object, cause: unknown): boolean {
  try {
    return (
      cause !== undefined &&
      error instanceof Error &&
      !Object.hasOwn(error, "cause") &&
      !isCausedBy(cause, error) &&
      Reflect.defineProperty(error, "cause", {
        value: cause,
        configurable: true,
        writable: true,
      })
    );
  } catch {
    // A proxy's trap threw: the context itself is recorded all the same.
    return false;
  }
}

/** Whether `origin` is reached from `error` by causes, or may be: see the limit. */
function isCausedBy(error: unknown, origin: object, limit = 100): boolean {
  return (
    limit === 0 ||
    (isObject(error) &&
      (error === origin || isCausedBy(readCause(error), origin, limit - 1)))
  );
}

function readCause(error: object): unknown {
  return Reflect.getOwnPropertyDescriptor(error, "cause")?.value;
}
