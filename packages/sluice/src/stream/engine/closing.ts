import { now, startTimer } from "../../core/clock.ts";
import { recordContext } from "../../core/error-context.ts";
import { isObject, isThenable } from "../../core/thenable.ts";
import { DetachedError } from "./detached-error.ts";
import { reportLate, type Settings } from "./settings.ts";

/** What closing gives: something to wait for, if anything. */
export type Closing = Promise<void> | undefined;

/**
 * Turns of the microtask queue before a timer is set: most of what closes is done by
 * then, and a timer costs more than all of them.
 */
const PATIENCE = 8;
const settled = Promise.resolve();

/**
 * Waits for work that was asked to stop, at most for the grace; then it is left
 * alone, and reported.
 *
 * @returns Rejects with what the work throws in time; what it throws later is reported.
 */
export function withinGrace(
  work: PromiseLike<unknown>,
  settings: Settings,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopTimer: (() => void) | undefined;
    let open = true;
    let patience = PATIENCE;
    const end = (): boolean => {
      stopTimer?.();
      const inTime = open;
      open = false;
      return inTime;
    };
    const detach = (): void => {
      end();
      settings.onDetached(
        new DetachedError(
          `Cannot wait for the stream to close: it has not stopped after ${settings.closeGrace} ms`,
        ),
      );
      resolve();
    };
    const wait = (): void => {
      if (!open) return;
      if (patience-- > 0) void settled.then(wait);
      else stopTimer = startTimer(now() + settings.closeGrace, detach);
    };
    work.then(
      () => {
        if (end()) resolve();
      },
      (error: unknown) => {
        if (end()) reject(error);
        else reportLate(settings, error);
      },
    );
    if (settings.closeGrace !== Infinity) wait();
  });
}

/** Waits for what was under way when a stream was closed; its failure is reported. */
export async function settle(
  inFlight: PromiseLike<unknown>,
  settings: Settings,
): Promise<void> {
  try {
    await inFlight;
  } catch (error) {
    reportLate(settings, error);
  }
}

/** Calls something that may throw, or give a promise, and gives what to wait for. */
export function attempt(close: () => unknown): Closing {
  try {
    const answer = close();
    return isThenable(answer) ? ignoreValue(answer) : undefined;
  } catch (error) {
    return Promise.reject(error);
  }
}

async function ignoreValue(answer: PromiseLike<unknown>): Promise<void> {
  await answer;
}

/** Closes one after the other; the others too where one fails. */
export function closeInTurn(next: () => (() => Closing) | undefined): Closing {
  for (let close = next(); close !== undefined; close = next()) {
    const closing = close();
    if (closing !== undefined) return closeOthersInTurn(closing, next);
  }
  return undefined;
}

async function closeOthersInTurn(
  first: Promise<void>,
  next: () => (() => Closing) | undefined,
): Promise<void> {
  const errors: unknown[] = [];
  let closing: Closing = first;
  for (;;) {
    try {
      await closing;
    } catch (error) {
      errors.push(error);
    }
    const close = next();
    if (close === undefined) break;
    closing = close();
  }
  throwAll(errors);
}

/** Waits until all have closed, which do it side by side. */
export function closeTogether(closings: readonly Closing[]): Closing {
  const waiting = closings.filter((closing) => closing !== undefined);
  if (waiting.length < 2) return waiting[0];
  return Promise.allSettled(waiting).then((results) => {
    throwAll(
      results.flatMap((result) =>
        result.status === "rejected" ? [result.reason as unknown] : [],
      ),
    );
  });
}

function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) {
    throw new AggregateError(
      errors,
      `Cannot close the stream: ${errors.length} of its parts failed`,
    );
  }
}

/** Keeps an error that came after the first one reachable from it. */
export function keepLater(
  first: unknown,
  later: unknown,
  settings: Settings,
): void {
  if (first === later) return;
  if (isObject(first)) recordContext(first, later, 0);
  else reportLate(settings, later);
}
