import { recordContext } from "../../core/error-context.ts";
import { isObject } from "../../core/thenable.ts";
import type { Closing, Part } from "./cursor.ts";
import type { Grace } from "./grace.ts";
import { reportLate, type Settings } from "./settings.ts";

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
export function closeTogether(parts: Iterable<Part>, grace: Grace): Closing {
  const closings = Array.from(parts, (part) => part.close(grace));
  return closings.some((closing) => closing !== undefined)
    ? closeInTurn(closings.map((closing) => () => closing))
    : undefined;
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
