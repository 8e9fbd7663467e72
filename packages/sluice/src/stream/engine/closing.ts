import { now, startTimer } from "../../core/clock.ts";
import { recordContext } from "../../core/error-context.ts";
import { isObject } from "../../core/thenable.ts";
import { DetachedError } from "./detached-error.ts";
import { reportLate, type Settings } from "./settings.ts";

/**
 * Turns of the microtask queue before a timer is set: most of what closes is done by
 * then, and a timer costs more than all of them.
 */
const PATIENCE = 8;

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
    let isOver = false;
    let stopTimer: (() => void) | undefined;
    const end = (settle: () => void): void => {
      stopTimer?.();
      isOver = true;
      settle();
    };
    work.then(
      () => {
        end(resolve);
      },
      (error: unknown) => {
        if (isOver) reportLate(settings, error);
        else {
          end(() => {
            reject(error);
          });
        }
      },
    );
    void startWatch();

    async function startWatch(): Promise<void> {
      for (let turn = 0; turn < PATIENCE; turn++) await undefined;
      if (isOver) return;
      stopTimer = startTimer(now() + settings.closeGrace, () => {
        end(resolve);
        settings.onDetached(
          new DetachedError(
            `Cannot wait for the stream to close: it has not stopped after ${settings.closeGrace} ms`,
          ),
        );
      });
    }
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

/**
 * Closes one after the other; the others too where one fails.
 *
 * @throws What one threw; an `AggregateError` if several did.
 */
export async function closeInTurn(
  closers: Iterable<() => unknown>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) {
    throw new AggregateError(
      errors,
      `Cannot close the stream: ${errors.length} of its parts failed`,
    );
  }
}

/** Closes all side by side, and waits for all. */
export function closeTogether(
  parts: Iterable<{ close(): unknown } | undefined>,
): Promise<void> | undefined {
  const closings = Array.from(parts, async (part) => part?.close());
  return closings.length === 0
    ? undefined
    : closeInTurn(closings.map((closing) => () => closing));
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
