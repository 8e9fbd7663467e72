/** Nanoseconds in a second. */
export const second = 1_000_000_000n;
