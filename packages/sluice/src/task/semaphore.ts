import { whenAborted } from "../core/when-aborted.ts";
import { whenThere } from "../core/when-done.ts";
import {
  asyncEnter,
  asyncExit,
  type AsyncContextManager,
} from "../context/protocol.ts";

/** The right to go on, until it is given back; giving it back again does nothing. */
export interface Permit extends Disposable {
  /** Gives the permit back, to whoever has waited longest. */
  release(): void;
}

/**
 * Lets so many go on at a time, first come, first served.
 *
 * A manager of its own: a block waits for a permit, gets no value, and gives
 * the permit back however it ends. Holds one entry for each caller that waits.
 * A permit is handed to the longest waiter as it is given back, so a newcomer
 * cannot overtake. As a permit can be given back only once, there is no
 * releasing too often, which Python's `BoundedSemaphore` guards against.
 *
 * Source: Python, `asyncio.BoundedSemaphore`; the shape of permits is that of
 * TC39's concurrency control proposal (Governor).
 *
 * @example Two downloads at a time
 * ```ts
 * import { asyncWith, Semaphore, sleep } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const limit = new Semaphore(2);
 * let most = 0;
 * let running = 0;
 * const download = () =>
 *   asyncWith(limit, async () => {
 *     most = Math.max(most, ++running);
 *     await sleep(1);
 *     running -= 1;
 *   });
 *
 * await Promise.all([download(), download(), download()]);
 *
 * assert.equal(most, 2);
 * ```
 */
export class Semaphore implements AsyncContextManager<undefined, void> {
  /** How many may go on at a time. */
  readonly permits: number;
  #available: number;
  readonly #waiting = new Set<(permit: Permit) => void>();
  /** The permits of blocks, which have nowhere else to keep them. */
  readonly #entered: Permit[] = [];

  /**
   * @param permits How many may go on at a time, at least 1.
   * @throws {RangeError} If `permits` is not an integer of at least 1.
   */
  constructor(permits: number) {
    if (!Number.isInteger(permits) || permits < 1) {
      throw new RangeError(
        `Cannot make a semaphore of ${permits}: it is not 1 or more`,
      );
    }
    this.permits = this.#available = permits;
  }

  /** How many permits are free. */
  get available(): number {
    return this.#available;
  }

  /** Whether there is no free permit, so that a caller would wait. */
  get locked(): boolean {
    return this.#available === 0;
  }

  /**
   * Waits for a permit.
   *
   * @param signal Ends the wait; the caller leaves the queue then.
   * @returns The permit; it must be given back.
   * @throws The signal's reason, once it is aborted; at once if it is already.
   */
  async acquire(signal?: AbortSignal): Promise<Permit> {
    signal?.throwIfAborted();
    return this.tryAcquire() ?? this.#wait(signal);
  }

  /**
   * Takes a permit if one is free.
   *
   * @returns The permit, which must be given back; `undefined` if none is free.
   */
  tryAcquire(): Permit | undefined {
    if (this.locked) return undefined;
    this.#available -= 1;
    return this.#createPermit();
  }

  /** Waits for a permit, for a block; does not pause where one is free. */
  [asyncEnter](): undefined | PromiseLike<undefined> {
    return whenThere(this.tryAcquire() ?? this.#wait(), (permit) => {
      this.#entered.push(permit);
      return undefined;
    });
  }

  /**
   * Gives a block's permit back.
   *
   * @throws {TypeError} If no block holds one.
   */
  [asyncExit](): void {
    const permit = this.#entered.pop();
    if (permit === undefined) {
      throw new TypeError("Cannot exit the semaphore: it is not entered");
    }
    permit.release();
  }

  #wait(signal?: AbortSignal): Promise<Permit> {
    return new Promise((resolve, reject) => {
      const serve = (permit: Permit): void => {
        stopListening();
        resolve(permit);
      };
      this.#waiting.add(serve);
      const stopListening = whenAborted(signal, (reason) => {
        this.#waiting.delete(serve);
        reject(reason);
      });
    });
  }

  #createPermit(): Permit {
    let held = true;
    const release = (): void => {
      if (held) this.#release();
      held = false;
    };
    return { release, [Symbol.dispose]: release };
  }

  /** Hands a permit on, to whoever has waited longest. */
  #release(): void {
    for (const serve of this.#waiting) {
      this.#waiting.delete(serve);
      serve(this.#createPermit());
      return;
    }
    this.#available += 1;
  }
}
