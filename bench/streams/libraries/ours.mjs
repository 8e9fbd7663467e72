import { channel, from, merge, zip } from "../../dist/sluice/index.js";
import { burstSize, pushBursts, pushInTurns } from "../channels.mjs";
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

/** @import { Stream } from "../../dist/sluice/index.js" */
/** @import { Channel } from "../channels.mjs" */
/** @import { Cases, Family } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  sync2: (n) => two(from(numbers(n))).reduce(add, 0),
  sync5: (n) => sumFive(from(numbers(n))),
  array2: (n) => two(from(numberArray(n))).reduce(add, 0),
  ho1sync: (n) => sumHeldOutOne(from(numbers(n))),
  ho2sync: (n) => sumHeldOutTwo(from(numbers(n)), n),
  ho3sync: (n) => sumHeldOutThree(from(numbers(n))),

  async2: (n) => two(from(asyncNumbers(n))).reduce(add, 0),
  async5: (n) => sumFive(from(asyncNumbers(n))),
  async async10(n) {
    let seen = 0;
    const total = await from(asyncNumbers(n))
      .map((number) => number + 1)
      .filter((number) => number % 7 !== 0)
      .map((number) => number * 2)
      .tap(() => {
        seen++;
      })
      .map((number) => number - 1)
      .scan((state, number) => (state + number) & 1023, 0)
      .filter((number) => number % 3 === 0)
      .map((number) => number ^ 1)
      .take(n)
      .map((number) => number + 1)
      .reduce(add, 0);
    return total + seen;
  },
  obj3: (n) =>
    from(asyncRecords(n))
      .map(({ id, value }) => ({ id, double: value * 2 }))
      .filter(({ double }) => double % 3 === 0)
      .map(({ double }) => double)
      .reduce(add, 0),
  chunked: (n) =>
    two(from(asyncChunks(n)).flatMap((chunk) => chunk)).reduce(add, 0),
  ho1: (n) => sumHeldOutOne(from(asyncNumbers(n))),
  ho2: (n) => sumHeldOutTwo(from(asyncNumbers(n)), n),
  ho3: (n) => sumHeldOutThree(from(asyncNumbers(n))),

  asyncCb: (n) => sumAsyncCallback(from(asyncNumbers(n))),
  asyncCbArray: (n) => sumAsyncCallback(from(numberArray(n))),
  flatArr: (n) =>
    from(asyncNumbers(n))
      .flatMap((number) => [number, number + 1, number + 2, number + 3])
      .filter((number) => number % 3 === 0)
      .reduce(add, 0),
  flatAsync: (n) =>
    from(asyncNumbers(n / 10))
      .flatMap((number) => asyncTen(number))
      .reduce(add, 0),
  batch: (n) =>
    from(asyncNumbers(n))
      .map((number) => number + 1)
      .chunks(10)
      .reduce((total, group) => total + group[0] + group.length, 0),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await two(from(asyncNumbers(10))).reduce(add, 0);
    }
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await from(asyncNumbers(Infinity))
        .map((number) => number + 1)
        .take(10)
        .reduce(add, 0);
    }
    return total;
  },

  forawaitSync: (n) => addUp(two(from(numbers(n)))),
  forawaitAsync: (n) => addUp(two(from(asyncNumbers(n)))),
  forawaitAll: (n) =>
    addUp(
      from(asyncNumbers(n))
        .map((number) => number + 1)
        .filter((number) => number > 0),
    ),

  mapNow: (n) =>
    from(numbers(n))
      .map(async (number) => number + 1, { concurrency: 16 })
      .reduce(add, 0),
  mapNowUnordered: (n) =>
    from(numbers(n))
      .map(async (number) => number + 1, { concurrency: 16, ordered: false })
      .reduce(add, 0),
  mapImm16: (n) =>
    from(numbers(n))
      .map((number) => later(number + 1), { concurrency: 16 })
      .reduce(add, 0),
  mapImm16Unordered: (n) =>
    from(numbers(n))
      .map((number) => later(number + 1), { concurrency: 16, ordered: false })
      .reduce(add, 0),
  mapImm256: (n) =>
    from(numbers(n))
      .map((number) => later(number + 1), { concurrency: 256 })
      .reduce(add, 0),
  mapImm256Unordered: (n) =>
    from(numbers(n))
      .map((number) => later(number + 1), { concurrency: 256, ordered: false })
      .reduce(add, 0),

  merge: (n) =>
    merge(...[1, 2, 3, 4].map(() => asyncNumbers(n / 4))).reduce(add, 0),
  mergeImm: (n) =>
    merge(...[1, 2, 3, 4].map(() => delayedNumbers(n / 4))).reduce(add, 0),
  prefetch: (n) => from(asyncNumbers(n)).buffered(16).reduce(add, 0),
  async prefetchImm(n) {
    let total = 0;
    await from(delayedNumbers(n))
      .buffered(16)
      .forEach(async (number) => {
        const after = await later(number);
        total += after;
      });
    return total;
  },
  zip2: (n) =>
    zip([asyncNumbers(n), asyncNumbers(n)]).reduce(
      (total, [one, two]) => total + one + two,
      0,
    ),
  zip4: (n) =>
    zip([1, 2, 3, 4].map(() => asyncNumbers(n))).reduce(
      (total, [one, two, three, four]) => total + one + two + three + four,
      0,
    ),
  async tee(n) {
    const branches = from(asyncNumbers(n)).tee(2);
    const [one, other] = await Promise.all(
      branches.map((branch) => branch.reduce(add, 0)),
    );
    return one + other;
  },

  channelBurst: (n) => pushBursts(n, openIntoSink),
  channelTen: (n) => pushInTurns(n, 10, openIntoSink),
  channelOne: (n) => pushInTurns(n, 1, openIntoSink),
  channelBurstForAwait: (n) => pushBursts(n, openIntoForAwait),
  channelTenForAwait: (n) => pushInTurns(n, 10, openIntoForAwait),
  channelOneForAwait: (n) => pushInTurns(n, 1, openIntoForAwait),
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync", "async"],
    steps: {
      map: (change) => (stream) => stream.map(change),
      mapAsync: (change) => (stream) => stream.map(change),
      filter: (test) => (stream) => stream.filter(test),
      tap: (look) => (stream) => stream.tap(look),
      take: (count) => (stream) => stream.take(count),
      scan: (gather) => (stream) => stream.scan(gather, 0),
      flatMap: (open) => (stream) => stream.flatMap(open),
    },
    sum: (source, steps) =>
      steps.reduce((stream, step) => step(stream), from(source)).reduce(add, 0),
  },
];

/** @param {Stream<number>} stream */
function two(stream) {
  return stream
    .map((number) => number + 1)
    .filter((number) => number % 3 === 0);
}

/** @param {Stream<number>} stream */
async function sumFive(stream) {
  let seen = 0;
  const total = await stream
    .map((number) => number + 1)
    .filter((number) => number % 3 !== 0)
    .map((number) => number * 2)
    .tap(() => {
      seen++;
    })
    .map((number) => number - 1)
    .reduce(add, 0);
  return total + seen;
}

/** @param {Stream<number>} stream */
async function sumHeldOutOne(stream) {
  let seen = 0;
  const total = await stream
    .filter((number) => number % 7 !== 0)
    .filter((number) => number % 5 !== 0)
    .map((number) => number * 3)
    .scan((state, number) => (state + number) & 1023, 0)
    .tap(() => {
      seen++;
    })
    .map((number) => number + 1)
    .reduce(add, 0);
  return total + seen;
}

/**
 * @param {Stream<number>} stream
 * @param {number} n
 */
function sumHeldOutTwo(stream, n) {
  return stream
    .scan((state, number) => (state + number) & 1023, 0)
    .map((number) => number + 1)
    .take(n)
    .filter((number) => number % 3 === 0)
    .map((number) => number * 2)
    .reduce(add, 0);
}

/** @param {Stream<number>} stream */
async function sumHeldOutThree(stream) {
  let [first, second, third] = [0, 0, 0];
  const total = await stream
    .tap(() => {
      first++;
    })
    .tap(() => {
      second += 2;
    })
    .tap(() => {
      third += 3;
    })
    .filter((number) => number % 3 === 0)
    .reduce(add, 0);
  return total + first + second + third;
}

/** @param {Stream<number>} stream */
function sumAsyncCallback(stream) {
  return stream
    .map(async (number) => number + 1)
    .filter((number) => number % 3 === 0)
    .reduce(add, 0);
}

/**
 * @param {number} total
 * @param {number} number
 */
function add(total, number) {
  return total + number;
}

/** @param {AsyncIterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}

/** @returns {Channel} */
function openIntoSink() {
  const numbers = channel({ capacity: burstSize });
  return {
    push: (value) => numbers.trySend(value),
    close: () => numbers.close(),
    sum: numbers.receiver.reduce(add, 0),
  };
}

/** @returns {Channel} */
function openIntoForAwait() {
  const numbers = channel({ capacity: burstSize });
  return {
    push: (value) => numbers.trySend(value),
    close: () => numbers.close(),
    sum: addUp(numbers.receiver),
  };
}
