import { median } from "../statistics.mjs";
import { ask, startWorker } from "../worker.mjs";
import { hand, peers } from "./libraries.mjs";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Case, Mode } from "./cases.mjs" */
/** @import { Library } from "./libraries.mjs" */

/**
 * How much is measured.
 *
 * @typedef {object} Effort
 * @property {number} passes How many processes a case gets of what is by hand and of ours.
 * @property {number} peerPasses How many of each peer.
 * @property {number} rounds How many rounds in each process.
 * @property {number} warmUpMs How long a process is warmed up at least.
 * @property {number} mostWarmUpMs How long at most, if it still gets faster.
 * @property {number} roundMs
 */

/**
 * What a library's way of a case came to.
 *
 * @typedef {object} Figure
 * @property {number} ns For one item: the median of all rounds.
 * @property {number} ratio To what is by hand, in the same round: the median.
 */

/** How many processes are warmed up at once. */
const together = 2;

const child = new URL("child.mjs", import.meta.url);

/**
 * Measures several libraries' ways of a case beside each other, each in
 * processes of its own.
 *
 * All of them are alive at once but only one works: a round is a bit of each in
 * turn, so that whatever else the machine does falls on all alike.
 *
 * @param {Case} one
 * @param {Mode} mode
 * @param {readonly Library[]} libraries The first is by hand.
 * @param {Runtime} runtime
 * @param {Effort} effort
 * @returns {Promise<Map<Library, Figure>>}
 */
export async function measure(one, mode, libraries, runtime, effort) {
  /** @type {Map<Library, number>[]} Nanoseconds, by round. */
  const rounds = [];
  for (let pass = 0; pass < effort.passes; pass++) {
    const chosen = libraries.filter(
      (library) => pass < effort.peerPasses || !peers.includes(library),
    );
    rounds.push(...(await runPass(one, mode, chosen, runtime, effort)));
  }
  return new Map(
    libraries.map((library) => [library, summarize(rounds, library)]),
  );
}

/**
 * @param {Case} one
 * @param {Mode} mode
 * @param {readonly Library[]} libraries
 * @param {Runtime} runtime
 * @param {Effort} effort
 */
async function runPass(one, mode, libraries, runtime, effort) {
  const words = [one.id, mode, one.clock ?? "processor"];
  const workers = await Promise.all(
    libraries.map(({ id }) => startWorker(child, [id, ...words], runtime)),
  );
  try {
    for (let i = 0; i < workers.length; i += together) {
      const some = workers.slice(i, i + together);
      await Promise.all(some.map((worker) => ask(worker, effort)));
    }
    const rounds = [];
    for (let round = 0; round < effort.rounds; round++) {
      const times = await runRound(workers, round % 2 === 1);
      rounds.push(new Map(times.map((ns, index) => [libraries[index], ns])));
    }
    return rounds;
  } finally {
    for (const worker of workers) worker.kill();
  }
}

/**
 * Runs each once; every other round backwards.
 *
 * @param {readonly ChildProcess[]} workers
 * @param {boolean} backwards
 * @returns {Promise<number[]>} Nanoseconds, in the order of the workers.
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
 * @param {readonly Map<Library, number>[]} rounds
 * @param {Library} library
 * @returns {Figure}
 */
function summarize(rounds, library) {
  const its = rounds.filter((times) => times.has(library));
  return {
    ns: median(its.map((times) => times.get(library))),
    ratio: median(its.map((times) => times.get(library) / times.get(hand))),
  };
}
