import { isObject } from "../core/thenable.ts";
import { describe } from "../core/describe.ts";
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
  readonly exit: Exit;
  /** Whether what enter returns may be a promise to wait for. */
  readonly waits: boolean;
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

/** Finds how to enter a manager in an async block: by the async pair before the sync one. */
export function findSession(manager: unknown): Session {
  const candidate: Candidate = checkObject(manager);
  return (
    findPair(candidate[asyncEnter], candidate[asyncExit], true) ??
    findPair(candidate[enter], candidate[exit], false) ??
    findDisposer(candidate[Symbol.asyncDispose], disposeAndWait) ??
    findDisposer(candidate[Symbol.dispose], disposeAtOnce) ??
    refuse(manager, "it has no enter and exit methods and no dispose method")
  );
}

/** Finds how to enter a manager in a sync block. */
export function findSyncSession(manager: unknown): Session {
  const candidate = checkObject(manager);
  return (
    trySyncSession(candidate) ??
    refuse(
      candidate,
      asyncExit in candidate || Symbol.asyncDispose in candidate
        ? "it is an async manager, so use asyncWith() or an AsyncExitStack"
        : "it has no enter and exit methods and no dispose method",
    )
  );
}

/** Whether a manager can be entered in a sync block. */
export function isSyncManager(manager: AnyManager): manager is AnySyncManager {
  return trySyncSession(manager) !== undefined;
}

function trySyncSession(candidate: Candidate): Session | undefined {
  return (
    findPair(candidate[enter], candidate[exit], false) ??
    findDisposer(candidate[Symbol.dispose], disposeAtOnce)
  );
}

/** Finds how to dispose of a disposable, at once or, where one may wait, by awaiting. */
export function findDisposal(disposable: object, waits: boolean): Exit {
  const candidate: Candidate = checkObject(disposable);
  const session =
    (waits
      ? findDisposer(candidate[Symbol.asyncDispose], disposeAndWait)
      : undefined) ??
    findDisposer(candidate[Symbol.dispose], disposeAtOnce) ??
    refuse(disposable, "it has no dispose method; a manager goes to enter()");
  return session.exit;
}

/** Finds the exit alone, of a manager that has been entered elsewhere. */
export function findExit(manager: object): Exit | undefined {
  const { [asyncExit]: waiting, [exit]: immediate }: Candidate = manager;
  return isMethod<Exit>(waiting)
    ? waiting
    : isMethod<Exit>(immediate)
      ? immediate
      : undefined;
}

/** Whether a manager insists on being told how its block ended. */
export function isStrict(manager: object): boolean {
  const candidate: Candidate = manager;
  return candidate[requiresOutcome] === true;
}

function checkObject(manager: unknown): object {
  return isObject(manager) ? manager : refuse(manager, "it is not an object");
}

function findPair(
  entering: unknown,
  leaving: unknown,
  waits: boolean,
): Session | undefined {
  return isMethod<Session["enter"]>(entering) && isMethod<Exit>(leaving)
    ? { enter: entering, exit: leaving, waits }
    : undefined;
}

/** A disposable is its own value; its disposer is told nothing and suppresses nothing. */
function findDisposer(
  dispose: unknown,
  createExit: (dispose: Disposer) => Exit,
): Session | undefined {
  return isMethod<Disposer>(dispose)
    ? { enter: giveItself, exit: createExit(dispose), waits: false }
    : undefined;
}

type Disposer = (this: unknown) => unknown;

function giveItself(this: unknown): unknown {
  return this;
}

function disposeAtOnce(dispose: Disposer): Exit {
  return function () {
    dispose.call(this);
  };
}

function disposeAndWait(dispose: Disposer): Exit {
  return async function () {
    await dispose.call(this);
  };
}

/** Whether a value can be called; what it takes is up to whoever wrote it. */
function isMethod<F>(value: unknown): value is F {
  return typeof value === "function";
}

function refuse(manager: unknown, found: string): never {
  throw new TypeError(
    `Cannot enter ${describe(manager)} as a context manager: ${found}`,
  );
}
