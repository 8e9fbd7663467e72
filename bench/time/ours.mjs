/** The same with `@sluice/time`. */
import { Rate, TimeRange, Timestamp } from "../dist/time/index.js";
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
const pal = Rate.of(25);
const ntsc = Rate.of(30000, 1001);
const audio = Rate.of(48000);

const spans = ranges.map(([start, end]) => makeRange(start, end));
const times = instants.map((one) => Timestamp.fromNanoseconds(one));

/**
 * @param {bigint} start
 * @param {bigint} end
 */
function makeRange(start, end) {
  return TimeRange.of(
    Timestamp.fromNanoseconds(start),
    Timestamp.fromNanoseconds(end),
  );
}

/**
 * @param {number} n
 * @param {number} start
 * @param {Rate} rate
 */
function makeInstants(n, start, rate) {
  const kept = new Array(size).fill(Timestamp.zero);
  for (let i = 0; i < n; i++) {
    kept[i & mask] = Timestamp.fromCount(start + i, rate);
  }
  const sum = kept.reduce((all, { nanoseconds }) => all + nanoseconds, 0n);
  return Number(sum % 1_000_003n);
}

/**
 * @param {number} n
 * @param {readonly bigint[]} nanoseconds
 * @param {Rate} rate
 */
function makeCounts(n, nanoseconds, rate) {
  const all = nanoseconds.map((one) => Timestamp.fromNanoseconds(one));
  let sum = 0;
  for (let i = 0; i < n; i++) sum += all[i & mask].toCount(rate) & 1023;
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
    sum += Timestamp.compare(times[i & mask], times[(i + 1) & mask]);
  }
  return sum;
}

/** @type {Way} */
function contains(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (spans[i & mask].contains(times[i & mask])) sum++;
  }
  return sum;
}

/** @type {Way} */
function overlaps(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (spans[i & mask].overlaps(spans[(i + 9) & mask])) sum++;
  }
  return sum;
}

/** @type {Way} */
function intersect(n) {
  const kept = new Array(size).fill(TimeRange.never);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const common = spans[i & mask].intersect(spans[(i + 9) & mask]);
    kept[i & mask] = common;
    if (!common.isEmpty) sum++;
  }
  return sum;
}

/** @type {Way} */
function perFrame(n) {
  const range = makeRange(asked[0], asked[1]);
  const options = { phase: range.start };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const time = Timestamp.fromCount(frameOf(i), pal);
    if (range.contains(time)) sum += time.toCount(pal, options);
  }
  return sum;
}

/** Each case by its name. */
export const ours = {
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
