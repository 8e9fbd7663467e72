import { median } from "../statistics.mjs";
import { ask, startWorker } from "../worker.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Case } from "./cases.mjs" */

/**
 * @typedef {object} Effort
 * @property {number} passes How many processes each way of a case has.
 * @property {number} warmUps How many rounds come before, so that none is measured cold.
 * @property {number} rounds How many rounds each process has.
 */

/**
 * What a way came to.
 *
 * @typedef {object} Figure
 * @property {string} way
 * @property {number} megabytes In a second of the processor: the median.
 * @property {number} counted How many packets, grains or frames in that: the median.
 * @property {number} speed How many times as fast ours was in the same round: the median.
 */

/**
 * What a way took in a round.
 *
 * @typedef {object} Answer
 * @property {number} ms
 * @property {number} [count]
 * @property {number} bytes
 */

const child = new URL("child.mjs", import.meta.url);

/**
 * Measures all ways of a case beside each other, each in processes of its own, in turns.
 *
 * @param {Case} one
 * @param {Record<string, string>} paths
 * @param {Runtime} runtime
 * @param {Effort} effort
 * @returns {Promise<Figure[]>}
 */
export async function measure(one, paths, runtime, effort) {
  /** @type {Answer[][]} */
  const rounds = [];
  for (let pass = 0; pass < effort.passes; pass++) {
    rounds.push(...(await runPass(one, paths, runtime, effort)));
  }
  const { count, bytes } = check(one, rounds.flat());
  return one.ways.map((way, place) => {
    const seconds = median(rounds.map((round) => round[place].ms)) / 1000;
    return {
      way,
      megabytes: bytes / 1e6 / seconds,
      counted: count / seconds,
      speed: median(rounds.map((round) => round[place].ms / round[0].ms)),
    };
  });
}

/**
 * @param {Case} one
 * @param {Record<string, string>} paths
 * @param {Runtime} runtime
 * @param {Effort} effort
 */
async function runPass({ id, ways }, paths, runtime, effort) {
  const workers = [];
  try {
    for (const way of ways) {
      const words = [way, id, JSON.stringify(paths)];
      workers.push(await startWorker(child, words, runtime));
    }
    /** @type {Answer[][]} */
    const rounds = [];
    for (let round = 0; round < effort.warmUps + effort.rounds; round++) {
      const order = [...workers.entries()];
      if (round % 2 === 1) order.reverse();
      /** @type {Answer[]} */
      const answers = [];
      for (const [place, worker] of order) {
        answers[place] = await ask(worker, {});
      }
      rounds.push(answers);
    }
    return rounds.slice(effort.warmUps);
  } finally {
    for (const worker of workers) worker.kill();
  }
}

/**
 * Sees to it that all have done the same.
 *
 * @param {Case} one
 * @param {readonly Answer[]} answers
 */
function check({ id }, answers) {
  const counts = new Set(
    answers.flatMap(({ count }) => (count === undefined ? [] : [count])),
  );
  const [count] = counts;
  const [{ bytes }] = answers;
  if (counts.size === 1) return { count, bytes };
  throw new Error(`Cannot compare ${id}: there are ${[...counts].join(", ")}`);
}
