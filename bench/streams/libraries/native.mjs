import {
  asyncChunks,
  asyncNumbers,
  asyncRecords,
  asyncTen,
  numberArray,
  numbers,
} from "../sources.mjs";

/** @import { Cases, Family } from "../libraries.mjs" */

/**
 * A generator function for each step, as one writes them once for all: of the
 * sync kind where nothing waits.
 *
 * @type {Cases}
 */
export const cases = {
  sync2: (n) =>
    sum(
      filter(
        map(numbers(n), (number) => number + 1),
        (number) => number % 3 === 0,
      ),
    ),
  sync5(n) {
    let seen = 0;
    let stream = map(numbers(n), (number) => number + 1);
    stream = filter(stream, (number) => number % 3 !== 0);
    stream = map(stream, (number) => number * 2);
    stream = tap(stream, () => {
      seen++;
    });
    stream = map(stream, (number) => number - 1);
    return sum(stream) + seen;
  },
  array2: (n) =>
    sum(
      filter(
        map(numberArray(n), (number) => number + 1),
        (number) => number % 3 === 0,
      ),
    ),
  ho1sync(n) {
    let seen = 0;
    let stream = filter(numbers(n), (number) => number % 7 !== 0);
    stream = filter(stream, (number) => number % 5 !== 0);
    stream = map(stream, (number) => number * 3);
    stream = scan(stream, (state, number) => (state + number) & 1023, 0);
    stream = tap(stream, () => {
      seen++;
    });
    stream = map(stream, (number) => number + 1);
    return sum(stream) + seen;
  },
  ho2sync(n) {
    let stream = scan(
      numbers(n),
      (state, number) => (state + number) & 1023,
      0,
    );
    stream = map(stream, (number) => number + 1);
    stream = take(stream, n);
    stream = filter(stream, (number) => number % 3 === 0);
    stream = map(stream, (number) => number * 2);
    return sum(stream);
  },
  ho3sync(n) {
    let [first, second, third] = [0, 0, 0];
    let stream = tap(numbers(n), () => {
      first++;
    });
    stream = tap(stream, () => {
      second += 2;
    });
    stream = tap(stream, () => {
      third += 3;
    });
    stream = filter(stream, (number) => number % 3 === 0);
    return sum(stream) + first + second + third;
  },

  async2: (n) =>
    asyncSum(
      asyncFilter(
        asyncMap(asyncNumbers(n), (number) => number + 1),
        (number) => number % 3 === 0,
      ),
    ),
  async async5(n) {
    let seen = 0;
    let stream = asyncMap(asyncNumbers(n), (number) => number + 1);
    stream = asyncFilter(stream, (number) => number % 3 !== 0);
    stream = asyncMap(stream, (number) => number * 2);
    stream = asyncTap(stream, () => {
      seen++;
    });
    stream = asyncMap(stream, (number) => number - 1);
    const total = await asyncSum(stream);
    return total + seen;
  },
  async async10(n) {
    let seen = 0;
    let stream = asyncMap(asyncNumbers(n), (number) => number + 1);
    stream = asyncFilter(stream, (number) => number % 7 !== 0);
    stream = asyncMap(stream, (number) => number * 2);
    stream = asyncTap(stream, () => {
      seen++;
    });
    stream = asyncMap(stream, (number) => number - 1);
    stream = asyncScan(stream, (state, number) => (state + number) & 1023, 0);
    stream = asyncFilter(stream, (number) => number % 3 === 0);
    stream = asyncMap(stream, (number) => number ^ 1);
    stream = asyncTake(stream, n);
    stream = asyncMap(stream, (number) => number + 1);
    const total = await asyncSum(stream);
    return total + seen;
  },
  obj3(n) {
    let stream = asyncMap(asyncRecords(n), ({ id, value }) => ({
      id,
      double: value * 2,
    }));
    stream = asyncFilter(stream, ({ double }) => double % 3 === 0);
    return asyncSum(asyncMap(stream, ({ double }) => double));
  },
  chunked(n) {
    let stream = asyncFlatMap(asyncChunks(n), (chunk) => chunk);
    stream = asyncMap(stream, (number) => number + 1);
    return asyncSum(asyncFilter(stream, (number) => number % 3 === 0));
  },
  async ho1(n) {
    let seen = 0;
    let stream = asyncFilter(asyncNumbers(n), (number) => number % 7 !== 0);
    stream = asyncFilter(stream, (number) => number % 5 !== 0);
    stream = asyncMap(stream, (number) => number * 3);
    stream = asyncScan(stream, (state, number) => (state + number) & 1023, 0);
    stream = asyncTap(stream, () => {
      seen++;
    });
    stream = asyncMap(stream, (number) => number + 1);
    const total = await asyncSum(stream);
    return total + seen;
  },
  ho2(n) {
    let stream = asyncScan(
      asyncNumbers(n),
      (state, number) => (state + number) & 1023,
      0,
    );
    stream = asyncMap(stream, (number) => number + 1);
    stream = asyncTake(stream, n);
    stream = asyncFilter(stream, (number) => number % 3 === 0);
    stream = asyncMap(stream, (number) => number * 2);
    return asyncSum(stream);
  },
  async ho3(n) {
    let [first, second, third] = [0, 0, 0];
    let stream = asyncTap(asyncNumbers(n), () => {
      first++;
    });
    stream = asyncTap(stream, () => {
      second += 2;
    });
    stream = asyncTap(stream, () => {
      third += 3;
    });
    stream = asyncFilter(stream, (number) => number % 3 === 0);
    const total = await asyncSum(stream);
    return total + first + second + third;
  },

  asyncCb(n) {
    const stream = asyncMap(asyncNumbers(n), async (number) => number + 1);
    return asyncSum(asyncFilter(stream, (number) => number % 3 === 0));
  },
  asyncCbArray(n) {
    const stream = asyncMap(numberArray(n), async (number) => number + 1);
    return asyncSum(asyncFilter(stream, (number) => number % 3 === 0));
  },
  flatArr(n) {
    const stream = asyncFlatMap(asyncNumbers(n), (number) => [
      number,
      number + 1,
      number + 2,
      number + 3,
    ]);
    return asyncSum(asyncFilter(stream, (number) => number % 3 === 0));
  },
  flatAsync: (n) =>
    asyncSum(
      asyncFlatMapAsync(asyncNumbers(n / 10), (number) => asyncTen(number)),
    ),
  async batch(n) {
    let total = 0;
    const stream = asyncMap(asyncNumbers(n), (number) => number + 1);
    for await (const group of asyncChunk(stream, 10)) {
      total += group[0] + group.length;
    }
    return total;
  },
  async short(n) {
    let total = 0;
    for (let i = 0; i < n; i++) total += await cases.async2(10);
    return total;
  },
  async takeInf(n) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      const stream = asyncMap(asyncNumbers(Infinity), (number) => number + 1);
      total += await asyncSum(asyncTake(stream, 10));
    }
    return total;
  },

  async forawaitSync(n) {
    let total = 0;
    const stream = filter(
      map(numbers(n), (number) => number + 1),
      (number) => number % 3 === 0,
    );
    for await (const number of stream) total += number;
    return total;
  },
  forawaitAsync: (n) => cases.async2(n),
  forawaitAll: (n) =>
    asyncSum(
      asyncFilter(
        asyncMap(asyncNumbers(n), (number) => number + 1),
        (number) => number > 0,
      ),
    ),
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync"],
    steps: {
      map: (change) => (source) => map(source, change),
      filter: (test) => (source) => filter(source, test),
      tap: (look) => (source) => tap(source, look),
      take: (count) => (source) => take(source, count),
      scan: (gather) => (source) => scan(source, gather, 0),
    },
    sum: (source, steps) =>
      sum(steps.reduce((stream, step) => step(stream), source)),
  },
  {
    sources: ["async"],
    steps: {
      map: (change) => (source) => asyncMap(source, change),
      mapAsync: (change) => (source) => asyncMap(source, change),
      filter: (test) => (source) => asyncFilter(source, test),
      tap: (look) => (source) => asyncTap(source, look),
      take: (count) => (source) => asyncTake(source, count),
      scan: (gather) => (source) => asyncScan(source, gather, 0),
      flatMap: (open) => (source) => asyncFlatMap(source, open),
    },
    sum: (source, steps) =>
      asyncSum(steps.reduce((stream, step) => step(stream), source)),
  },
];

function* map(source, change) {
  for (const item of source) yield change(item);
}

function* filter(source, test) {
  for (const item of source) {
    if (test(item)) yield item;
  }
}

function* tap(source, look) {
  for (const item of source) {
    look(item);
    yield item;
  }
}

function* scan(source, gather, initial) {
  let state = initial;
  for (const item of source) {
    state = gather(state, item);
    yield state;
  }
}

function* take(source, count) {
  let taken = 0;
  for (const item of source) {
    yield item;
    if (++taken === count) return;
  }
}

function sum(source) {
  let total = 0;
  for (const number of source) total += number;
  return total;
}

async function* asyncMap(source, change) {
  for await (const item of source) yield change(item);
}

async function* asyncFilter(source, test) {
  for await (const item of source) {
    if (test(item)) yield item;
  }
}

async function* asyncTap(source, look) {
  for await (const item of source) {
    look(item);
    yield item;
  }
}

async function* asyncScan(source, gather, initial) {
  let state = initial;
  for await (const item of source) {
    state = gather(state, item);
    yield state;
  }
}

async function* asyncTake(source, count) {
  let taken = 0;
  for await (const item of source) {
    yield item;
    if (++taken === count) return;
  }
}

async function* asyncFlatMap(source, open) {
  for await (const item of source) {
    for (const inner of open(item)) yield inner;
  }
}

async function* asyncFlatMapAsync(source, open) {
  for await (const item of source) {
    for await (const inner of open(item)) yield inner;
  }
}

async function* asyncChunk(source, size) {
  let group = [];
  for await (const item of source) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function asyncSum(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}
