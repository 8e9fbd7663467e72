import { isThenable } from "./thenable.ts";
import { whenAborted } from "./when-aborted.ts";

/** One call that waits for a promise. */
interface Caller {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

// A promise gets one reaction, however many calls wait for it, and lets go of a call that
// gives up: reactions cannot be taken back, and would pile up on one that never settles.
const callers = new WeakMap<PromiseLike<unknown>, Set<Caller>>();

/**
 * Waits for a promise, but no longer than until a signal aborts.
 *
 * Holds nothing of the loser: when the promise settles first, its listener is
 * taken off the signal; when the signal aborts first, the promise lets go of the
 * call, and what becomes of it later is dropped, rejections included. The work
 * behind the promise is not stopped: give it the signal as well.
 *
 * @param promise What to wait for.
 * @param signal Ends the wait.
 * @returns The promise's value.
 * @throws The signal's reason, once it is aborted; at once if it is already.
 *
 * @example Stop waiting for an answer that does not come
 * ```ts
 * import { guard } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const controller = new AbortController();
 * const answer = guard(new Promise(() => {}), controller.signal);
 * controller.abort(new Error("no longer needed"));
 *
 * await assert.rejects(answer, { message: "no longer needed" });
 * ```
 */
export function guard<T>(
  promise: T | PromiseLike<T>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    // Not every promise is the platform's: it is known by itself, not by one made of it.
    const source = isThenable(promise) ? promise : Promise.resolve(promise);
    // A promise whose late failure nobody will see is listened to, too.
    const waiting = callers.get(source) ?? listen(source);
    signal.throwIfAborted();
    const stopListening = whenAborted(signal, (reason) => {
      waiting.delete(caller);
      reject(reason);
    });
    const caller: Caller = {
      resolve(value) {
        stopListening();
        resolve(value);
      },
      reject(error) {
        stopListening();
        reject(error);
      },
    };
    waiting.add(caller);
  });
}

/** Begins to listen to a promise, for all who will wait for it. */
function listen(promise: PromiseLike<unknown>): Set<Caller> {
  const waiting = new Set<Caller>();
  callers.set(promise, waiting);
  const serve = (settle: (caller: Caller) => void): void => {
    callers.delete(promise);
    waiting.forEach(settle);
  };
  Promise.resolve(promise).then(
    (value) => {
      serve((caller) => {
        caller.resolve(value as never);
      });
    },
    (error: unknown) => {
      serve((caller) => {
        caller.reject(error);
      });
    },
  );
  return waiting;
}
