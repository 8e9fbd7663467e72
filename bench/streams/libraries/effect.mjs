import * as Effect from "effect/Effect";
import * as Queue from "effect/Queue";
import * as Stream from "effect/Stream";
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
  sync2: (n) => Effect.runSync(sum(two(Stream.fromIterable(numbers(n))))),
  sync5: (n) => sumFive(Stream.fromIterable(numbers(n)), Effect.runSync),
  array2: (n) => Effect.runSync(sum(two(Stream.fromArray(numberArray(n))))),
  ho1sync: (n) =>
    sumHeldOutOne(Stream.fromIterable(numbers(n)), Effect.runSync),
  ho2sync: (n) =>
    Effect.runSync(sum(heldOutTwo(Stream.fromIterable(numbers(n)), n))),
  ho3sync: (n) =>
    sumHeldOutThree(Stream.fromIterable(numbers(n)), Effect.runSync),

  async2: (n) => Effect.runPromise(sum(two(read(asyncNumbers(n))))),
  async5: (n) => sumFive(read(asyncNumbers(n)), Effect.runPromise),
  async async10(n) {
    let seen = 0;
    const total = await Effect.runPromise(
      read(asyncNumbers(n)).pipe(
        Stream.map((number) => number + 1),
        Stream.filter((number) => number % 7 !== 0),
        Stream.map((number) => number * 2),
        look(() => {
          seen++;
        }),
        Stream.map((number) => number - 1),
        scan((state, number) => (state + number) & 1023),
        Stream.filter((number) => number % 3 === 0),
        Stream.map((number) => number ^ 1),
        Stream.take(n),
        Stream.map((number) => number + 1),
        sum,
      ),
    );
    return total + seen;
  },
  obj3: (n) =>
    Effect.runPromise(
      read(asyncRecords(n)).pipe(
        Stream.map(({ id, value }) => ({ id, double: value * 2 })),
        Stream.filter(({ double }) => double % 3 === 0),
        Stream.map(({ double }) => double),
        sum,
      ),
    ),
  chunked: (n) =>
    Effect.runPromise(sum(two(read(asyncChunks(n)).pipe(Stream.flattenArray)))),
  ho1: (n) => sumHeldOutOne(read(asyncNumbers(n)), Effect.runPromise),
  ho2: (n) => Effect.runPromise(sum(heldOutTwo(read(asyncNumbers(n)), n))),
  ho3: (n) => sumHeldOutThree(read(asyncNumbers(n)), Effect.runPromise),

  asyncCb: (n) => sumAsyncCallback(read(asyncNumbers(n))),
  asyncCbArray: (n) => sumAsyncCallback(Stream.fromArray(numberArray(n))),
  flatArr: (n) =>
    Effect.runPromise(
      read(asyncNumbers(n)).pipe(
        Stream.map((number) => [number, number + 1, number + 2, number + 3]),
        Stream.flattenArray,
        Stream.filter((number) => number % 3 === 0),
        sum,
      ),
    ),
  flatAsync: (n) =>
    Effect.runPromise(
      read(asyncNumbers(n / 10)).pipe(
        Stream.flatMap((number) => read(asyncTen(number))),
        sum,
      ),
    ),
  batch: (n) =>
    Effect.runPromise(
      read(asyncNumbers(n)).pipe(
        Stream.map((number) => number + 1),
        Stream.grouped(10),
        Stream.runFold(
          () => 0,
          (total, group) => total + group[0] + group.length,
        ),
      ),
    ),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await Effect.runPromise(sum(two(read(asyncNumbers(10)))));
    }
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await Effect.runPromise(
        read(asyncNumbers(Infinity)).pipe(
          Stream.map((number) => number + 1),
          Stream.take(10),
          sum,
        ),
      );
    }
    return total;
  },

  forawaitSync: (n) =>
    addUp(Stream.toAsyncIterable(two(Stream.fromIterable(numbers(n))))),
  forawaitAsync: (n) =>
    addUp(Stream.toAsyncIterable(two(read(asyncNumbers(n))))),
  forawaitAll: (n) =>
    addUp(
      read(asyncNumbers(n)).pipe(
        Stream.map((number) => number + 1),
        Stream.filter((number) => number > 0),
        Stream.toAsyncIterable,
      ),
    ),

  mapNow: (n) => sumInOrder(n, 16, async (number) => number + 1),
  mapNowUnordered: (n) => sumAsTheyCome(n, 16, async (number) => number + 1),
  mapImm16: (n) => sumInOrder(n, 16, (number) => later(number + 1)),
  mapImm16Unordered: (n) => sumAsTheyCome(n, 16, (number) => later(number + 1)),
  mapImm256: (n) => sumInOrder(n, 256, (number) => later(number + 1)),
  mapImm256Unordered: (n) =>
    sumAsTheyCome(n, 256, (number) => later(number + 1)),

  merge: (n) => sumMerged([1, 2, 3, 4].map(() => read(asyncNumbers(n / 4)))),
  mergeImm: (n) =>
    sumMerged([1, 2, 3, 4].map(() => read(delayedNumbers(n / 4)))),
  prefetch: (n) =>
    Effect.runPromise(
      read(asyncNumbers(n)).pipe(Stream.buffer({ capacity: 16 }), sum),
    ),
  async prefetchImm(n) {
    let total = 0;
    await Effect.runPromise(
      read(delayedNumbers(n)).pipe(
        Stream.buffer({ capacity: 16 }),
        Stream.runForEach((number) =>
          Effect.promise(async () => {
            const after = await later(number);
            total += after;
          }),
        ),
      ),
    );
    return total;
  },
  zip2: (n) =>
    Effect.runPromise(
      read(asyncNumbers(n)).pipe(
        Stream.zipWith(read(asyncNumbers(n)), (one, two) => one + two),
        sum,
      ),
    ),
  zip4: (n) =>
    Effect.runPromise(
      [1, 2, 3, 4]
        .map(() => read(asyncNumbers(n)))
        .reduce((one, two) => Stream.zipWith(one, two, (a, b) => a + b))
        .pipe(sum),
    ),
  tee: (n) =>
    Effect.runPromise(
      read(asyncNumbers(n)).pipe(
        Stream.broadcastN({ n: 2, capacity: 1 }),
        Effect.flatMap((branches) =>
          Effect.all(branches.map(sum), { concurrency: "unbounded" }),
        ),
        Effect.map(([one, other]) => one + other),
        Effect.scoped,
      ),
    ),

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
      map: Stream.map,
      mapAsync: (change) =>
        Stream.mapEffect((item) => Effect.promise(() => change(item))),
      filter: Stream.filter,
      tap: look,
      take: Stream.take,
      scan: (gather) => scan(gather),
      flatMap: (open) => Stream.flatMap((item) => Stream.fromArray(open(item))),
    },
    sum: (source, steps) => {
      const stream =
        Symbol.asyncIterator in source
          ? read(source)
          : Stream.fromIterable(source);
      return Effect.runPromise(stream.pipe(...steps, sum));
    },
  },
];

/**
 * @template T
 * @param {AsyncIterable<T>} source
 */
function read(source) {
  return Stream.fromAsyncIterable(source, (error) => error);
}

/** @param {Stream.Stream<number>} stream */
function two(stream) {
  return stream.pipe(
    Stream.map((number) => number + 1),
    Stream.filter((number) => number % 3 === 0),
  );
}

/**
 * @param {Stream.Stream<number>} stream
 * @param {typeof Effect.runSync | typeof Effect.runPromise} run
 */
async function sumFive(stream, run) {
  let seen = 0;
  const total = await run(
    stream.pipe(
      Stream.map((number) => number + 1),
      Stream.filter((number) => number % 3 !== 0),
      Stream.map((number) => number * 2),
      look(() => {
        seen++;
      }),
      Stream.map((number) => number - 1),
      sum,
    ),
  );
  return total + seen;
}

/**
 * @param {Stream.Stream<number>} stream
 * @param {typeof Effect.runSync | typeof Effect.runPromise} run
 */
async function sumHeldOutOne(stream, run) {
  let seen = 0;
  const total = await run(
    stream.pipe(
      Stream.filter((number) => number % 7 !== 0),
      Stream.filter((number) => number % 5 !== 0),
      Stream.map((number) => number * 3),
      scan((state, number) => (state + number) & 1023),
      look(() => {
        seen++;
      }),
      Stream.map((number) => number + 1),
      sum,
    ),
  );
  return total + seen;
}

/**
 * @param {Stream.Stream<number>} stream
 * @param {number} n
 */
function heldOutTwo(stream, n) {
  return stream.pipe(
    scan((state, number) => (state + number) & 1023),
    Stream.map((number) => number + 1),
    Stream.take(n),
    Stream.filter((number) => number % 3 === 0),
    Stream.map((number) => number * 2),
  );
}

/**
 * @param {Stream.Stream<number>} stream
 * @param {typeof Effect.runSync | typeof Effect.runPromise} run
 */
async function sumHeldOutThree(stream, run) {
  let [first, second, third] = [0, 0, 0];
  const total = await run(
    stream.pipe(
      look(() => {
        first++;
      }),
      look(() => {
        second += 2;
      }),
      look(() => {
        third += 3;
      }),
      Stream.filter((number) => number % 3 === 0),
      sum,
    ),
  );
  return total + first + second + third;
}

/**
 * `Stream.tap` would run an effect for each item, and take ten times as long.
 *
 * @param {(item: unknown) => void} see
 */
function look(see) {
  return Stream.map((item) => {
    see(item);
    return item;
  });
}

/**
 * `Stream.scan` gives the initial state too: nobody else's does.
 *
 * @param {(state: number, number: number) => number} gather
 */
function scan(gather) {
  return Stream.mapAccum(
    () => 0,
    (state, number) => {
      const next = gather(state, number);
      return [next, [next]];
    },
  );
}

/** @param {Stream.Stream<number>} stream */
function sumAsyncCallback(stream) {
  return Effect.runPromise(
    stream.pipe(
      Stream.mapEffect((number) => Effect.promise(async () => number + 1)),
      Stream.filter((number) => number % 3 === 0),
      sum,
    ),
  );
}

/**
 * Without a stream, which would take several times as long.
 *
 * @param {number} n
 * @param {number} concurrency
 * @param {(number: number) => Promise<number>} change
 */
async function sumInOrder(n, concurrency, change) {
  const changed = await Effect.runPromise(
    Effect.forEach(
      numbers(n),
      (number) => Effect.promise(() => change(number)),
      { concurrency },
    ),
  );
  return changed.reduce((total, number) => total + number, 0);
}

/**
 * @param {number} n
 * @param {number} concurrency
 * @param {(number: number) => Promise<number>} change
 */
async function sumAsTheyCome(n, concurrency, change) {
  let total = 0;
  await Effect.runPromise(
    Effect.forEach(
      numbers(n),
      (number) =>
        Effect.promise(async () => {
          const changed = await change(number);
          total += changed;
        }),
      { concurrency, discard: true },
    ),
  );
  return total;
}

/** @param {Stream.Stream<number>[]} streams */
function sumMerged(streams) {
  return Effect.runPromise(
    Stream.mergeAll(streams, { concurrency: "unbounded" }).pipe(sum),
  );
}

/** @param {Stream.Stream<number>} stream */
function sum(stream) {
  return Stream.runFold(
    stream,
    () => 0,
    (total, number) => total + number,
  );
}

/** @param {AsyncIterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}

/** @returns {Channel} */
function openIntoSink() {
  const queue = Effect.runSync(Queue.unbounded());
  return {
    push: (value) => Queue.offerUnsafe(queue, value),
    close: () => Queue.endUnsafe(queue),
    sum: Effect.runPromise(sum(Stream.fromQueue(queue))),
  };
}

/** @returns {Channel} */
function openIntoForAwait() {
  const queue = Effect.runSync(Queue.unbounded());
  return {
    push: (value) => Queue.offerUnsafe(queue, value),
    close: () => Queue.endUnsafe(queue),
    sum: addUp(Stream.toAsyncIterable(Stream.fromQueue(queue))),
  };
}
