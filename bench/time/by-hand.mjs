/** What one would write by hand: nanoseconds as a `bigint`, and a range with two of them. */
import {
  asked,
  frameOf,
  instants,
  near0,
  nearNtsc,
  nearSamples,
  ntscStart,
  ranges,
  samplesStart,
  size,
} from "./workload.mjs";

/** @import { Way } from "./cases.mjs" */

const mask = size - 1;

/** A rate: units in so many nanoseconds, and half a unit. */
const pal = { units: 25n, ns: 1_000_000_000n, half: 20_000_000n };
const ntsc = { units: 30_000n, ns: 1_001_000_000_000n, half: 16_683_333n };
const audio = { units: 48_000n, ns: 1_000_000_000n, half: 10_416n };

const spans = ranges.map(([start, end]) => ({ start, end }));

/**
 * @param {number} count
 * @param {typeof pal} rate
 */
function toNanoseconds(count, { units, ns }) {
  return (BigInt(count) * ns) / units;
}

/**
 * @param {bigint} nanoseconds From 0 on.
 * @param {typeof pal} rate
 */
function toCountOf(nanoseconds, { units, ns, half }) {
  return Number(((nanoseconds + half) * units) / ns);
}

/**
 * @param {number} n
 * @param {number} start
 * @param {typeof pal} rate
 */
function makeInstants(n, start, rate) {
  const kept = new Array(size).fill(0n);
  for (let i = 0; i < n; i++) kept[i & mask] = toNanoseconds(start + i, rate);
  return Number(kept.reduce((sum, one) => sum + one) % 1_000_003n);
}

/**
 * @param {number} n
 * @param {readonly bigint[]} times
 * @param {typeof pal} rate
 */
function makeCounts(n, times, rate) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += toCountOf(times[i & mask], rate) & 1023;
  return sum;
}

/** @type {Way} */
const fromCount = (n) => makeInstants(n, 0, pal);

/** @type {Way} */
const fromCountNtsc = (n) => makeInstants(n, ntscStart, ntsc);

/** @type {Way} */
const fromCountSamples = (n) => makeInstants(n, samplesStart, audio);

/** @type {Way} */
const toCount = (n) => makeCounts(n, near0, pal);

/** @type {Way} */
const toCountNtsc = (n) => makeCounts(n, nearNtsc, ntsc);

/** @type {Way} */
const toCountSamples = (n) => makeCounts(n, nearSamples, audio);

/** @type {Way} */
function compare(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [instants[i & mask], instants[(i + 1) & mask]];
    sum += a < b ? -1 : a > b ? 1 : 0;
  }
  return sum;
}

/** @type {Way} */
function contains(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const { start, end } = spans[i & mask];
    const time = instants[i & mask];
    if (start <= time && time < end) sum++;
  }
  return sum;
}

/** @type {Way} */
function overlaps(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [spans[i & mask], spans[(i + 9) & mask]];
    if (a.start < b.end && b.start < a.end) sum++;
  }
  return sum;
}

/** @type {Way} */
function intersect(n) {
  const kept = new Array(size).fill(spans[0]);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [spans[i & mask], spans[(i + 9) & mask]];
    const start = a.start < b.start ? b.start : a.start;
    const end = a.end < b.end ? a.end : b.end;
    const common = start < end ? { start, end } : undefined;
    kept[i & mask] = common;
    if (common !== undefined) sum++;
  }
  return sum;
}

/** @type {Way} */
function perFrame(n) {
  const range = { start: asked[0], end: asked[1] };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const time = toNanoseconds(frameOf(i), pal);
    if (range.start <= time && time < range.end) {
      sum += toCountOf(time - range.start, pal);
    }
  }
  return sum;
}

/** Each case by its name. */
export const byHand = {
  fromCount,
  fromCountNtsc,
  fromCountSamples,
  toCount,
  toCountNtsc,
  toCountSamples,
  compare,
  contains,
  overlaps,
  intersect,
  perFrame,
};
