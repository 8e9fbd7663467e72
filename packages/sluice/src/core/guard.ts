import { isThenable } from "./thenable.ts";

/** One call that waits for a promise and for a signal; whichever comes first serves it. */
interface Wait {
  readonly promise: Promise<unknown>;
  readonly signal: AbortSignal;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

// Each promise gets one reaction and each signal one listener, however many calls wait,
// and both let go of a call as soon as it is served: neither side's loser holds memory.
const waitsByPromise = new WeakMap<Promise<unknown>, Set<Wait>>();
const waitsBySignal = new WeakMap<AbortSignal, SignalWaits>();

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
  const native = isThenable(promise) ? Promise.resolve(promise) : undefined;
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) {
      native?.catch(dropLateError);
      reject(signal.reason);
    } else if (native === undefined) {
      resolve(promise);
    } else {
      const wait: Wait = { promise: native, signal, resolve, reject };
      watchPromise(native).add(wait);
      watchSignal(signal).waits.add(wait);
    }
  });
}

/** Handles the failure of a promise that nobody waits for any more. */
function dropLateError(): void {
  // The caller was told the signal's reason already.
}

function watchPromise(promise: Promise<unknown>): Set<Wait> {
  const known = waitsByPromise.get(promise);
  if (known !== undefined) return known;
  const waits = new Set<Wait>();
  waitsByPromise.set(promise, waits);
  promise.then(
    (value) => {
      for (const wait of settle(promise)) wait.resolve(value as never);
    },
    (error: unknown) => {
      for (const wait of settle(promise)) wait.reject(error);
    },
  );
  return waits;
}

/** Ends the watch over a promise; gives the calls that still wait for it. */
function settle(promise: Promise<unknown>): Iterable<Wait> {
  const waits = waitsByPromise.get(promise) ?? [];
  waitsByPromise.delete(promise);
  for (const wait of waits) waitsBySignal.get(wait.signal)?.remove(wait);
  return waits;
}

function watchSignal(signal: AbortSignal): SignalWaits {
  const known = waitsBySignal.get(signal);
  if (known !== undefined) return known;
  const waits = new SignalWaits(signal);
  waitsBySignal.set(signal, waits);
  return waits;
}

/** The calls that wait on one signal, and its one listener, which goes with the last. */
class SignalWaits {
  readonly waits: Set<Wait> = new Set<Wait>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", this);
  }

  remove(wait: Wait): void {
    this.waits.delete(wait);
    if (this.waits.size === 0) this.#stop();
  }

  handleEvent(): void {
    this.#stop();
    for (const wait of this.waits) {
      waitsByPromise.get(wait.promise)?.delete(wait);
      wait.reject(this.#signal.reason);
    }
  }

  #stop(): void {
    waitsBySignal.delete(this.#signal);
    this.#signal.removeEventListener("abort", this);
  }
}
