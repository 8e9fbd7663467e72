import { median, spread } from "../statistics.mjs";
import { ask, startWorker } from "../worker.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Case } from "./cases.mjs" */

/**
 * @typedef {object} Effort
 * @property {number} passes How many processes each way has.
 * @property {number} rounds How many rounds each process has.
 * @property {number} warmUpMs How long it is run before.
 * @property {number} roundMs About how long a round is.
 */

/**
 * What was found.
 *
 * @typedef {object} Figure
 * @property {number} byHand Nanoseconds for doing it once by hand: the median.
 * @property {number} ours Nanoseconds for the same with the package.
 * @property {number} ratio Ours to that by hand in the same round: the median.
 * @property {number} spread Half of the rounds are within this part of the ratio.
 */

const child = new URL("child.mjs", import.meta.url);

/**
 * Measures a case in both ways beside each other, each in processes of its own, in
 * turns.
 *
 * @param {Case} one
 * @param {Runtime} runtime
 * @param {Effort} effort
 * @returns {Promise<Figure>}
 */
export async function measure({ id }, runtime, effort) {
  /** @type {[number, number][]} */
  const rounds = [];
  for (let pass = 0; pass < effort.passes; pass++) {
    rounds.push(...(await runPass(id, runtime, effort)));
  }
  const ratios = rounds.map(([byHand, ours]) => ours / byHand);
  return {
    byHand: median(rounds.map(([byHand]) => byHand)),
    ours: median(rounds.map(([, ours]) => ours)),
    ratio: median(ratios),
    spread: spread(ratios),
  };
}

/**
 * @param {string} id
 * @param {Runtime} runtime
 * @param {Effort} effort
 */
async function runPass(id, runtime, effort) {
  const workers = [];
  try {
    for (const way of ["byHand", "ours"]) {
      workers.push(await startWorker(child, [way, id], runtime));
    }
    for (const worker of workers) await ask(worker, effort);
    /** @type {[number, number][]} */
    const rounds = [];
    for (let round = 0; round < effort.rounds; round++) {
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      /** @type {[number, number]} */
      const times = [0, 0];
      for (const index of order) {
        times[index] = (await ask(workers[index], {})).ns;
      }
      rounds.push(times);
    }
    return rounds;
  } finally {
    for (const worker of workers) worker.kill();
  }
}
