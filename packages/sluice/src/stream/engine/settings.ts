import { checkDuration } from "../../core/check-duration.ts";
import { isCancelled } from "../../core/errors.ts";
import { DetachedError } from "./detached-error.ts";

/** Options of every source; what is made of a stream inherits them. */
export interface StreamOptions {
  /**
   * Ends the stream, whatever it waits for: the source is closed, and whoever waits for an
   * item is given the signal's reason, as an error, at once. A sink rejects with it, once
   * all is closed. To be cut off is no end of the items. A stream that has a signal and is
   * given another ends with either. Where the stream is a source of another (in `merge`
   * and the like, or in `flatMap`), that one fails, as with any failure of a source: once
   * all is closed.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long closing waits, in milliseconds, for what is under way (a pull, callbacks)
   * and for the source's `return()`; 1000 by default, `Infinity` is for ever. What has
   * not stopped by then is left alone, and reported.
   */
  readonly closeGrace?: number;
  /**
   * Is told of what did not stop in time, and of failures that nobody can be given any
   * more: those of what was left alone, or was loaded and not asked for. A cancellation
   * is none. By default the platform's `reportError`, or a warning of the process. It
   * must not throw.
   */
  readonly onDetached?: (error: DetachedError) => void;
  /**
   * How long the stream works without a pause, in milliseconds, before it gives way to
   * the event loop; 10 by default, `Infinity` is for ever.
   */
  readonly timeBudget?: number;
}

/** The options that were given, with defaults for the others. */
export interface Settings {
  /** Any of them ends the stream. */
  readonly signals: readonly AbortSignal[];
  readonly closeGrace: number;
  readonly onDetached: (error: DetachedError) => void;
  readonly timeBudget: number;
}

/** What holds where nothing else was said. */
export const DEFAULTS: Settings = {
  signals: [],
  closeGrace: 1000,
  onDetached: reportByPlatform,
  timeBudget: 10,
};

/**
 * Fills in what was not given.
 *
 * @param before What it is filled in with.
 * @throws {TypeError} If a time is not a number.
 */
export function toSettings(
  options: StreamOptions | undefined,
  before: Settings = DEFAULTS,
): Settings {
  if (options === undefined) return before;
  const {
    signal,
    closeGrace = before.closeGrace,
    onDetached = before.onDetached,
    timeBudget = before.timeBudget,
  } = options;
  checkDuration(closeGrace);
  checkDuration(timeBudget);
  const signals =
    signal === undefined ? before.signals : [...before.signals, signal];
  return { signals, closeGrace, onDetached, timeBudget };
}

/**
 * Reports a failure that nobody can be given any more; a cancellation is none, nor is what
 * the stream's own signal aborted for.
 */
export function reportLate(settings: Settings, cause: unknown): void {
  const isReason = ({ aborted, reason }: AbortSignal): boolean =>
    aborted && reason === cause;
  if (isCancelled(cause) || settings.signals.some(isReason)) return;
  settings.onDetached(
    new DetachedError("Cannot pass an error on: its stream is closed", {
      cause,
    }),
  );
}

function reportByPlatform(error: DetachedError): void {
  const { reportError, process } = globalThis as Platform;
  if (reportError === undefined) process?.emitWarning?.(error);
  else reportError(error);
}

/** Where a browser or Node reports what nobody handles. */
interface Platform {
  readonly reportError?: (error: unknown) => void;
  readonly process?: { emitWarning?(warning: Error): void };
}
