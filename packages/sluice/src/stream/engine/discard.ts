import { isObject } from "../../core/thenable.ts";
import { attempt } from "./closing.ts";
import type { Closing } from "./cursor.ts";
import { adaptForeign } from "./foreign.ts";
import type { Grace } from "./grace.ts";
import type { Settings } from "./settings.ts";
import { closeSource, type Candidate } from "./source.ts";

/**
 * Closes a source that was never opened: an iterator is there already and is told
 * to return; a factory of iterators was never called, and is not called for this.
 *
 * @returns What to wait for, no longer than the grace.
 */
export function discard(
  source: unknown,
  settings: Settings,
  grace: Grace,
): Closing {
  if (!isObject(source)) return undefined;
  const candidate: Candidate = source;
  // One of our own keeps to the grace by itself, and reports what does not.
  const close = candidate[closeSource];
  if (close !== undefined) return close.call(source, settings, grace);
  const closing = attempt(() => {
    const foreign = adaptForeign(source);
    if (foreign !== undefined) return foreign[closeSource](settings, grace);
    return typeof candidate.next === "function"
      ? candidate.return?.()
      : undefined;
  });
  return closing && grace.wait(closing);
}

/** Closes a source that comes too late; what fails is reported. */
export async function discardLate(
  source: PromiseLike<unknown>,
  settings: Settings,
  grace: Grace,
): Promise<void> {
  let closing: unknown;
  await grace.waitForLate(
    source.then((opened) => {
      closing = grace.settle(Promise.resolve(discard(opened, settings, grace)));
    }),
  );
  await closing;
}
