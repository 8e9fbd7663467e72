/**
 * What each case adds up to, by plain arithmetic: compared after every run, so
 * that no library is fast because it leaves something out.
 */
import { burstSize } from "./channels.mjs";
import { chunkSize } from "./sources.mjs";

/**
 * Adds up what the numbers give.
 *
 * @param {number} n
 * @param {(value: number) => number} give
 */
function addUp(n, give) {
  let total = 0;
  for (let i = 0; i < n; i++) total += give(i & 1023);
  return total;
}

/** @param {number} value */
function ifThird(value) {
  return value % 3 === 0 ? value : 0;
}

/** @param {number} n */
export function expectTwo(n) {
  return addUp(n, (value) => ifThird(value + 1));
}

/** @param {number} n */
export function expectFive(n) {
  return addUp(n, (value) =>
    (value + 1) % 3 === 0 ? 0 : (value + 1) * 2 - 1 + 1,
  );
}

/** @param {number} n */
export function expectTen(n) {
  let state = 0;
  return addUp(n, (value) => {
    if ((value + 1) % 7 === 0) return 0;
    state = (state + (value + 1) * 2 - 1) & 1023;
    return 1 + (state % 3 === 0 ? (state ^ 1) + 1 : 0);
  });
}

/** @param {number} n */
export function expectHeldOutOne(n) {
  let state = 0;
  return addUp(n, (value) => {
    if (value % 7 === 0 || value % 5 === 0) return 0;
    state = (state + value * 3) & 1023;
    return 1 + state + 1;
  });
}

/** @param {number} n */
export function expectHeldOutTwo(n) {
  let state = 0;
  return addUp(n, (value) => {
    state = (state + value) & 1023;
    return 2 * ifThird(state + 1);
  });
}

/** @param {number} n */
export function expectHeldOutThree(n) {
  return addUp(n, (value) => 1 + 2 + 3 + ifThird(value));
}

/** @param {number} n */
export function expectAll(n) {
  return addUp(n, (value) => value);
}

/** @param {number} n */
export function expectAllPlusOne(n) {
  return addUp(n, (value) => value + 1);
}

/** @param {number} n */
export function expectRecords(n) {
  return addUp(n, (value) => ifThird(value * 2));
}

/** @param {number} n */
export function expectChunked(n) {
  return addUp(n, (value) => ifThird((value % chunkSize) + 1));
}

/** @param {number} n */
export function expectFlatArrays(n) {
  return addUp(
    n,
    (value) =>
      ifThird(value) +
      ifThird(value + 1) +
      ifThird(value + 2) +
      ifThird(value + 3),
  );
}

/** @param {number} n */
export function expectFlatAsync(n) {
  return 10 * expectAll(n / 10) + (n / 10) * 45;
}

/** @param {number} n */
export function expectBatches(n) {
  let total = n;
  for (let i = 0; i < n; i += 10) total += (i & 1023) + 1;
  return total;
}

/** @param {number} n */
export function expectBursts(n) {
  return (n / burstSize) * expectAll(burstSize);
}
