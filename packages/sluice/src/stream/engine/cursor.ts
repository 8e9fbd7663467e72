import type { Grace } from "./grace.ts";
import type { Settings } from "./settings.ts";

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

/** What there is to wait for until something is closed, if anything. */
export type Closing = Promise<void> | undefined;

/** What can be told to stop. */
export interface Abortable {
  /** Aborts the signals of all that runs in it; where it is closed, nothing happens. */
  abort(cause?: ErrorOptions): void;
}

/** What can be told to stop, and closed. */
export interface Part extends Abortable {
  /**
   * Closes it early, waiting or not; a second call gives what the first gave.
   *
   * @param outer The closing that this is a part of.
   * @returns Rejects with what closing threw.
   */
  close(outer?: Grace): Closing;
}

/**
 * The pull side of whatever gives items, for exactly one caller.
 *
 * It is never called while it runs, and while it waits only to go on, to abort or
 * to close. Who is told to wait listens at once, even one that gives up for another
 * reason: nothing else handles the failure of what is awaited. An error comes out of
 * `pull` when everything upstream has been closed; until then the answer is to wait.
 * After an error or the end every answer is `DONE`.
 */
export interface Cursor extends Part {
  /** The item; valid from `EMIT` until the next call. */
  readonly value: unknown;
  /** What holds for it; failures that nobody is given are reported there. */
  readonly settings: Settings;
  /** What to wait for; valid after `WAIT`. */
  readonly awaiting: Awaitable;
  /**
   * Asks for the next item; after `WAIT` it goes on with what was awaited.
   *
   * @param answer What was awaited came to.
   * @param failed Whether that was rejected.
   */
  pull(answer?: unknown, failed?: boolean): Status;
}
