import { pMapIterable } from "p-map";
import { later, numbers } from "../sources.mjs";

/** @import { Cases } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  mapNow: (n) =>
    addUp(
      pMapIterable(numbers(n), async (number) => number + 1, {
        concurrency: 16,
      }),
    ),
  mapNowUnordered: (n) =>
    addUp(
      pMapIterable(numbers(n), async (number) => number + 1, {
        concurrency: 16,
        preserveOrder: false,
      }),
    ),
  mapImm16: (n) =>
    addUp(
      pMapIterable(numbers(n), (number) => later(number + 1), {
        concurrency: 16,
      }),
    ),
  mapImm16Unordered: (n) =>
    addUp(
      pMapIterable(numbers(n), (number) => later(number + 1), {
        concurrency: 16,
        preserveOrder: false,
      }),
    ),
  mapImm256: (n) =>
    addUp(
      pMapIterable(numbers(n), (number) => later(number + 1), {
        concurrency: 256,
      }),
    ),
  mapImm256Unordered: (n) =>
    addUp(
      pMapIterable(numbers(n), (number) => later(number + 1), {
        concurrency: 256,
        preserveOrder: false,
      }),
    ),
};

/** @param {AsyncIterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}
