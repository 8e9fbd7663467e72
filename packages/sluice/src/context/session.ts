import { describe } from "../core/describe.ts";
import { isObject } from "../core/thenable.ts";
import {
  asyncEnter,
  asyncExit,
  enter,
  exit,
  requiresOutcome,
  type AnyManager,
  type AnySyncManager,
  type Outcome,
} from "./protocol.ts";

/**
 * How one manager is entered and left; both are called with it as `this`.
 *
 * Both are read once, before anything is opened, so that half a manager is
 * refused whole, and a method replaced later has no effect: as in Python, which
 * looks `__exit__` up before it calls `__enter__`.
 */
export interface Session {
  readonly enter: (this: unknown) => unknown;
  /** Whether what enter returns may be a promise to wait for. */
  readonly waits: boolean;
  readonly exit: Exit;
}

/** Ends a session; a true answer suppresses the block's error. */
export type Exit = (this: unknown, outcome: Outcome) => unknown;

/** What is looked for in a manager. Any object may have any of it, or none. */
interface Candidate {
  readonly [asyncEnter]?: unknown;
  readonly [asyncExit]?: unknown;
  readonly [enter]?: unknown;
  readonly [exit]?: unknown;
  readonly [Symbol.asyncDispose]?: unknown;
  readonly [Symbol.dispose]?: unknown;
  readonly [requiresOutcome]?: unknown;
}

/**
 * Finds how to enter a manager.
 *
 * @param waits Whether in an async block: there the async pair comes before the sync one.
 * @throws {TypeError} If there is no way.
 */
export function findSession(manager: unknown, waits: boolean): Session {
  const candidate = toCandidate(manager);
  const pair = waits
    ? findPair(candidate[asyncEnter], candidate[asyncExit], true)
    : undefined;
  return (
    pair ??
    findPair(candidate[enter], candidate[exit], false) ??
    findDisposal(manager, waits) ??
    refuse(manager, waits ? "" : "sync ")
  );
}

/** Whether a manager can be entered in a sync block. */
export function isSyncManager(manager: AnyManager): manager is AnySyncManager {
  const candidate = toCandidate(manager);
  const session =
    findPair(candidate[enter], candidate[exit], false) ??
    findDisposal(manager, false);
  return session !== undefined;
}

/**
 * Finds how to dispose of a disposable: it is its own value, its disposer is
 * told nothing and suppresses nothing.
 *
 * @param waits Whether an async disposer will do, before a sync one.
 */
export function findDisposal(
  disposable: unknown,
  waits: boolean,
): Session | undefined {
  const candidate = toCandidate(disposable);
  const later = waits ? candidate[Symbol.asyncDispose] : undefined;
  const dispose = later ?? candidate[Symbol.dispose];
  if (!isMethod(dispose)) return undefined;
  return {
    enter: () => disposable,
    waits: false,
    exit: later
      ? async () => {
          await dispose.call(disposable);
        }
      : () => {
          dispose.call(disposable);
        },
  };
}

/** Finds the exit alone, of a manager that has been entered elsewhere. */
export function findExit(manager: unknown): Exit | undefined {
  const candidate = toCandidate(manager);
  const method = candidate[asyncExit] ?? candidate[exit];
  return isMethod(method) ? method : undefined;
}

/** Whether a manager insists on being told how its block ended. */
export function isStrict(manager: unknown): boolean {
  return toCandidate(manager)[requiresOutcome] === true;
}

/** The error of a manager that insists, where nobody can tell it. */
export function createOutcomeUnknown(): TypeError {
  return new TypeError("Cannot use a strict manager here: use asyncWith()");
}

/** @throws {TypeError} Always, as there is no way to enter `manager`. */
export function refuse(manager: unknown, kind: string): never {
  throw new TypeError(
    `Cannot enter ${describe(manager)}: it is not a ${kind}context manager`,
  );
}

function toCandidate(manager: unknown): Candidate {
  return isObject(manager) ? manager : {};
}

function findPair(
  entering: unknown,
  leaving: unknown,
  waits: boolean,
): Session | undefined {
  return isMethod(entering) && isMethod(leaving)
    ? { enter: entering, waits, exit: leaving }
    : undefined;
}

/** A method of something unknown: what it takes is up to whoever wrote it. */
type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

export function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}
