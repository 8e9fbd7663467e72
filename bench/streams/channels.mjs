/**
 * Something that is pushed into, and what comes out of it added up.
 *
 * @typedef {object} Channel
 * @property {(value: number) => void} push
 * @property {() => void} close
 * @property {Promise<number>} sum
 */

/** How many numbers are pushed at once. */
export const burstSize = 10_000;

/**
 * Pushes the numbers in bursts, each into a channel of its own whose consumer
 * waits already.
 *
 * @param {number} n
 * @param {() => Channel} open
 */
export async function pushBursts(n, open) {
  let total = 0;
  for (let pushed = 0; pushed < n; pushed += burstSize) {
    const { push, close, sum } = open();
    await undefined;
    for (let i = 0; i < burstSize; i++) push(i & 1023);
    close();
    total += await sum;
  }
  return total;
}

/**
 * Pushes the numbers into one channel, some with each turn of the event loop.
 *
 * @param {number} n
 * @param {number} each How many with each turn.
 * @param {() => Channel} open
 * @returns {Promise<number>}
 */
export function pushInTurns(n, each, open) {
  const { push, close, sum } = open();
  let pushed = 0;
  setImmediate(function turn() {
    for (const end = Math.min(n, pushed + each); pushed < end; pushed++) {
      push(pushed & 1023);
    }
    if (pushed < n) setImmediate(turn);
    else close();
  });
  return sum;
}
