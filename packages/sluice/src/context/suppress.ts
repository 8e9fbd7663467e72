import { checkFunction } from "../core/check-function.ts";
import {
  asyncEnter,
  asyncExit,
  enter,
  exit,
  type DualContextManager,
  type Outcome,
} from "./protocol.ts";

/** A class of errors, or a function that tells which errors are meant. */
export type ErrorMatcher =
  (abstract new (...args: never[]) => unknown) | ((error: unknown) => boolean);

/**
 * A manager that suppresses errors of given kinds.
 *
 * Of an `AggregateError` it suppresses what matches among its errors, however
 * deep: if all do, the whole; if some do, an error with the others is thrown,
 * with the same message, made by its `derive(errors)` method where it has one
 * (a {@linkcode TaskGroupError} has). With no arguments it suppresses nothing.
 * It may be entered any number of times, also at once.
 *
 * Source: Python 3.12, `contextlib.suppress`.
 *
 * @param matchers Classes, whose instances are suppressed, or functions, which
 * answer true for an error that is; an error suits if it suits any of them.
 * @returns A manager for both kinds of block.
 * @throws {TypeError} If one of them is neither; at once.
 *
 * @example Delete a file that may not be there
 * ```ts
 * import { asyncWith, suppress } from "sluice";
 * import { unlink } from "node:fs/promises";
 *
 * const notThere = (error: unknown) =>
 *   error instanceof Error && "code" in error && error.code === "ENOENT";
 *
 * await asyncWith(suppress(notThere), () => unlink("no-such-file"));
 * ```
 */
export function suppress(
  ...matchers: readonly ErrorMatcher[]
): DualContextManager<void, boolean> {
  for (const matcher of matchers) checkFunction(matcher, "suppress");
  const begin = (): void => undefined;
  const end = (outcome: Outcome): boolean => {
    if (outcome.status !== "error") return false;
    const rest = findRest(outcome.error, matchers);
    if (rest.length === 0) return true;
    if (Object.is(rest[0], outcome.error)) return false;
    throw rest[0];
  };
  return { [enter]: begin, [exit]: end, [asyncEnter]: begin, [asyncExit]: end };
}

/** Gives what is left of an error: itself, nothing, or a smaller group. */
function findRest(
  error: unknown,
  matchers: readonly ErrorMatcher[],
): readonly unknown[] {
  if (matchers.some((matcher) => matches(error, matcher))) return [];
  if (!(error instanceof AggregateError)) return [error];
  const errors: readonly unknown[] = error.errors;
  const rest = errors.flatMap((inner) => findRest(inner, matchers));
  if (
    rest.length === errors.length &&
    rest.every((inner, i) => Object.is(inner, errors[i]))
  ) {
    return [error];
  }
  return rest.length === 0 ? [] : [derive(error, rest)];
}

function derive(group: Derivable, errors: readonly unknown[]): unknown {
  // The third argument is where a cause is looked for: the group may have one.
  return (
    group.derive?.(errors) ?? new AggregateError(errors, group.message, group)
  );
}

/** A group of errors that can make another of its kind. */
interface Derivable extends AggregateError {
  derive?(errors: readonly unknown[]): unknown;
}

function matches(error: unknown, matcher: ErrorMatcher): boolean {
  return isClass(matcher) ? error instanceof matcher : matcher(error);
}

/** A class has a fixed prototype; an old-style error constructor has an error's. */
function isClass(
  matcher: ErrorMatcher,
): matcher is Exclude<ErrorMatcher, (error: unknown) => boolean> {
  const prototype = Object.getOwnPropertyDescriptor(matcher, "prototype");
  return prototype?.writable === false || prototype?.value instanceof Error;
}
