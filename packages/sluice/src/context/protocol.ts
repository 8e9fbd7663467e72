/**
 * Names the method that opens a sync session: Python's `__enter__`.
 *
 * Made with `Symbol.for`, as its three siblings are, so that two copies of the
 * library in one program understand each other's managers.
 */
export const enter: unique symbol = Symbol.for("sluice.enter");

/** Names the method that ends a sync session: Python's `__exit__`. */
export const exit: unique symbol = Symbol.for("sluice.exit");

/** Names the method that opens an async session: Python's `__aenter__`. */
export const asyncEnter: unique symbol = Symbol.for("sluice.asyncEnter");

/** Names the method that ends an async session: Python's `__aexit__`. */
export const asyncExit: unique symbol = Symbol.for("sluice.asyncExit");

/**
 * Names the mark of a manager whose exit must be told how the block ended.
 *
 * `await using` cannot tell it, so {@linkcode acquire} refuses such a manager.
 * A manager with this mark that is told `unknown` all the same (an exit stack
 * that holds it was disposed) is to undo its work and throw.
 */
export const requiresOutcome: unique symbol = Symbol.for(
  "sluice.requiresOutcome",
);

/**
 * How a block ended, as its manager's exit is told.
 *
 * An object and not an error argument, as `throw undefined` is legal: a block
 * that threw `undefined` has failed. `unknown` is what an exit is told where
 * the language tells nothing: under `using` and `await using`.
 */
export type Outcome =
  | {
      /** The block ended well. */
      readonly status: "ok";
    }
  | {
      /** The block failed. */
      readonly status: "error";
      /** What it threw: any value, `undefined` included. */
      readonly error: unknown;
    }
  | {
      /** Nobody can know. */
      readonly status: "unknown";
    };

/** The outcome of a block that ended well. */
export const OK: Outcome = /* @__PURE__ */ Object.freeze({ status: "ok" });

/** The outcome of a block that may have ended well or not. */
export const UNKNOWN: Outcome = /* @__PURE__ */ Object.freeze({
  status: "unknown",
});

/** What an exit may answer: a true value suppresses the block's error. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- most exits return nothing
export type Suppression = boolean | void;

/**
 * A manager for `syncWith`: Python's context manager.
 *
 * @typeParam T What enter gives to the block; it need not be the manager.
 * @typeParam S What exit answers. Where it may be `true`, the manager may
 * suppress the block's error, and the block's value may be absent.
 */
export interface ContextManager<T, S extends Suppression = Suppression> {
  /** Opens the session; what it returns is given to the block. */
  [enter](): T;
  /** Ends the session; a true answer suppresses the block's error. */
  [exit](outcome: Outcome): S;
  /** Whether exit must be told how the block ended. */
  readonly [requiresOutcome]?: boolean;
}

/**
 * A manager for `asyncWith`: Python's asynchronous context manager.
 *
 * Enter and exit are awaited, but where they answer with no promise, nothing
 * waits.
 *
 * @typeParam T What enter gives to the block; it need not be the manager.
 * @typeParam S What exit answers. Where it may be `true`, the manager may
 * suppress the block's error, and the block's value may be absent.
 */
export interface AsyncContextManager<T, S extends Suppression = Suppression> {
  /** Opens the session; what it resolves to is given to the block. */
  [asyncEnter](): T | PromiseLike<T>;
  /** Ends the session; a true answer suppresses the block's error. */
  [asyncExit](outcome: Outcome): S | PromiseLike<S>;
  /** Whether exit must be told how the block ended. */
  readonly [requiresOutcome]?: boolean;
}

/**
 * One object that manages both kinds of block.
 *
 * @typeParam T What a sync block is given.
 * @typeParam S What either exit answers.
 * @typeParam A What an async block is given; another session, where it differs.
 */
export interface DualContextManager<
  T,
  S extends Suppression = Suppression,
  A = T,
>
  extends ContextManager<T, S>, AsyncContextManager<A, S> {}

/** What `syncWith` takes. */
export type AnySyncManager = ContextManager<unknown> | Disposable;

/** What `asyncWith` takes. */
export type AnyManager =
  AsyncContextManager<unknown> | AnySyncManager | AsyncDisposable;

/** What `asyncWith` gives to the block: the value entered, or the disposable itself. */
export type Entered<M> =
  M extends AsyncContextManager<infer T>
    ? Awaited<T>
    : M extends ContextManager<infer T>
      ? T
      : M;

/** What `syncWith` gives to the block: the value entered, or the disposable itself. */
export type SyncEntered<M> = M extends ContextManager<infer T> ? T : M;

/** What `asyncWith` resolves to: `undefined` too where the manager may suppress. */
export type Result<M, R> =
  M extends AsyncContextManager<unknown, infer S>
    ? Suppressible<S, R>
    : M extends ContextManager<unknown, infer S>
      ? Suppressible<S, R>
      : R;

/** What `syncWith` returns: `undefined` too where the manager may suppress. */
export type SyncResult<M, R> =
  M extends ContextManager<unknown, infer S> ? Suppressible<S, R> : R;

type Suppressible<S, R> = true extends S ? R | undefined : R;
