/** Frames of 2023 in TAI, at 30000/1001: the first of them. */
export const ntscStart = 50_781_900_000;

/** Samples of 2023 in TAI, at 48000: the first of them. */
export const samplesStart = 81_332_603_856_000;

/** How many inputs there are where they are made beforehand; a power of two. */
export const size = 256;

/** An hour of frames at 25. */
const frames = 90_000;

/** Nanoseconds of frames at 25, and of some instants between. */
export const near0 = list((index) => BigInt(index) * 40_000_000n + 7n);

/** Nanoseconds of frames at 30000/1001 in 2023. */
export const nearNtsc = list(
  (index) => (BigInt(ntscStart + index) * 1_001_000_000_000n) / 30_000n,
);

/** Nanoseconds of samples at 48000 in 2023. */
export const nearSamples = list(
  (index) => (BigInt(samplesStart + index) * 1_000_000_000n) / 48_000n,
);

/** Starts and ends of ranges of some seconds in 2023, of which neighbours overlap or not. */
export const ranges = list((index) => {
  const start =
    1_694_429_247_000_000_000n + BigInt((index * 7) % 61) * second();
  return [start, start + BigInt(1 + (index % 5)) * second()];
});

/** Nanoseconds of instants about those ranges. */
export const instants = list(
  (index) => 1_694_429_247_000_000_000n + BigInt((index * 13) % 66) * second(),
);

/** The frame of a turn, within an hour. */
export function frameOf(/** @type {number} */ turn) {
  return turn % frames;
}

/** The range that frames are looked for in, in nanoseconds: ten minutes of the hour. */
export const asked = [600_000_000_000n, 1_200_000_000_000n];

/**
 * @template T
 * @param {(index: number) => T} make
 * @returns {T[]}
 */
function list(make) {
  return Array.from({ length: size }, (_, index) => make(index));
}

function second() {
  return 1_000_000_000n;
}
