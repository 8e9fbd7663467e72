import asyncBatch from "iter-tools/methods/async-batch";
import asyncBuffer from "iter-tools/methods/async-buffer";
import asyncFilter from "iter-tools/methods/async-filter";
import asyncFlatMap from "iter-tools/methods/async-flat-map";
import asyncFork from "iter-tools/methods/async-fork";
import asyncInterleaveReady from "iter-tools/methods/async-interleave-ready";
import asyncMap from "iter-tools/methods/async-map";
import asyncReduce from "iter-tools/methods/async-reduce";
import asyncTake from "iter-tools/methods/async-take";
import asyncTap from "iter-tools/methods/async-tap";
import asyncToArray from "iter-tools/methods/async-to-array";
import asyncZip from "iter-tools/methods/async-zip";
import execPipe from "iter-tools/methods/exec-pipe";
import filter from "iter-tools/methods/filter";
import flatMap from "iter-tools/methods/flat-map";
import map from "iter-tools/methods/map";
import reduce from "iter-tools/methods/reduce";
import take from "iter-tools/methods/take";
import tap from "iter-tools/methods/tap";
import {
  asyncChunks,
  asyncNumbers,
  asyncRecords,
  asyncTen,
  delayedNumbers,
  later,
  numberArray,
  numbers,
} from "../sources.mjs";

/** @import { Cases, Family } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  sync2: (n) => sum(two(numbers(n))),
  sync5(n) {
    let seen = 0;
    const total = execPipe(
      numbers(n),
      map((number) => number + 1),
      filter((number) => number % 3 !== 0),
      map((number) => number * 2),
      tap(() => {
        seen++;
      }),
      map((number) => number - 1),
      sum,
    );
    return total + seen;
  },
  array2: (n) => sum(two(numberArray(n))),
  ho1sync(n) {
    let [seen, state] = [0, 0];
    const total = execPipe(
      numbers(n),
      filter((number) => number % 7 !== 0),
      filter((number) => number % 5 !== 0),
      map((number) => number * 3),
      map((number) => (state = (state + number) & 1023)),
      tap(() => {
        seen++;
      }),
      map((number) => number + 1),
      sum,
    );
    return total + seen;
  },
  ho2sync(n) {
    let state = 0;
    return execPipe(
      numbers(n),
      map((number) => (state = (state + number) & 1023)),
      map((number) => number + 1),
      take(n),
      filter((number) => number % 3 === 0),
      map((number) => number * 2),
      sum,
    );
  },
  ho3sync(n) {
    let [first, second, third] = [0, 0, 0];
    const total = execPipe(
      numbers(n),
      tap(() => {
        first++;
      }),
      tap(() => {
        second += 2;
      }),
      tap(() => {
        third += 3;
      }),
      filter((number) => number % 3 === 0),
      sum,
    );
    return total + first + second + third;
  },

  async2: (n) => asyncSum(asyncTwo(asyncNumbers(n))),
  async async5(n) {
    let seen = 0;
    const total = await execPipe(
      asyncNumbers(n),
      asyncMap((number) => number + 1),
      asyncFilter((number) => number % 3 !== 0),
      asyncMap((number) => number * 2),
      asyncTap(() => {
        seen++;
      }),
      asyncMap((number) => number - 1),
      asyncSum,
    );
    return total + seen;
  },
  async async10(n) {
    let [seen, state] = [0, 0];
    const total = await execPipe(
      asyncNumbers(n),
      asyncMap((number) => number + 1),
      asyncFilter((number) => number % 7 !== 0),
      asyncMap((number) => number * 2),
      asyncTap(() => {
        seen++;
      }),
      asyncMap((number) => number - 1),
      asyncMap((number) => (state = (state + number) & 1023)),
      asyncFilter((number) => number % 3 === 0),
      asyncMap((number) => number ^ 1),
      asyncTake(n),
      asyncMap((number) => number + 1),
      asyncSum,
    );
    return total + seen;
  },
  obj3: (n) =>
    execPipe(
      asyncRecords(n),
      asyncMap(({ id, value }) => ({ id, double: value * 2 })),
      asyncFilter(({ double }) => double % 3 === 0),
      asyncMap(({ double }) => double),
      asyncSum,
    ),
  chunked: (n) =>
    asyncSum(asyncTwo(asyncFlatMap((chunk) => chunk, asyncChunks(n)))),
  async ho1(n) {
    let [seen, state] = [0, 0];
    const total = await execPipe(
      asyncNumbers(n),
      asyncFilter((number) => number % 7 !== 0),
      asyncFilter((number) => number % 5 !== 0),
      asyncMap((number) => number * 3),
      asyncMap((number) => (state = (state + number) & 1023)),
      asyncTap(() => {
        seen++;
      }),
      asyncMap((number) => number + 1),
      asyncSum,
    );
    return total + seen;
  },
  ho2(n) {
    let state = 0;
    return execPipe(
      asyncNumbers(n),
      asyncMap((number) => (state = (state + number) & 1023)),
      asyncMap((number) => number + 1),
      asyncTake(n),
      asyncFilter((number) => number % 3 === 0),
      asyncMap((number) => number * 2),
      asyncSum,
    );
  },
  async ho3(n) {
    let [first, second, third] = [0, 0, 0];
    const total = await execPipe(
      asyncNumbers(n),
      asyncTap(() => {
        first++;
      }),
      asyncTap(() => {
        second += 2;
      }),
      asyncTap(() => {
        third += 3;
      }),
      asyncFilter((number) => number % 3 === 0),
      asyncSum,
    );
    return total + first + second + third;
  },

  asyncCb: (n) => sumAsyncCallback(asyncNumbers(n)),
  asyncCbArray: (n) => sumAsyncCallback(numberArray(n)),
  flatArr: (n) =>
    execPipe(
      asyncNumbers(n),
      asyncFlatMap((number) => [number, number + 1, number + 2, number + 3]),
      asyncFilter((number) => number % 3 === 0),
      asyncSum,
    ),
  flatAsync: (n) =>
    execPipe(
      asyncNumbers(n / 10),
      asyncFlatMap((number) => asyncTen(number)),
      asyncSum,
    ),
  batch: (n) =>
    execPipe(
      asyncNumbers(n),
      asyncMap((number) => number + 1),
      asyncBatch(10),
      asyncMap((group) => asyncToArray(group)),
      asyncReduce(0, (total, group) => total + group[0] + group.length),
    ),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await asyncSum(asyncTwo(asyncNumbers(10)));
    }
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await execPipe(
        asyncNumbers(Infinity),
        asyncMap((number) => number + 1),
        asyncTake(10),
        asyncSum,
      );
    }
    return total;
  },

  forawaitSync: (n) => addUp(two(numbers(n))),
  forawaitAsync: (n) => addUp(asyncTwo(asyncNumbers(n))),
  forawaitAll: (n) =>
    addUp(
      execPipe(
        asyncNumbers(n),
        asyncMap((number) => number + 1),
        asyncFilter((number) => number > 0),
      ),
    ),

  merge: (n) =>
    asyncSum(
      asyncInterleaveReady(...[1, 2, 3, 4].map(() => asyncNumbers(n / 4))),
    ),
  mergeImm: (n) =>
    asyncSum(
      asyncInterleaveReady(...[1, 2, 3, 4].map(() => delayedNumbers(n / 4))),
    ),
  prefetch: (n) => asyncSum(asyncBuffer(16, asyncNumbers(n))),
  async prefetchImm(n) {
    let total = 0;
    for await (const number of asyncBuffer(16, delayedNumbers(n))) {
      total += await later(number);
    }
    return total;
  },
  zip2: (n) =>
    asyncReduce(
      0,
      (total, [one, two]) => total + one + two,
      asyncZip(asyncNumbers(n), asyncNumbers(n)),
    ),
  zip4: (n) =>
    asyncReduce(
      0,
      (total, [one, two, three, four]) => total + one + two + three + four,
      asyncZip(...[1, 2, 3, 4].map(() => asyncNumbers(n))),
    ),
  async tee(n) {
    const [one, other] = asyncFork(asyncNumbers(n));
    const sums = await Promise.all([asyncSum(one), asyncSum(other)]);
    return sums[0] + sums[1];
  },
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync"],
    steps: { map, filter, tap, take, flatMap },
    sum: (source, steps) => execPipe(source, ...steps, sum),
  },
  {
    sources: ["async"],
    steps: {
      map: asyncMap,
      mapAsync: asyncMap,
      filter: asyncFilter,
      tap: asyncTap,
      take: asyncTake,
      flatMap: asyncFlatMap,
    },
    sum: (source, steps) => execPipe(source, ...steps, asyncSum),
  },
];

/** @param {Iterable<number>} source */
function two(source) {
  return execPipe(
    source,
    map((number) => number + 1),
    filter((number) => number % 3 === 0),
  );
}

/** @param {AsyncIterable<number>} source */
function asyncTwo(source) {
  return execPipe(
    source,
    asyncMap((number) => number + 1),
    asyncFilter((number) => number % 3 === 0),
  );
}

/** @param {AsyncIterable<number> | Iterable<number>} source */
function sumAsyncCallback(source) {
  return execPipe(
    source,
    asyncMap(async (number) => number + 1),
    asyncFilter((number) => number % 3 === 0),
    asyncSum,
  );
}

/** @param {Iterable<number>} source */
function sum(source) {
  return reduce(0, (total, number) => total + number, source);
}

/** @param {AsyncIterable<number>} source */
function asyncSum(source) {
  return asyncReduce(0, (total, number) => total + number, source);
}

/** @param {AsyncIterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}
