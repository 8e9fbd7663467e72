import { recordContext } from "../../core/error-context.ts";
import { isObject, isThenable } from "../../core/thenable.ts";
import type { Closing, Part } from "./cursor.ts";
import type { Grace } from "./grace.ts";
import { reportLate, type Settings } from "./settings.ts";

/** Calls what may throw, or give a promise; gives what there is to wait for. */
export function attempt(act: () => unknown): Closing {
  try {
    const answer = act();
    return isThenable(answer) ? Promise.resolve(answer) : undefined;
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Closes one after the other; the others too where one fails.
 *
 * @returns Rejects with what one threw, or with an `AggregateError` if several did.
 */
export function closeInTurn(closers: Iterable<() => unknown>): Closing {
  const rest = closers[Symbol.iterator]();
  for (let next = rest.next(); next.done !== true; next = rest.next()) {
    const closing = attempt(next.value);
    if (closing !== undefined) return closeRest(closing, rest);
  }
  return undefined;
}

async function closeRest(
  first: Closing,
  rest: Iterator<() => unknown>,
): Promise<void> {
  const errors: unknown[] = [];
  let closing = first;
  for (;;) {
    try {
      await closing;
    } catch (error) {
      errors.push(error);
    }
    const next = rest.next();
    if (next.done === true) break;
    closing = attempt(next.value);
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
export function closeTogether(parts: Iterable<Part>, grace: Grace): Closing {
  const closings = Array.from(parts, (part) => part.close(grace));
  // One that fails early is waited for later.
  for (const closing of closings) closing?.catch(ignore);
  return closeInTurn(closings.map((closing) => () => closing));
}

let earliest = 0;

/** Keeps an error that came after the first one reachable from it. */
export function keepLater(
  first: unknown,
  later: unknown,
  settings: Settings,
): void {
  if (first === later) return;
  // Each before the one that was recorded last, so that none replaces another.
  if (isObject(first)) recordContext(first, later, --earliest);
  else reportLate(settings, later);
}

function ignore(): void {
  // Only whether it has closed is of interest.
}
