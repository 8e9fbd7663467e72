import { median, spread } from "../statistics.mjs";
import { ask, startWorker } from "../worker.mjs";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Case, Group } from "./groups.mjs" */
/** @import { Runtime } from "../runtimes.mjs" */

/**
 * How much is measured.
 *
 * @typedef {object} Effort
 * @property {number} passes How many processes each case gets, one after the other.
 * @property {number} rounds How many rounds in each.
 * @property {number} warmUpMs
 * @property {number} roundMs
 */

/**
 * What one case came to on one runtime.
 *
 * @typedef {object} Figure
 * @property {number} ns One time, enter to exit: the median of all rounds.
 * @property {number} least The least of them.
 * @property {number} ratio To the baseline in the same round: the median.
 * @property {number} spread Half of the rounds' ratios lie within this part of it, up or down.
 * @property {number | undefined} pauses Turns of the microtask queue; `undefined` if other things
 * are waited for.
 */

/**
 * Measures a group's cases beside each other, each in processes of its own.
 *
 * All of them are alive at once but only one works: a round is a bit of each in
 * turn, so that whatever else the machine does falls on all alike.
 *
 * @param {Group} group
 * @param {Runtime} runtime
 * @param {Effort} effort
 * @returns {Promise<Map<Case, Figure>>}
 */
export async function measure(group, runtime, effort) {
  const cases = group.cases.filter(
    ({ kind }) => runtime.hasUsing || kind !== "native",
  );
  /** @type {number[][]} By round, by case. */
  const rounds = [];
  /** @type {(number | undefined)[]} */
  let pauses = [];
  for (let pass = 0; pass < effort.passes; pass++) {
    const workers = await startAll(group, cases, runtime);
    try {
      for (const worker of workers) await ask(worker, effort);
      for (let round = 0; round < effort.rounds; round++) {
        rounds.push(await runRound(workers, round % 2 === 1));
      }
      pauses = [];
      for (const worker of workers) {
        pauses.push((await ask(worker, { count: true })).pauses);
      }
    } finally {
      for (const worker of workers) worker.kill();
    }
  }
  return new Map(
    cases.map((one, index) => [
      one,
      { ...summarize(rounds, index), pauses: pauses[index] },
    ]),
  );
}

/**
 * @param {Group} group
 * @param {readonly Case[]} cases
 * @param {Runtime} runtime
 */
function startAll(group, cases, runtime) {
  const child = new URL("child.mjs", import.meta.url);
  return Promise.all(
    cases.map(({ name }) => startWorker(child, [group.id, name], runtime)),
  );
}

/**
 * Runs each case once; every other round backwards.
 *
 * @param {readonly ChildProcess[]} workers
 * @param {boolean} backwards
 * @returns {Promise<number[]>} Nanoseconds, in the order of the cases.
 */
async function runRound(workers, backwards) {
  const order = [...workers.entries()];
  if (backwards) order.reverse();
  const times = [];
  for (const [index, worker] of order) {
    times[index] = (await ask(worker, {})).ns;
  }
  return times;
}

/**
 * @param {readonly number[][]} rounds
 * @param {number} index The case's.
 */
function summarize(rounds, index) {
  const times = rounds.map((times) => times[index]);
  const ratios = rounds.map((times) => times[index] / times[0]);
  return {
    ns: median(times),
    least: Math.min(...times),
    ratio: median(ratios),
    spread: spread(ratios),
  };
}
