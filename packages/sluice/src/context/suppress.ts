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
  const tests = matchers.map(createTest);
  const matches: Test = (error) => tests.some((test) => test(error));
  const begin = (): void => undefined;
  const end = (outcome: Outcome): boolean => {
    if (outcome.status !== "error") return false;
    const rest = without(outcome.error, matches);
    if (rest === NOTHING) return true;
    if (Object.is(rest, outcome.error)) return false;
    throw rest;
  };
  return { [enter]: begin, [exit]: end, [asyncEnter]: begin, [asyncExit]: end };
}

type Test = (error: unknown) => boolean;

const NOTHING = Symbol("nothing is left");

/** Gives what is left of an error: all, nothing, or a smaller group. */
function without(error: unknown, matches: Test): unknown {
  if (matches(error)) return NOTHING;
  if (!(error instanceof AggregateError)) return error;
  const errors: readonly unknown[] = error.errors;
  const rest = errors
    .map((inner) => without(inner, matches))
    .filter((inner) => inner !== NOTHING);
  if (rest.length === 0 && errors.length > 0) return NOTHING;
  const unchanged =
    rest.length === errors.length &&
    rest.every((inner, i) => Object.is(inner, errors[i]));
  return unchanged ? error : derive(error, rest);
}

function derive(group: AggregateError, errors: readonly unknown[]): unknown {
  if ("derive" in group && typeof group.derive === "function") {
    const derived: unknown = group.derive(errors);
    return derived;
  }
  const options = Object.hasOwn(group, "cause")
    ? { cause: group.cause }
    : undefined;
  return new AggregateError(errors, group.message, options);
}

function createTest(matcher: ErrorMatcher): Test {
  if (isClass(matcher)) return (error) => error instanceof matcher;
  if (typeof matcher === "function") return matcher;
  throw new TypeError(
    `Cannot suppress ${String(matcher)}: it is neither a class of errors nor a function`,
  );
}

/** A class has a fixed prototype; an old-style error constructor has an error's. */
function isClass(
  matcher: ErrorMatcher,
): matcher is abstract new (...args: never[]) => unknown {
  const prototype = Object.getOwnPropertyDescriptor(
    Object(matcher),
    "prototype",
  );
  return prototype?.writable === false || prototype?.value instanceof Error;
}
