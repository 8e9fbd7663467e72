import {
  AsyncSink,
  from as fromAsync,
  merge,
  reduce as reduceAsync,
  zip,
} from "ix/asynciterable";
import {
  buffer,
  concatMap,
  filter as filterAsync,
  flatMap as flatMapAsync,
  map as mapAsync,
  publish,
  scan as scanAsync,
  take as takeAsync,
  tap as tapAsync,
} from "ix/asynciterable/operators";
import { from, reduce } from "ix/iterable";
import { filter, flatMap, map, scan, take, tap } from "ix/iterable/operators";
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
  sync2: (n) =>
    sum(
      from(numbers(n)).pipe(
        map((number) => number + 1),
        filter((number) => number % 3 === 0),
      ),
    ),
  sync5(n) {
    let seen = 0;
    const total = sum(
      from(numbers(n)).pipe(
        map((number) => number + 1),
        filter((number) => number % 3 !== 0),
        map((number) => number * 2),
        tap(() => {
          seen++;
        }),
        map((number) => number - 1),
      ),
    );
    return total + seen;
  },
  array2: (n) =>
    sum(
      from(numberArray(n)).pipe(
        map((number) => number + 1),
        filter((number) => number % 3 === 0),
      ),
    ),
  ho1sync(n) {
    let seen = 0;
    const total = sum(
      from(numbers(n)).pipe(
        filter((number) => number % 7 !== 0),
        filter((number) => number % 5 !== 0),
        map((number) => number * 3),
        scan((state, number) => (state + number) & 1023, 0),
        tap(() => {
          seen++;
        }),
        map((number) => number + 1),
      ),
    );
    return total + seen;
  },
  ho2sync: (n) =>
    sum(
      from(numbers(n)).pipe(
        scan((state, number) => (state + number) & 1023, 0),
        map((number) => number + 1),
        take(n),
        filter((number) => number % 3 === 0),
        map((number) => number * 2),
      ),
    ),
  ho3sync(n) {
    let [first, second, third] = [0, 0, 0];
    const total = sum(
      from(numbers(n)).pipe(
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
      ),
    );
    return total + first + second + third;
  },

  async2: (n) =>
    sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync((number) => number + 1),
        filterAsync((number) => number % 3 === 0),
      ),
    ),
  async async5(n) {
    let seen = 0;
    const total = await sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync((number) => number + 1),
        filterAsync((number) => number % 3 !== 0),
        mapAsync((number) => number * 2),
        tapAsync(() => {
          seen++;
        }),
        mapAsync((number) => number - 1),
      ),
    );
    return total + seen;
  },
  async async10(n) {
    let seen = 0;
    const total = await sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync((number) => number + 1),
        filterAsync((number) => number % 7 !== 0),
        mapAsync((number) => number * 2),
        tapAsync(() => {
          seen++;
        }),
        mapAsync((number) => number - 1),
        scanAsync({
          callback: (state, number) => (state + number) & 1023,
          seed: 0,
        }),
        filterAsync((number) => number % 3 === 0),
        mapAsync((number) => number ^ 1),
        takeAsync(n),
        mapAsync((number) => number + 1),
      ),
    );
    return total + seen;
  },
  obj3: (n) =>
    sumAsync(
      fromAsync(asyncRecords(n)).pipe(
        mapAsync(({ id, value }) => ({ id, double: value * 2 })),
        filterAsync(({ double }) => double % 3 === 0),
        mapAsync(({ double }) => double),
      ),
    ),
  chunked: (n) =>
    sumAsync(
      fromAsync(asyncChunks(n)).pipe(
        concatMap((chunk) => fromAsync(chunk)),
        mapAsync((number) => number + 1),
        filterAsync((number) => number % 3 === 0),
      ),
    ),
  async ho1(n) {
    let seen = 0;
    const total = await sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        filterAsync((number) => number % 7 !== 0),
        filterAsync((number) => number % 5 !== 0),
        mapAsync((number) => number * 3),
        scanAsync({
          callback: (state, number) => (state + number) & 1023,
          seed: 0,
        }),
        tapAsync(() => {
          seen++;
        }),
        mapAsync((number) => number + 1),
      ),
    );
    return total + seen;
  },
  ho2: (n) =>
    sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        scanAsync({
          callback: (state, number) => (state + number) & 1023,
          seed: 0,
        }),
        mapAsync((number) => number + 1),
        takeAsync(n),
        filterAsync((number) => number % 3 === 0),
        mapAsync((number) => number * 2),
      ),
    ),
  async ho3(n) {
    let [first, second, third] = [0, 0, 0];
    const total = await sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        tapAsync(() => {
          first++;
        }),
        tapAsync(() => {
          second += 2;
        }),
        tapAsync(() => {
          third += 3;
        }),
        filterAsync((number) => number % 3 === 0),
      ),
    );
    return total + first + second + third;
  },

  asyncCb: (n) =>
    sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync(async (number) => number + 1),
        filterAsync((number) => number % 3 === 0),
      ),
    ),
  asyncCbArray: (n) =>
    sumAsync(
      fromAsync(numberArray(n)).pipe(
        mapAsync(async (number) => number + 1),
        filterAsync((number) => number % 3 === 0),
      ),
    ),
  flatArr: (n) =>
    sumAsync(
      fromAsync(asyncNumbers(n)).pipe(
        concatMap((number) =>
          fromAsync([number, number + 1, number + 2, number + 3]),
        ),
        filterAsync((number) => number % 3 === 0),
      ),
    ),
  flatAsync: (n) =>
    sumAsync(
      fromAsync(asyncNumbers(n / 10)).pipe(
        concatMap((number) => asyncTen(number)),
      ),
    ),
  batch: (n) =>
    reduceAsync(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync((number) => number + 1),
        buffer(10),
      ),
      {
        callback: (total, group) => total + group[0] + group.length,
        seed: 0,
      },
    ),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) total += await cases.async2(10);
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await sumAsync(
        fromAsync(asyncNumbers(Infinity)).pipe(
          mapAsync((number) => number + 1),
          takeAsync(10),
        ),
      );
    }
    return total;
  },

  forawaitSync: (n) =>
    addUp(
      from(numbers(n)).pipe(
        map((number) => number + 1),
        filter((number) => number % 3 === 0),
      ),
    ),
  forawaitAsync: (n) =>
    addUp(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync((number) => number + 1),
        filterAsync((number) => number % 3 === 0),
      ),
    ),
  forawaitAll: (n) =>
    addUp(
      fromAsync(asyncNumbers(n)).pipe(
        mapAsync((number) => number + 1),
        filterAsync((number) => number > 0),
      ),
    ),

  mapNowUnordered: (n) =>
    sumAsync(
      fromAsync(numbers(n)).pipe(
        flatMapAsync(async (number) => [number + 1], 16),
      ),
    ),
  mapImm16Unordered: (n) =>
    sumAsync(
      fromAsync(numbers(n)).pipe(
        flatMapAsync(async (number) => [await later(number + 1)], 16),
      ),
    ),
  mapImm256Unordered: (n) =>
    sumAsync(
      fromAsync(numbers(n)).pipe(
        flatMapAsync(async (number) => [await later(number + 1)], 256),
      ),
    ),

  merge: (n) => sumAsync(merge(...[1, 2, 3, 4].map(() => asyncNumbers(n / 4)))),
  mergeImm: (n) =>
    sumAsync(merge(...[1, 2, 3, 4].map(() => delayedNumbers(n / 4)))),
  zip2: (n) =>
    reduceAsync(zip(asyncNumbers(n), asyncNumbers(n)), {
      callback: (total, [one, two]) => total + one + two,
      seed: 0,
    }),
  zip4: (n) =>
    reduceAsync(
      zip(asyncNumbers(n), asyncNumbers(n), asyncNumbers(n), asyncNumbers(n)),
      {
        callback: (total, [one, two, three, four]) =>
          total + one + two + three + four,
        seed: 0,
      },
    ),
  async tee(n) {
    const shared = fromAsync(asyncNumbers(n)).pipe(publish());
    const [one, other] = await Promise.all([
      sumAsync(shared),
      sumAsync(shared),
    ]);
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
    sources: ["array", "sync"],
    steps: {
      map,
      filter,
      tap: (look) => tap(look),
      take,
      scan: (gather) => scan(gather, 0),
      flatMap,
    },
    sum: (source, steps) => sum(from(source).pipe(...steps)),
  },
  {
    sources: ["async"],
    steps: {
      map: mapAsync,
      mapAsync,
      filter: filterAsync,
      tap: (look) => tapAsync(look),
      take: takeAsync,
      scan: (gather) => scanAsync({ callback: gather, seed: 0 }),
      flatMap: (open) => concatMap((item) => fromAsync(open(item))),
    },
    sum: (source, steps) => sumAsync(fromAsync(source).pipe(...steps)),
  },
];

/**
 * @param {number} total
 * @param {number} number
 */
function add(total, number) {
  return total + number;
}

/** @param {Iterable<number>} source */
function sum(source) {
  return reduce(source, { callback: add, seed: 0 });
}

/** @param {AsyncIterable<number>} source */
function sumAsync(source) {
  return reduceAsync(source, { callback: add, seed: 0 });
}

/** @param {AsyncIterable<number> | Iterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}

/** @returns {Channel} */
function openIntoSink() {
  const sink = new AsyncSink();
  return {
    push: (value) => sink.write(value),
    close: () => sink.end(),
    sum: sumAsync(sink),
  };
}

/** @returns {Channel} */
function openIntoForAwait() {
  const sink = new AsyncSink();
  return {
    push: (value) => sink.write(value),
    close: () => sink.end(),
    sum: addUp(sink),
  };
}
