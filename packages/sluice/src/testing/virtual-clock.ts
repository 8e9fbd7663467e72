import { checkDuration } from "../core/check-duration.ts";
import { checkFunction } from "../core/check-function.ts";
import { useClock } from "../core/clock.ts";
import { BusyError, ClosedError, SluiceError } from "../core/errors.ts";
import { waitUntilQuiet } from "./event-loop.ts";

/** Time that moves only when all is idle; see {@linkcode virtualClock}. */
export interface VirtualClock {
  /** The moments that time has moved to, in milliseconds, in order. */
  readonly steps: readonly number[];
  /**
   * How many timers are set and neither fired nor taken back: after a run, what it
   * left behind.
   */
  readonly pending: number;
  /** Gives the present moment, in milliseconds; it begins at 0. */
  now(): number;
  /**
   * Runs a function in this clock's time.
   *
   * The function begins at once. When nothing goes on any more, time moves to the
   * earliest deadline there is, and the timers that are due fire one by one, in
   * order of their deadlines and, of those with the same, in the order in which
   * they were set; what follows from one is through before the next fires. The
   * run ends when the function has settled and nothing goes on. Timers that it
   * leaves behind do not fire then: they are in `pending`, and wait for the next
   * run of this clock, which goes on at the moment where this one ended.
   *
   * However it ends, the toolkit waits in real time again afterwards.
   *
   * @param body What to run.
   * @returns What the function returned.
   * @throws What the function threw.
   * @throws {DeadlockError} If the function waits while no timer is set, and
   * nothing goes on; it is left waiting.
   * @throws {BusyError} If a run of this or another virtual clock is under way.
   * @throws {TypeError} If `body` is not a function.
   */
  run<T>(body: () => T | PromiseLike<T>): Promise<T>;
  /**
   * Waits until nothing goes on and nothing is due, so that time would move next;
   * it does not meanwhile.
   *
   * Tells what a function does without the passing of time: what is still waiting
   * after this waits for a later moment, or for ever.
   *
   * Source: trio, `trio.testing.wait_all_tasks_blocked`.
   *
   * @throws {ClosedError} If no run of this clock is under way.
   */
  waitUntilIdle(): Promise<void>;
}

/** Options of {@linkcode virtualClock}. */
export interface VirtualClockOptions {
  /**
   * How long to wait, in real milliseconds, before it is held that nothing goes
   * on: time for what the clock cannot see. 0 if absent.
   */
  readonly patience?: number;
}

/**
 * A run on a virtual clock waits, but for nothing that will come.
 *
 * @example A stream that never gives anything
 * ```ts
 * import { from } from "sluice";
 * import { DeadlockError, tracked, virtualClock } from "sluice/testing";
 * import assert from "node:assert/strict";
 *
 * const [source] = tracked<number>([], { stuck: true });
 *
 * await assert.rejects(
 *   virtualClock().run(() => from(source).toArray()),
 *   DeadlockError,
 * );
 * ```
 */
export class DeadlockError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_DEADLOCK";

  /** @inheritDoc */
  get name(): string {
    return "DeadlockError";
  }
}

/**
 * Makes a clock whose time moves only when all is idle, and that records its steps.
 *
 * Inside of its `run()` whatever the toolkit does by time (`sleep`, `timeout`,
 * `timeoutAt`, streams) goes by this clock: hours pass in no time, and every run
 * takes the same steps, so that they can be asserted exactly. To let a given time
 * pass inside of a run, `sleep()`.
 *
 * Idle means that all promises have gone as far as they can and that the event
 * loop has turned. In Node the clock sees calls of `setImmediate`, and requests
 * to files, and waits for them however long they take; without an end to them,
 * time never moves. It does not see networks, workers, compression or
 * cryptography: stand-ins are the better choice there, `patience` the other. What
 * is the platform's goes on in real time, and is not waited for: `setTimeout`,
 * `performance.now()`, `AbortSignal.timeout()`. So `timeoutAt()` takes moments of
 * this clock's `now()`.
 *
 * No global is replaced. But the toolkit has one clock at a time, so that
 * whatever else runs in the process during a run goes by it too. Holds one number
 * for each step, and the timers that are pending.
 *
 * Source: trio, `trio.testing.MockClock` with `autojump_threshold`.
 *
 * @param options How patient it is.
 * @returns The clock; it stands at 0, and stands still outside of `run()`.
 * @throws {TypeError} If `patience` is not a number.
 *
 * @example Half a minute, at once
 * ```ts
 * import { asyncWith, sleep, timeout } from "sluice";
 * import { virtualClock } from "sluice/testing";
 * import assert from "node:assert/strict";
 *
 * const clock = virtualClock();
 *
 * const waiting = clock.run(async () => {
 *   await sleep(10_000);
 *   await asyncWith(timeout(20_000), ({ signal }) => sleep(60_000, signal));
 * });
 *
 * await assert.rejects(waiting, { name: "TimeoutError" });
 * assert.deepEqual(clock.steps, [10_000, 30_000]);
 * assert.equal(clock.pending, 0);
 * ```
 *
 * @example Find that something waits for ever
 * ```ts
 * import { Lock } from "sluice";
 * import { virtualClock } from "sluice/testing";
 * import assert from "node:assert/strict";
 *
 * const lock = new Lock();
 * await lock.acquire();
 *
 * await assert.rejects(
 *   virtualClock().run(() => lock.acquire()),
 *   { name: "DeadlockError" },
 * );
 * ```
 */
export function virtualClock(options?: VirtualClockOptions): VirtualClock {
  return new SteppingClock(options?.patience ?? 0);
}

interface Timer {
  readonly deadline: number;
  readonly fire: () => void;
}

/** Whether a run is under way: the toolkit has one clock at a time. */
let isRunning = false;

class SteppingClock implements VirtualClock {
  readonly steps: number[] = [];
  readonly #patience: number;
  #now = 0;
  /** In the order in which they were set. */
  readonly #timers = new Set<Timer>();
  #isRunning = false;
  /** Those who wait until all is idle. */
  #waiting: (() => void)[] = [];

  constructor(patience: number) {
    checkDuration(patience);
    this.#patience = patience;
  }

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  async run<T>(body: () => T | PromiseLike<T>): Promise<T> {
    checkFunction(body, "run");
    if (isRunning) {
      throw new BusyError(
        "Cannot run on the virtual clock: another run is under way",
      );
    }
    const restoreClock = useClock({
      now: () => this.#now,
      startTimer: (deadline, fire) => this.#startTimer(deadline, fire),
    });
    isRunning = this.#isRunning = true;
    try {
      return await this.#runToEnd(body);
    } finally {
      isRunning = this.#isRunning = false;
      restoreClock();
      this.#endWaiting();
    }
  }

  waitUntilIdle(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#isRunning) {
        throw new ClosedError(
          "Cannot wait on the virtual clock: no run of it is under way",
        );
      }
      this.#waiting.push(resolve);
    });
  }

  #startTimer(deadline: number, fire: () => void): () => void {
    const timer = { deadline, fire };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  async #runToEnd<T>(body: () => T | PromiseLike<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    const result = new Promise<T>((resolve) => {
      resolve(body());
    });
    // Also, the failure of one that is left waiting is dropped.
    result.then(settle, settle);
    for (;;) {
      await waitUntilQuiet(this.#patience);
      // It is set while the loop turns, which is not seen here.
      if (isSettled as boolean) return result;
      this.#goOn();
    }
  }

  /** Does what comes next when all is idle. */
  #goOn(): void {
    const next = this.#findNext();
    const isDue = next !== undefined && next.deadline <= this.#now;
    if (!isDue && this.#waiting.length > 0) {
      this.#endWaiting();
      return;
    }
    if (next === undefined) {
      throw new DeadlockError(
        `Cannot go on with the run: it waits at ${this.#now} ms, and no timer is set`,
      );
    }
    if (!isDue) {
      this.#now = next.deadline;
      this.steps.push(next.deadline);
    }
    this.#timers.delete(next);
    next.fire();
  }

  #endWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Finds the timer that is the first to fire; a deadline of `Infinity` is never. */
  #findNext(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.deadline < (next?.deadline ?? Infinity)) next = timer;
    }
    return next;
  }
}
