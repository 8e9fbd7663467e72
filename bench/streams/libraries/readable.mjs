import { Readable } from "node:stream";
import { pushBursts, pushInTurns } from "../channels.mjs";
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

/** @import { Channel } from "../channels.mjs" */
/** @import { Cases, Family } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  sync2: (n) => two(Readable.from(numbers(n))).reduce(add, 0),
  sync5: (n) => sumFive(Readable.from(numbers(n))),
  array2: (n) => two(Readable.from(numberArray(n))).reduce(add, 0),
  ho1sync: (n) => sumHeldOutOne(Readable.from(numbers(n))),
  ho2sync: (n) => sumHeldOutTwo(Readable.from(numbers(n)), n),
  ho3sync: (n) => sumHeldOutThree(Readable.from(numbers(n))),

  async2: (n) => two(Readable.from(asyncNumbers(n))).reduce(add, 0),
  async5: (n) => sumFive(Readable.from(asyncNumbers(n))),
  async async10(n) {
    let [seen, state] = [0, 0];
    const total = await Readable.from(asyncNumbers(n))
      .map((number) => number + 1)
      .filter((number) => number % 7 !== 0)
      .map((number) => number * 2)
      .map((number) => {
        seen++;
        return number;
      })
      .map((number) => number - 1)
      .map((number) => (state = (state + number) & 1023))
      .filter((number) => number % 3 === 0)
      .map((number) => number ^ 1)
      .take(n)
      .map((number) => number + 1)
      .reduce(add, 0);
    return total + seen;
  },
  obj3: (n) =>
    Readable.from(asyncRecords(n))
      .map(({ id, value }) => ({ id, double: value * 2 }))
      .filter(({ double }) => double % 3 === 0)
      .map(({ double }) => double)
      .reduce(add, 0),
  chunked: (n) =>
    two(Readable.from(asyncChunks(n)).flatMap((chunk) => chunk)).reduce(add, 0),
  ho1: (n) => sumHeldOutOne(Readable.from(asyncNumbers(n))),
  ho2: (n) => sumHeldOutTwo(Readable.from(asyncNumbers(n)), n),
  ho3: (n) => sumHeldOutThree(Readable.from(asyncNumbers(n))),

  asyncCb: (n) => sumAsyncCallback(Readable.from(asyncNumbers(n))),
  asyncCbArray: (n) => sumAsyncCallback(Readable.from(numberArray(n))),
  flatArr: (n) =>
    Readable.from(asyncNumbers(n))
      .flatMap((number) => [number, number + 1, number + 2, number + 3])
      .filter((number) => number % 3 === 0)
      .reduce(add, 0),
  flatAsync: (n) =>
    Readable.from(asyncNumbers(n / 10))
      .flatMap((number) => asyncTen(number))
      .reduce(add, 0),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await two(Readable.from(asyncNumbers(10))).reduce(add, 0);
    }
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await Readable.from(asyncNumbers(Infinity))
        .map((number) => number + 1)
        .take(10)
        .reduce(add, 0);
    }
    return total;
  },

  forawaitSync: (n) => addUp(two(Readable.from(numbers(n)))),
  forawaitAsync: (n) => addUp(two(Readable.from(asyncNumbers(n)))),
  forawaitAll: (n) =>
    addUp(
      Readable.from(asyncNumbers(n))
        .map((number) => number + 1)
        .filter((number) => number > 0),
    ),

  mapNow: (n) =>
    Readable.from(numbers(n))
      .map(async (number) => number + 1, { concurrency: 16 })
      .reduce(add, 0),
  mapImm16: (n) =>
    Readable.from(numbers(n))
      .map((number) => later(number + 1), { concurrency: 16 })
      .reduce(add, 0),
  mapImm256: (n) =>
    Readable.from(numbers(n))
      .map((number) => later(number + 1), { concurrency: 256 })
      .reduce(add, 0),

  prefetch: (n) =>
    Readable.from(asyncNumbers(n), { highWaterMark: 16 }).reduce(add, 0),
  async prefetchImm(n) {
    let total = 0;
    await Readable.from(delayedNumbers(n), { highWaterMark: 16 }).forEach(
      async (number) => {
        const after = await later(number);
        total += after;
      },
    );
    return total;
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
      take: (count) => (stream) => stream.take(count),
      flatMap: (open) => (stream) => stream.flatMap(open),
    },
    sum: (source, steps) =>
      steps
        .reduce((stream, step) => step(stream), Readable.from(source))
        .reduce(add, 0),
  },
];

/** @param {Readable} stream */
function two(stream) {
  return stream
    .map((number) => number + 1)
    .filter((number) => number % 3 === 0);
}

/** @param {Readable} stream */
async function sumFive(stream) {
  let seen = 0;
  const total = await stream
    .map((number) => number + 1)
    .filter((number) => number % 3 !== 0)
    .map((number) => number * 2)
    .map((number) => {
      seen++;
      return number;
    })
    .map((number) => number - 1)
    .reduce(add, 0);
  return total + seen;
}

/** @param {Readable} stream */
async function sumHeldOutOne(stream) {
  let [seen, state] = [0, 0];
  const total = await stream
    .filter((number) => number % 7 !== 0)
    .filter((number) => number % 5 !== 0)
    .map((number) => number * 3)
    .map((number) => (state = (state + number) & 1023))
    .map((number) => {
      seen++;
      return number;
    })
    .map((number) => number + 1)
    .reduce(add, 0);
  return total + seen;
}

/**
 * @param {Readable} stream
 * @param {number} n
 */
function sumHeldOutTwo(stream, n) {
  let state = 0;
  return stream
    .map((number) => (state = (state + number) & 1023))
    .map((number) => number + 1)
    .take(n)
    .filter((number) => number % 3 === 0)
    .map((number) => number * 2)
    .reduce(add, 0);
}

/** @param {Readable} stream */
async function sumHeldOutThree(stream) {
  let [first, second, third] = [0, 0, 0];
  const total = await stream
    .map((number) => {
      first++;
      return number;
    })
    .map((number) => {
      second += 2;
      return number;
    })
    .map((number) => {
      third += 3;
      return number;
    })
    .filter((number) => number % 3 === 0)
    .reduce(add, 0);
  return total + first + second + third;
}

/** @param {Readable} stream */
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
  const numbers = openReadable();
  return {
    push: (value) => numbers.push(value),
    close: () => numbers.push(null),
    sum: numbers.reduce(add, 0),
  };
}

/** @returns {Channel} */
function openIntoForAwait() {
  const numbers = openReadable();
  return {
    push: (value) => numbers.push(value),
    close: () => numbers.push(null),
    sum: addUp(numbers),
  };
}

/** What is pushed waits for no read. */
function openReadable() {
  return new Readable({
    objectMode: true,
    read() {
      return undefined;
    },
  });
}
