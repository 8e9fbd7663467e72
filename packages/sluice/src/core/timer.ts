/** Below the longest delay of a platform timer, 2^31 - 1 ms; a longer one fires at once. */
const LONGEST_DELAY = 2e9;

/** Gives the present moment of the clock that deadlines are told by, in milliseconds. */
export function now(): number {
  return performance.now();
}

/**
 * Calls a function once, at a deadline, give or take a millisecond of the platform's
 * timer, or as soon after it as the loop is free.
 *
 * @param deadline In milliseconds of {@linkcode now}; `Infinity` is never.
 * @returns A function that takes the timer back.
 */
export function startTimer(deadline: number, fire: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  function arm(): void {
    const delay = Math.ceil(Math.max(0, deadline - now()));
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
