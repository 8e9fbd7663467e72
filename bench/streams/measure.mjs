import { median } from "../statistics.mjs";
import { ask, startWorker } from "../worker.mjs";
import { hand, peers } from "./libraries.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Case, Mode } from "./cases.mjs" */
/** @import { Library } from "./libraries.mjs" */

/**
 * How much is measured.
 *
 * @typedef {object} Effort
 * @property {number} passes How many processes a case of ours gets.
 * @property {number} peerPasses How many one of a peer.
 * @property {number} rounds How many rounds in each process.
 * @property {number} warmUpMs How long each way is warmed up at least.
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

/**
 * A round: what an item took, in nanoseconds.
 *
 * @typedef {object} Round
 * @property {Library} library
 * @property {number} ns
 * @property {number} hand By hand, right before or after it in the same process.
 */

/** How many processes work at once: one for each core of a small machine. */
const together = 2;

const child = new URL("child.mjs", import.meta.url);

/**
 * Measures several libraries' ways of a case, each in processes of its own, beside
 * the same by hand.
 *
 * The two take turns of a few milliseconds: whatever else the machine does, and however
 * fast it is at that moment, falls on both alike.
 *
 * @param {Case} one
 * @param {Mode} mode
 * @param {readonly Library[]} libraries The first is by hand.
 * @param {Runtime} runtime
 * @param {Effort} effort
 * @returns {Promise<Map<Library, Figure>>}
 */
export async function measure(one, mode, libraries, runtime, effort) {
  const waiting = libraries
    .filter((library) => library !== hand)
    .flatMap((library) => {
      const passes = peers.includes(library)
        ? effort.peerPasses
        : effort.passes;
      return Array.from({ length: passes }, () => library);
    });
  /** @type {Round[]} */
  const rounds = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      rounds.push(...(await runPass(one, mode, next, runtime, effort)));
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return new Map(
    libraries.map((library) => [library, summarize(rounds, library)]),
  );
}

/**
 * @param {Case} one
 * @param {Mode} mode
 * @param {Library} library
 * @param {Runtime} runtime
 * @param {Effort} effort
 * @returns {Promise<Round[]>}
 */
async function runPass(one, mode, library, runtime, effort) {
  const words = [library.id, one.id, mode, one.clock ?? "processor"];
  const worker = await startWorker(child, words, runtime);
  try {
    await ask(worker, effort);
    const rounds = [];
    for (let round = 0; round < effort.rounds; round++) {
      rounds.push({ library, ...(await ask(worker, {})) });
    }
    return rounds;
  } finally {
    worker.kill();
  }
}

/**
 * @param {readonly Round[]} rounds
 * @param {Library} library
 * @returns {Figure}
 */
function summarize(rounds, library) {
  if (library === hand) {
    return { ns: median(rounds.map((round) => round.hand)), ratio: 1 };
  }
  const its = rounds.filter((round) => round.library === library);
  return {
    ns: median(its.map(({ ns }) => ns)),
    ratio: median(its.map(({ ns, hand }) => ns / hand)),
  };
}
