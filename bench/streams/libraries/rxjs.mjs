import {
  Subject,
  bufferCount,
  concatAll,
  concatMap,
  connect,
  filter,
  from,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  reduce,
  scan,
  take,
  tap,
  zip,
} from "rxjs";
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

/** @import { Observable } from "rxjs" */
/** @import { Channel } from "../channels.mjs" */
/** @import { Cases, Family } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  sync2: (n) => sumTwo(from(numbers(n))),
  sync5: (n) => sumFive(from(numbers(n))),
  array2: (n) => sumTwo(from(numberArray(n))),
  ho1sync: (n) => sumHeldOutOne(from(numbers(n))),
  ho2sync: (n) => sumHeldOutTwo(from(numbers(n)), n),
  ho3sync: (n) => sumHeldOutThree(from(numbers(n))),

  async2: (n) => sumTwo(from(asyncNumbers(n))),
  async5: (n) => sumFive(from(asyncNumbers(n))),
  async async10(n) {
    let seen = 0;
    const total = await lastValueFrom(
      from(asyncNumbers(n)).pipe(
        map((number) => number + 1),
        filter((number) => number % 7 !== 0),
        map((number) => number * 2),
        tap(() => {
          seen++;
        }),
        map((number) => number - 1),
        scan((state, number) => (state + number) & 1023, 0),
        filter((number) => number % 3 === 0),
        map((number) => number ^ 1),
        take(n),
        map((number) => number + 1),
        reduce(add, 0),
      ),
    );
    return total + seen;
  },
  obj3: (n) =>
    lastValueFrom(
      from(asyncRecords(n)).pipe(
        map(({ id, value }) => ({ id, double: value * 2 })),
        filter(({ double }) => double % 3 === 0),
        map(({ double }) => double),
        reduce(add, 0),
      ),
    ),
  chunked: (n) => sumTwo(from(asyncChunks(n)).pipe(concatAll())),
  ho1: (n) => sumHeldOutOne(from(asyncNumbers(n))),
  ho2: (n) => sumHeldOutTwo(from(asyncNumbers(n)), n),
  ho3: (n) => sumHeldOutThree(from(asyncNumbers(n))),

  asyncCb: (n) => sumAsyncCallback(from(asyncNumbers(n))),
  asyncCbArray: (n) => sumAsyncCallback(from(numberArray(n))),
  flatArr: (n) =>
    lastValueFrom(
      from(asyncNumbers(n)).pipe(
        concatMap((number) => [number, number + 1, number + 2, number + 3]),
        filter((number) => number % 3 === 0),
        reduce(add, 0),
      ),
    ),
  flatAsync: (n) =>
    lastValueFrom(
      from(asyncNumbers(n / 10)).pipe(
        concatMap((number) => asyncTen(number)),
        reduce(add, 0),
      ),
    ),
  batch: (n) =>
    lastValueFrom(
      from(asyncNumbers(n)).pipe(
        map((number) => number + 1),
        bufferCount(10),
        reduce((total, group) => total + group[0] + group.length, 0),
      ),
    ),
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) total += await sumTwo(from(asyncNumbers(10)));
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += await lastValueFrom(
        from(asyncNumbers(Infinity)).pipe(
          map((number) => number + 1),
          take(10),
          reduce(add, 0),
        ),
      );
    }
    return total;
  },

  mapNowUnordered: (n) =>
    lastValueFrom(
      from(numbers(n)).pipe(
        mergeMap(async (number) => number + 1, 16),
        reduce(add, 0),
      ),
    ),
  mapImm16Unordered: (n) =>
    lastValueFrom(
      from(numbers(n)).pipe(
        mergeMap((number) => later(number + 1), 16),
        reduce(add, 0),
      ),
    ),
  mapImm256Unordered: (n) =>
    lastValueFrom(
      from(numbers(n)).pipe(
        mergeMap((number) => later(number + 1), 256),
        reduce(add, 0),
      ),
    ),

  merge: (n) =>
    lastValueFrom(
      merge(...[1, 2, 3, 4].map(() => asyncNumbers(n / 4))).pipe(
        reduce(add, 0),
      ),
    ),
  mergeImm: (n) =>
    lastValueFrom(
      merge(...[1, 2, 3, 4].map(() => delayedNumbers(n / 4))).pipe(
        reduce(add, 0),
      ),
    ),
  zip2: (n) =>
    lastValueFrom(
      zip(asyncNumbers(n), asyncNumbers(n)).pipe(
        reduce((total, [one, two]) => total + one + two, 0),
      ),
    ),
  zip4: (n) =>
    lastValueFrom(
      zip([1, 2, 3, 4].map(() => asyncNumbers(n))).pipe(
        reduce(
          (total, [one, two, three, four]) => total + one + two + three + four,
          0,
        ),
      ),
    ),
  tee: (n) =>
    lastValueFrom(
      from(asyncNumbers(n)).pipe(
        connect((shared) =>
          merge(shared.pipe(reduce(add, 0)), shared.pipe(reduce(add, 0))),
        ),
        reduce(add, 0),
      ),
    ),

  channelBurst: (n) => pushBursts(n, openSubject),
  channelTen: (n) => pushInTurns(n, 10, openSubject),
  channelOne: (n) => pushInTurns(n, 1, openSubject),
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync", "async"],
    steps: {
      map,
      mapAsync: concatMap,
      filter,
      tap,
      take,
      scan: (gather) => scan(gather, 0),
      flatMap: concatMap,
    },
    sum: (source, steps) =>
      lastValueFrom(from(source).pipe(...steps, reduce(add, 0))),
  },
];

/** @param {Observable<number>} source */
function sumTwo(source) {
  return lastValueFrom(
    source.pipe(
      map((number) => number + 1),
      filter((number) => number % 3 === 0),
      reduce(add, 0),
    ),
  );
}

/** @param {Observable<number>} source */
async function sumFive(source) {
  let seen = 0;
  const total = await lastValueFrom(
    source.pipe(
      map((number) => number + 1),
      filter((number) => number % 3 !== 0),
      map((number) => number * 2),
      tap(() => {
        seen++;
      }),
      map((number) => number - 1),
      reduce(add, 0),
    ),
  );
  return total + seen;
}

/** @param {Observable<number>} source */
async function sumHeldOutOne(source) {
  let seen = 0;
  const total = await lastValueFrom(
    source.pipe(
      filter((number) => number % 7 !== 0),
      filter((number) => number % 5 !== 0),
      map((number) => number * 3),
      scan((state, number) => (state + number) & 1023, 0),
      tap(() => {
        seen++;
      }),
      map((number) => number + 1),
      reduce(add, 0),
    ),
  );
  return total + seen;
}

/**
 * @param {Observable<number>} source
 * @param {number} n
 */
function sumHeldOutTwo(source, n) {
  return lastValueFrom(
    source.pipe(
      scan((state, number) => (state + number) & 1023, 0),
      map((number) => number + 1),
      take(n),
      filter((number) => number % 3 === 0),
      map((number) => number * 2),
      reduce(add, 0),
    ),
  );
}

/** @param {Observable<number>} source */
async function sumHeldOutThree(source) {
  let [first, second, third] = [0, 0, 0];
  const total = await lastValueFrom(
    source.pipe(
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
      reduce(add, 0),
    ),
  );
  return total + first + second + third;
}

/** @param {Observable<number>} source */
function sumAsyncCallback(source) {
  return lastValueFrom(
    source.pipe(
      concatMap(async (number) => number + 1),
      filter((number) => number % 3 === 0),
      reduce(add, 0),
    ),
  );
}

/**
 * @param {number} total
 * @param {number} number
 */
function add(total, number) {
  return total + number;
}

/** @returns {Channel} A subject has no queue: it calls who listens. */
function openSubject() {
  const subject = new Subject();
  return {
    push: (value) => subject.next(value),
    close: () => subject.complete(),
    sum: lastValueFrom(subject.pipe(reduce(add, 0))),
  };
}
