import {
  batch,
  buffer,
  consume,
  filter,
  flatMap,
  flatten,
  map,
  parallelMap,
  parallelMerge,
  pipeline,
  reduce,
  take,
  tap,
  transform,
} from "streaming-iterables";
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
    const total = await pipeline(
      () => asyncNumbers(n),
      map((number) => number + 1),
      filter((number) => number % 7 !== 0),
      map((number) => number * 2),
      tap(() => {
        seen++;
      }),
      map((number) => number - 1),
      map((number) => (state = (state + number) & 1023)),
      filter((number) => number % 3 === 0),
      map((number) => number ^ 1),
      take(n),
      map((number) => number + 1),
      sum,
    );
    return total + seen;
  },
  obj3: (n) =>
    pipeline(
      () => asyncRecords(n),
      map(({ id, value }) => ({ id, double: value * 2 })),
      filter(({ double }) => double % 3 === 0),
      map(({ double }) => double),
      sum,
    ),
  chunked: (n) => sum(two(flatten(asyncChunks(n)))),
  ho1: (n) => sumHeldOutOne(asyncNumbers(n)),
  ho2: (n) => sumHeldOutTwo(asyncNumbers(n), n),
  ho3: (n) => sumHeldOutThree(asyncNumbers(n)),

  asyncCb: (n) => sumAsyncCallback(asyncNumbers(n)),
  asyncCbArray: (n) => sumAsyncCallback(numberArray(n)),
  flatArr: (n) =>
    pipeline(
      () => asyncNumbers(n),
      flatMap((number) => [number, number + 1, number + 2, number + 3]),
      filter((number) => number % 3 === 0),
      sum,
    ),
  flatAsync: (n) =>
    pipeline(
      () => asyncNumbers(n / 10),
      flatMap((number) => asyncTen(number)),
      sum,
    ),
  batch: (n) =>
    pipeline(
      () => asyncNumbers(n),
      map((number) => number + 1),
      batch(10),
      reduce((total, group) => total + group[0] + group.length, 0),
    ),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) total += await sum(two(asyncNumbers(10)));
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await pipeline(
        () => asyncNumbers(Infinity),
        map((number) => number + 1),
        take(10),
        sum,
      );
    }
    return total;
  },

  forawaitSync: (n) => addUp(two(numbers(n))),
  forawaitAsync: (n) => addUp(two(asyncNumbers(n))),
  forawaitAll: (n) =>
    addUp(
      pipeline(
        () => asyncNumbers(n),
        map((number) => number + 1),
        filter((number) => number > 0),
      ),
    ),

  mapNow: (n) => sum(parallelMap(16, async (number) => number + 1, numbers(n))),
  mapNowUnordered: (n) =>
    sum(transform(16, async (number) => number + 1, numbers(n))),
  mapImm16: (n) =>
    sum(parallelMap(16, (number) => later(number + 1), numbers(n))),
  mapImm16Unordered: (n) =>
    sum(transform(16, (number) => later(number + 1), numbers(n))),
  mapImm256: (n) =>
    sum(parallelMap(256, (number) => later(number + 1), numbers(n))),
  mapImm256Unordered: (n) =>
    sum(transform(256, (number) => later(number + 1), numbers(n))),

  merge: (n) =>
    sum(parallelMerge(...[1, 2, 3, 4].map(() => asyncNumbers(n / 4)))),
  mergeImm: (n) =>
    sum(parallelMerge(...[1, 2, 3, 4].map(() => delayedNumbers(n / 4)))),
  prefetch: (n) => sum(buffer(16, asyncNumbers(n))),
  async prefetchImm(n) {
    let total = 0;
    await pipeline(
      () => delayedNumbers(n),
      buffer(16),
      tap(async (number) => {
        const after = await later(number);
        total += after;
      }),
      consume,
    );
    return total;
  },
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync", "async"],
    steps: { map, mapAsync: map, filter, tap, take, flatMap },
    sum: (source, steps) => sum(pipeline(() => source, ...steps)),
  },
];

/** @param {Source<number>} source */
function two(source) {
  return pipeline(
    () => source,
    map((number) => number + 1),
    filter((number) => number % 3 === 0),
  );
}

/** @param {Source<number>} source */
async function sumFive(source) {
  let seen = 0;
  const total = await pipeline(
    () => source,
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
}

/** @param {Source<number>} source */
async function sumHeldOutOne(source) {
  let [seen, state] = [0, 0];
  const total = await pipeline(
    () => source,
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
}

/**
 * @param {Source<number>} source
 * @param {number} n
 */
function sumHeldOutTwo(source, n) {
  let state = 0;
  return pipeline(
    () => source,
    map((number) => (state = (state + number) & 1023)),
    map((number) => number + 1),
    take(n),
    filter((number) => number % 3 === 0),
    map((number) => number * 2),
    sum,
  );
}

/** @param {Source<number>} source */
async function sumHeldOutThree(source) {
  let [first, second, third] = [0, 0, 0];
  const total = await pipeline(
    () => source,
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
}

/** @param {Source<number>} source */
function sumAsyncCallback(source) {
  return pipeline(
    () => source,
    map(async (number) => number + 1),
    filter((number) => number % 3 === 0),
    sum,
  );
}

/** @param {Source<number>} source */
function sum(source) {
  return reduce((total, number) => total + number, 0, source);
}

/** @param {AsyncIterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}
