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
  sync2(n) {
    let total = 0;
    for (const number of numbers(n)) {
      const next = number + 1;
      if (next % 3 === 0) total += next;
    }
    return total;
  },
  sync5(n) {
    let total = 0;
    let seen = 0;
    for (const number of numbers(n)) {
      const next = number + 1;
      if (next % 3 === 0) continue;
      const double = next * 2;
      seen++;
      total += double - 1;
    }
    return total + seen;
  },
  array2(n) {
    let total = 0;
    for (const number of numberArray(n)) {
      const next = number + 1;
      if (next % 3 === 0) total += next;
    }
    return total;
  },
  ho1sync(n) {
    let total = 0;
    let seen = 0;
    let state = 0;
    for (const number of numbers(n)) {
      if (number % 7 === 0) continue;
      if (number % 5 === 0) continue;
      state = (state + number * 3) & 1023;
      seen++;
      total += state + 1;
    }
    return total + seen;
  },
  ho2sync(n) {
    let total = 0;
    let state = 0;
    let taken = 0;
    for (const number of numbers(n)) {
      state = (state + number) & 1023;
      const next = state + 1;
      taken++;
      if (next % 3 === 0) total += next * 2;
      if (taken === n) break;
    }
    return total;
  },
  ho3sync(n) {
    let total = 0;
    let [first, second, third] = [0, 0, 0];
    for (const number of numbers(n)) {
      first++;
      second += 2;
      third += 3;
      if (number % 3 === 0) total += number;
    }
    return total + first + second + third;
  },

  async async2(n) {
    let total = 0;
    for await (const number of asyncNumbers(n)) {
      const next = number + 1;
      if (next % 3 === 0) total += next;
    }
    return total;
  },
  async async5(n) {
    let total = 0;
    let seen = 0;
    for await (const number of asyncNumbers(n)) {
      const next = number + 1;
      if (next % 3 === 0) continue;
      const double = next * 2;
      seen++;
      total += double - 1;
    }
    return total + seen;
  },
  async async10(n) {
    let total = 0;
    let seen = 0;
    let state = 0;
    let taken = 0;
    for await (const number of asyncNumbers(n)) {
      const next = number + 1;
      if (next % 7 === 0) continue;
      const double = next * 2;
      seen++;
      state = (state + double - 1) & 1023;
      if (state % 3 !== 0) continue;
      const other = state ^ 1;
      taken++;
      total += other + 1;
      if (taken === n) break;
    }
    return total + seen;
  },
  async obj3(n) {
    let total = 0;
    for await (const { id, value } of asyncRecords(n)) {
      const record = { id, double: value * 2 };
      if (record.double % 3 === 0) total += record.double;
    }
    return total;
  },
  async chunked(n) {
    let total = 0;
    for await (const chunk of asyncChunks(n)) {
      for (const number of chunk) {
        const next = number + 1;
        if (next % 3 === 0) total += next;
      }
    }
    return total;
  },
  async ho1(n) {
    let total = 0;
    let seen = 0;
    let state = 0;
    for await (const number of asyncNumbers(n)) {
      if (number % 7 === 0) continue;
      if (number % 5 === 0) continue;
      state = (state + number * 3) & 1023;
      seen++;
      total += state + 1;
    }
    return total + seen;
  },
  async ho2(n) {
    let total = 0;
    let state = 0;
    let taken = 0;
    for await (const number of asyncNumbers(n)) {
      state = (state + number) & 1023;
      const next = state + 1;
      taken++;
      if (next % 3 === 0) total += next * 2;
      if (taken === n) break;
    }
    return total;
  },
  async ho3(n) {
    let total = 0;
    let [first, second, third] = [0, 0, 0];
    for await (const number of asyncNumbers(n)) {
      first++;
      second += 2;
      third += 3;
      if (number % 3 === 0) total += number;
    }
    return total + first + second + third;
  },

  async asyncCb(n) {
    let total = 0;
    for await (const number of asyncNumbers(n)) {
      const next = await increment(number);
      if (next % 3 === 0) total += next;
    }
    return total;
  },
  async asyncCbArray(n) {
    let total = 0;
    for (const number of numberArray(n)) {
      const next = await increment(number);
      if (next % 3 === 0) total += next;
    }
    return total;
  },
  async flatArr(n) {
    let total = 0;
    for await (const number of asyncNumbers(n)) {
      for (const item of [number, number + 1, number + 2, number + 3]) {
        if (item % 3 === 0) total += item;
      }
    }
    return total;
  },
  async flatAsync(n) {
    let total = 0;
    for await (const first of asyncNumbers(n / 10)) {
      for await (const item of asyncTen(first)) total += item;
    }
    return total;
  },
  async batch(n) {
    let total = 0;
    /** @type {number[]} */
    let group = [];
    for await (const number of asyncNumbers(n)) {
      group.push(number + 1);
      if (group.length < 10) continue;
      total += group[0] + group.length;
      group = [];
    }
    if (group.length > 0) total += group[0] + group.length;
    return total;
  },
  async short(n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += await cases.async2(10);
    return sum;
  },
  async takeInf(n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += await takeTen();
    return sum;
  },

  async forawaitSync(n) {
    let total = 0;
    for await (const number of numbers(n)) {
      const next = number + 1;
      if (next % 3 === 0) total += next;
    }
    return total;
  },
  forawaitAsync: (n) => cases.async2(n),
  async forawaitAll(n) {
    let total = 0;
    for await (const number of asyncNumbers(n)) {
      const next = number + 1;
      if (next > 0) total += next;
    }
    return total;
  },

  mapNow: (n) => mapAtOnce(n, 16, increment),
  mapNowUnordered: (n) => mapAtOnce(n, 16, increment),
  mapImm16: (n) => mapAtOnce(n, 16, incrementLater),
  mapImm16Unordered: (n) => mapAtOnce(n, 16, incrementLater),
  mapImm256: (n) => mapAtOnce(n, 256, incrementLater),
  mapImm256Unordered: (n) => mapAtOnce(n, 256, incrementLater),

  merge: (n) => addUpAtOnce([1, 2, 3, 4].map(() => asyncNumbers(n / 4))),
  mergeImm: (n) => addUpAtOnce([1, 2, 3, 4].map(() => delayedNumbers(n / 4))),
  async prefetch(n) {
    let total = 0;
    for await (const number of asyncNumbers(n)) total += number;
    return total;
  },
  async prefetchImm(n) {
    let total = 0;
    for await (const number of delayedNumbers(n)) total += await later(number);
    return total;
  },
  async zip2(n) {
    let total = 0;
    const [one, two] = [asyncNumbers(n), asyncNumbers(n)];
    for (;;) {
      // Asked at once, awaited in turn: a third faster than Promise.all().
      const [first, second] = [one.next(), two.next()];
      const [a, b] = [await first, await second];
      if (a.done || b.done) return total;
      total += a.value + b.value;
    }
  },
  async zip4(n) {
    let total = 0;
    const [one, two, three, four] = [1, 2, 3, 4].map(() => asyncNumbers(n));
    for (;;) {
      const [first, second] = [one.next(), two.next()];
      const [third, fourth] = [three.next(), four.next()];
      const [a, b] = [await first, await second];
      const [c, d] = [await third, await fourth];
      if (a.done || b.done || c.done || d.done) return total;
      total += a.value + b.value + c.value + d.value;
    }
  },
  async tee(n) {
    let [one, other] = [0, 0];
    for await (const number of asyncNumbers(n)) {
      one += number;
      other += number;
    }
    return one + other;
  },

  channelBurst: (n) => pushBursts(n, openCallback),
  channelTen: (n) => pushInTurns(n, 10, openCallback),
  channelOne: (n) => pushInTurns(n, 1, openCallback),
  channelBurstForAwait: (n) => pushBursts(n, openCallback),
  channelTenForAwait: (n) => pushInTurns(n, 10, openCallback),
  channelOneForAwait: (n) => pushInTurns(n, 1, openCallback),
};

/**
 * Any loop by hand is compiled by itself: these only fill the process.
 *
 * @type {Family[]}
 */
export const families = [
  {
    sources: ["array", "sync", "async"],
    steps: {
      map: (change) => change,
      filter: (test) => (item) => (test(item) ? item : undefined),
      tap: (look) => (item) => {
        look(item);
        return item;
      },
    },
    async sum(source, steps) {
      let total = 0;
      for await (let item of source) {
        for (const step of steps) {
          if (item !== undefined) item = step(item);
        }
        if (item !== undefined) total += item;
      }
      return total;
    },
  },
];

/** @param {number} number */
async function increment(number) {
  return number + 1;
}

/** @param {number} number */
function incrementLater(number) {
  return later(number + 1);
}

async function takeTen() {
  let total = 0;
  let taken = 0;
  for await (const number of asyncNumbers(Infinity)) {
    total += number + 1;
    if (++taken === 10) break;
  }
  return total;
}

/**
 * @param {number} n
 * @param {number} limit
 * @param {(number: number) => Promise<number>} change
 */
async function mapAtOnce(n, limit, change) {
  let total = 0;
  const iterator = numbers(n);
  const work = async () => {
    for (const number of iterator) {
      const changed = await change(number);
      total += changed;
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
  return total;
}

/** @param {AsyncIterable<number>[]} sources */
async function addUpAtOnce(sources) {
  let total = 0;
  await Promise.all(
    sources.map(async (source) => {
      for await (const number of source) total += number;
    }),
  );
  return total;
}

/** @returns {Channel} */
function openCallback() {
  let total = 0;
  /** @type {(sum: number) => void} */
  let settle;
  /** @type {Promise<number>} */
  const sum = new Promise((resolve) => {
    settle = resolve;
  });
  return {
    push(value) {
      total += value;
    },
    close() {
      settle(total);
    },
    sum,
  };
}
