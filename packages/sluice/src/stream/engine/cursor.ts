/**
 * What a cursor, or a step of one, answers.
 *
 * Small integers that a bundler puts in place: on Node 20 a comparison with an
 * imported binding takes more than twice as long as with a literal.
 */
export type Status = 0 | 1 | 2 | 3;

/** There is nothing more; whatever was open is closed. */
export const DONE = 0;
/** There is an item, in `value`. */
export const EMIT = 1;
/** Something has to be waited for, which is in `awaiting`. */
export const WAIT = 2;
/** Nothing came of it: go on. Only inside a machine. */
export const CONTINUE = 3;

/** What a cursor waits for: a promise, or a gate, which never fails. */
export interface Awaitable {
  then(
    onFulfilled: (value: unknown) => void,
    onRejected: (error: unknown) => void,
  ): unknown;
}

/**
 * The pull side of whatever gives items, for exactly one caller.
 *
 * It is never called while it runs, and while it waits only to `resume`, `fail`,
 * `abort` or `close`. Who is told to wait listens at once, even one that gives up
 * for another reason: nothing else handles the failure of what is awaited.
 * An error out of `pull`, `resume` or `fail` comes when everything upstream has
 * been closed; until then the answer is to wait. After an error or the end every
 * answer is `DONE`.
 */
export interface Cursor<T = unknown> {
  /** The item; valid from `EMIT` until the next call. */
  value: T;
  /** What to wait for; valid after `WAIT`. */
  awaiting: Awaitable;
  /** Asks for the next item. */
  pull(): Status;
  /** Goes on: what was awaited was fulfilled. */
  resume(value: unknown): Status;
  /** Goes on: what was awaited was rejected. */
  fail(error: unknown): Status;
  /** Aborts the signals of all that runs here; what is closed does nothing. */
  abort(cause?: ErrorOptions): void;
  /**
   * Closes it early, waiting or not; the second call gives what the first gave.
   *
   * @returns What to wait for, if anything; it rejects with what closing threw.
   */
  close(): Promise<void> | undefined;
}
