import { numberArray, numbers } from "../sources.mjs";

/** @import { Cases, Family } from "../libraries.mjs" */

/**
 * The language's own `Iterator.prototype.map` and the like.
 *
 * @type {Cases}
 */
export const cases = {
  sync2: (n) =>
    numbers(n)
      .map((number) => number + 1)
      .filter((number) => number % 3 === 0)
      .reduce(add, 0),
  sync5(n) {
    let seen = 0;
    const total = numbers(n)
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
  },
  array2: (n) =>
    numberArray(n)
      .values()
      .map((number) => number + 1)
      .filter((number) => number % 3 === 0)
      .reduce(add, 0),
  ho1sync(n) {
    let [seen, state] = [0, 0];
    const total = numbers(n)
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
  },
  ho2sync(n) {
    let state = 0;
    return numbers(n)
      .map((number) => (state = (state + number) & 1023))
      .map((number) => number + 1)
      .take(n)
      .filter((number) => number % 3 === 0)
      .map((number) => number * 2)
      .reduce(add, 0);
  },
  ho3sync(n) {
    let [first, second, third] = [0, 0, 0];
    const total = numbers(n)
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
  },
  async forawaitSync(n) {
    let total = 0;
    const stream = numbers(n)
      .map((number) => number + 1)
      .filter((number) => number % 3 === 0);
    for await (const number of stream) total += number;
    return total;
  },
};

/** @type {Family[]} */
export const families = [
  {
    sources: ["array", "sync"],
    steps: {
      map: (change) => (source) => source.map(change),
      filter: (test) => (source) => source.filter(test),
      take: (count) => (source) => source.take(count),
      flatMap: (open) => (source) => source.flatMap(open),
    },
    sum: (source, steps) =>
      steps
        .reduce((stream, step) => step(stream), Iterator.from(source))
        .reduce(add, 0),
  },
];

/**
 * @param {number} total
 * @param {number} number
 */
function add(total, number) {
  return total + number;
}
