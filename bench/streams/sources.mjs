/**
 * What the pipelines read. All numbers are below 1024, so that no sum is more
 * than a small integer and no case pays for boxed numbers.
 */
const mask = 1023;

/** How many numbers an array of {@linkcode asyncChunks} has. */
export const chunkSize = 64;

/** @param {number} n */
export function* numbers(n) {
  for (let i = 0; i < n; i++) yield i & mask;
}

/** @type {Map<number, number[]>} By their length: making one is no part of any case. */
const arrays = new Map();

/** @param {number} n */
export function numberArray(n) {
  const array = arrays.get(n) ?? [...numbers(n)];
  arrays.set(n, array);
  return array;
}

/** @param {number} n */
export async function* asyncNumbers(n) {
  for (let i = 0; i < n; i++) yield i & mask;
}

/** @param {number} n */
export async function* asyncRecords(n) {
  for (let i = 0; i < n; i++) yield { id: i, value: i & mask };
}

const chunk = Array.from({ length: chunkSize }, (_, i) => i);

/**
 * As pages or read buffers come: a fresh array each.
 *
 * @param {number} n How many numbers in all.
 */
export async function* asyncChunks(n) {
  for (let i = 0; i < n; i += chunkSize) yield chunk.slice();
}

/** @param {number} first */
export async function* asyncTen(first) {
  for (let i = 0; i < 10; i++) yield first + i;
}

/**
 * Waits for a turn of the event loop.
 *
 * @param {number} value
 * @returns {Promise<number>}
 */
export function later(value) {
  return new Promise((resolve) => {
    setImmediate(resolve, value);
  });
}

/** @param {number} n */
export async function* delayedNumbers(n) {
  for (let i = 0; i < n; i++) yield await later(i & mask);
}
