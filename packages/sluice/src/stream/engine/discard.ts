import { isObject } from "../../core/thenable.ts";
import { adaptForeign } from "./foreign.ts";
import type { Grace } from "./grace.ts";
import type { Settings } from "./settings.ts";
import { closeSource, type Candidate } from "./source.ts";

/**
 * Closes a source that was never opened: an iterator is there already and is told
 * to return; a factory of iterators was never called, and is not called for this.
 */
export function discard(
  source: unknown,
  settings: Settings,
  grace: Grace,
): unknown {
  if (!isObject(source)) return undefined;
  const candidate: Candidate = adaptForeign(source) ?? source;
  if (candidate[closeSource] !== undefined) {
    return candidate[closeSource](settings, grace);
  }
  return typeof candidate.next === "function"
    ? candidate.return?.()
    : undefined;
}
