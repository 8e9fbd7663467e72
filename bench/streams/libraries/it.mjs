import batch from "it-batch";
import filter from "it-filter";
import forEach from "it-foreach";
import map from "it-map";
import merge from "it-merge";
import parallel from "it-parallel";
import { pushable } from "it-pushable";
import take from "it-take";
import { pushBursts, pushInTurns } from "../channels.mjs";
import {
  asyncNumbers,
  asyncRecords,
  delayedNumbers,
  later,
  numberArray,
  numbers,
} from "../sources.mjs";

/** @import { Channel } from "../channels.mjs" */
/** @import { Cases, Family, Source } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  sync2: (n) => sum(two(numbers(n))),
  sync5: (n) => sumFive(numbers(n)),
  array2: (n) => sum(two(numberArray(n))),
  ho1sync: (n) => sumHeldOutOne(numbers(n)),
  ho2sync: (n) => sumHeldOutTwo(numbers(n), n),
  ho3sync: (n) => sumHeldOutThree(numbers(n)),

  async2: (n) => sum(two(asyncNumbers(n))),
  async5: (n) => sumFive(asyncNumbers(n)),
  async async10(n) {
    let [seen, state] = [0, 0];
    let stream = map(asyncNumbers(n), (number) => number + 1);
    stream = filter(stream, (number) => number % 7 !== 0);
    stream = map(stream, (number) => number * 2);
    stream = forEach(stream, () => {
      seen++;
    });
    stream = map(stream, (number) => number - 1);
    stream = map(stream, (number) => (state = (state + number) & 1023));
    stream = filter(stream, (number) => number % 3 === 0);
    stream = map(stream, (number) => number ^ 1);
    stream = take(stream, n);
    stream = map(stream, (number) => number + 1);
    const total = await sum(stream);
    return total + seen;
  },
  obj3(n) {
    let stream = map(asyncRecords(n), ({ id, value }) => ({
      id,
      double: value * 2,
    }));
    stream = filter(stream, ({ double }) => double % 3 === 0);
    return sum(map(stream, ({ double }) => double));
  },
  ho1: (n) => sumHeldOutOne(asyncNumbers(n)),
  ho2: (n) => sumHeldOutTwo(asyncNumbers(n), n),
  ho3: (n) => sumHeldOutThree(asyncNumbers(n)),

  asyncCb: (n) => sumAsyncCallback(asyncNumbers(n)),
  asyncCbArray: (n) => sumAsyncCallback(numberArray(n)),
  async batch(n) {
    let total = 0;
    const stream = map(asyncNumbers(n), (number) => number + 1);
    for await (const group of batch(stream, 10)) {
      total += group[0] + group.length;
    }
    return total;
  },
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) total += await sum(two(asyncNumbers(10)));
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      const stream = map(asyncNumbers(Infinity), (number) => number + 1);
      total += await sum(take(stream, 10));
    }
    return total;
  },

  forawaitSync: (n) => addUp(two(numbers(n))),
  forawaitAsync: (n) => addUp(two(asyncNumbers(n))),
  forawaitAll(n) {
    const stream = map(asyncNumbers(n), (number) => number + 1);
    return addUp(filter(stream, (number) => number > 0));
  },

  mapNow: (n) => sum(parallel(tasks(n), { concurrency: 16, ordered: true })),
  mapNowUnordered: (n) => sum(parallel(tasks(n), { concurrency: 16 })),
  mapImm16: (n) =>
    sum(parallel(delayedTasks(n), { concurrency: 16, ordered: true })),
  mapImm16Unordered: (n) => sum(parallel(delayedTasks(n), { concurrency: 16 })),
  mapImm256: (n) =>
    sum(parallel(delayedTasks(n), { concurrency: 256, ordered: true })),
  mapImm256Unordered: (n) =>
    sum(parallel(delayedTasks(n), { concurrency: 256 })),

  merge: (n) => sum(merge(...[1, 2, 3, 4].map(() => asyncNumbers(n / 4)))),
  mergeImm: (n) => sum(merge(...[1, 2, 3, 4].map(() => delayedNumbers(n / 4)))),

  channelBurstForAwait: (n) => pushBursts(n, openPushable),
  channelTenForAwait: (n) => pushInTurns(n, 10, openPushable),
  channelOneForAwait: (n) => pushInTurns(n, 1, openPushable),
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync", "async"],
    steps: {
      map: (change) => (source) => map(source, change),
      filter: (test) => (source) => filter(source, test),
      tap: (look) => (source) => forEach(source, look),
      take: (count) => (source) => take(source, count),
    },
    sum: (source, steps) =>
      sum(steps.reduce((stream, step) => step(stream), source)),
  },
];

/** @param {Source<number>} source */
function two(source) {
  const stream = map(source, (number) => number + 1);
  return filter(stream, (number) => number % 3 === 0);
}

/** @param {Source<number>} source */
async function sumFive(source) {
  let seen = 0;
  let stream = map(source, (number) => number + 1);
  stream = filter(stream, (number) => number % 3 !== 0);
  stream = map(stream, (number) => number * 2);
  stream = forEach(stream, () => {
    seen++;
  });
  stream = map(stream, (number) => number - 1);
  const total = await sum(stream);
  return total + seen;
}

/** @param {Source<number>} source */
async function sumHeldOutOne(source) {
  let [seen, state] = [0, 0];
  let stream = filter(source, (number) => number % 7 !== 0);
  stream = filter(stream, (number) => number % 5 !== 0);
  stream = map(stream, (number) => number * 3);
  stream = map(stream, (number) => (state = (state + number) & 1023));
  stream = forEach(stream, () => {
    seen++;
  });
  stream = map(stream, (number) => number + 1);
  const total = await sum(stream);
  return total + seen;
}

/**
 * @param {Source<number>} source
 * @param {number} n
 */
function sumHeldOutTwo(source, n) {
  let state = 0;
  let stream = map(source, (number) => (state = (state + number) & 1023));
  stream = map(stream, (number) => number + 1);
  stream = take(stream, n);
  stream = filter(stream, (number) => number % 3 === 0);
  return sum(map(stream, (number) => number * 2));
}

/** @param {Source<number>} source */
async function sumHeldOutThree(source) {
  let [first, second, third] = [0, 0, 0];
  let stream = forEach(source, () => {
    first++;
  });
  stream = forEach(stream, () => {
    second += 2;
  });
  stream = forEach(stream, () => {
    third += 3;
  });
  stream = filter(stream, (number) => number % 3 === 0);
  const total = await sum(stream);
  return total + first + second + third;
}

/** @param {Source<number>} source */
function sumAsyncCallback(source) {
  const stream = map(source, async (number) => number + 1);
  return sum(filter(stream, (number) => number % 3 === 0));
}

/** @param {number} n */
function* tasks(n) {
  for (const number of numbers(n)) yield async () => number + 1;
}

/** @param {number} n */
function* delayedTasks(n) {
  for (const number of numbers(n)) yield () => later(number + 1);
}

/**
 * There is no sink: one writes the loop, of the kind that the steps have come to.
 *
 * @param {Source<number>} source
 */
function sum(source) {
  if (Symbol.asyncIterator in source) return addUp(source);
  let total = 0;
  for (const number of source) total += number;
  return total;
}

/** @param {Source<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}

/** @returns {Channel} */
function openPushable() {
  const numbers = pushable({ objectMode: true });
  return {
    push: (value) => numbers.push(value),
    close: () => numbers.end(),
    sum: addUp(numbers),
  };
}
