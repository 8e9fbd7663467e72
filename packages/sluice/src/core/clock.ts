/** Below the longest delay of a platform timer, 2^31 - 1 ms; a longer one fires at once. */
const LONGEST_DELAY = 2e9;

/** The port of time: all that the toolkit tells time by and waits on. */
export interface Clock {
  /** Gives the present moment, in milliseconds. */
  readonly now: () => number;
  /**
   * Calls a function once, at a deadline or as soon after it as can be, and never
   * before this has returned.
   *
   * @param deadline In milliseconds of `now()`; `Infinity` is never.
   * @returns A function that takes the timer back.
   */
  readonly startTimer: (deadline: number, fire: () => void) => () => void;
}

// The clock in use is these two bindings: no object stands between it and its callers.

/** Gives the present moment of the clock in use, that deadlines are told by. */
export let now: Clock["now"] = tellRealTime;

/** Calls a function once, at a deadline of the clock in use; gives what takes that back. */
export let startTimer: Clock["startTimer"] = startRealTimer;

/**
 * Puts a clock in the place of the one in use.
 *
 * Timers that were started before stay with the clock that they were started on.
 *
 * @returns A function that puts the one before back.
 */
export function useClock(clock: Clock): () => void {
  const before = { now, startTimer };
  ({ now, startTimer } = clock);
  return () => {
    ({ now, startTimer } = before);
  };
}

function tellRealTime(): number {
  return performance.now();
}

/** Starts a timer of the platform, which is right to a millisecond or so. */
function startRealTimer(deadline: number, fire: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  function arm(): void {
    const delay = Math.ceil(Math.max(0, deadline - performance.now()));
    timer =
      delay > LONGEST_DELAY
        ? setTimeout(arm, LONGEST_DELAY)
        : setTimeout(fire, delay);
  }
  arm();
  return () => {
    clearTimeout(timer);
  };
}
