import { checkDuration } from "../core/check-duration.ts";
import { now, startTimer } from "../core/clock.ts";
import { whenAborted } from "../core/when-aborted.ts";

/**
 * Waits for a time.
 *
 * Holds one timer and one listener until it settles, and neither after it.
 *
 * Source: Python, `asyncio.sleep`.
 *
 * @param ms How long, in milliseconds; 0 or less is until the event loop's next
 * turn, `Infinity` until the signal aborts.
 * @param signal Ends the wait early.
 * @throws {TypeError} If `ms` is not a number.
 * @throws The signal's reason, once it is aborted; at once if it is already.
 *
 * @example Wait, but not for ever
 * ```ts
 * import { sleep } from "sluice";
 * import assert from "node:assert/strict";
 *
 * await sleep(1);
 * await assert.rejects(sleep(60_000, AbortSignal.abort()), { name: "AbortError" });
 * ```
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    checkDuration(ms);
    signal?.throwIfAborted();
    const stopTimer = startTimer(now() + ms, () => {
      stopListening();
      resolve();
    });
    const stopListening = whenAborted(signal, (reason) => {
      stopTimer();
      reject(reason);
    });
  });
}
