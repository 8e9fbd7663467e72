/**
 * One library's way of a case beside the same by hand, in a process of their own.
 * Told `warmUpMs`, it runs both until they are as fast as they get; told nothing, it
 * runs both once more, each for about `roundMs`; told `items`, it counts what the
 * library allocates for so many.
 */
import { countBytes } from "./allocations.mjs";
import { findCase } from "./cases.mjs";
import { hand, libraries } from "./libraries.mjs";
import { runOthers } from "./others.mjs";

/** @import { Effort } from "./measure.mjs" */

/**
 * Somebody's way of the case.
 *
 * @typedef {object} Contender
 * @property {(n: number) => unknown} run
 * @property {number} size How many items a round has.
 */

/** A round is no longer than this many items, however fast they are. */
const mostItems = 1_000_000;

/** It is as fast as it gets if so many runs gained no more than this part on as many before. */
const [steadyRuns, steadyGain] = [4, 0.05];

const [libraryId, caseId, mode, clock] = process.argv.slice(2);
const library = libraries.find(({ id }) => id === libraryId);
const { cases, families } = await library.load();
const { unit = 1, expect } = findCase(caseId);
const { cases: byHand } = await hand.load();

/** @type {Contender[]} By hand, and the library's. */
const contenders = [
  { run: byHand[caseId], size: unit },
  { run: cases[caseId], size: unit },
];
/** What so many items add up to. */
const expected = new Map();
let rounds = 0;

if (mode === "mega") await runOthers(families);
process.on("message", async (message) => {
  process.send(await answer(message));
});
process.send({ ready: true });

/** @param {Partial<Effort> & { items?: number }} message */
async function answer({ warmUpMs, mostWarmUpMs, roundMs, items }) {
  const [, own] = contenders;
  if (items !== undefined) {
    return { bytes: await countBytes((n) => time(own, n), items) };
  }
  if (warmUpMs !== undefined) {
    for (const one of contenders) {
      await warmUp(one, warmUpMs, mostWarmUpMs, roundMs);
    }
    return {};
  }
  return runRound();
}

/** Runs both once; every other round backwards. */
async function runRound() {
  const order = [...contenders.entries()];
  if (rounds++ % 2 === 1) order.reverse();
  const times = [];
  for (const [index, one] of order) {
    times[index] = ((await time(one, one.size)) * 1e6) / one.size;
  }
  const [hand, ns] = times;
  return { hand, ns };
}

/**
 * Runs it until it is as fast as it gets, and finds how many items a round has.
 * What counts is the processor's time, for others may be at work too.
 *
 * @param {Contender} one
 * @param {number} leastMs
 * @param {number} mostMs
 * @param {number} roundMs
 */
async function warmUp(one, leastMs, mostMs, roundMs) {
  const stop = startProcessor();
  /** @type {number[]} For an item, in milliseconds. */
  const times = [];
  let spent = 0;
  while (
    spent < leastMs ||
    (spent < mostMs && !isSteady(times.slice(-2 * steadyRuns)))
  ) {
    const ms = await time(one, one.size);
    if (ms < roundMs / 2 && one.size < mostItems) one.size *= 2;
    else times.push(ms / one.size);
    spent = stop();
  }
  const last = times.at(-1) ?? roundMs / one.size;
  one.size = round(Math.min(mostItems, roundMs / last));
}

/** @param {readonly number[]} times */
function isSteady(times) {
  if (times.length < 2 * steadyRuns) return false;
  const before = Math.min(...times.slice(0, steadyRuns));
  const after = Math.min(...times.slice(steadyRuns));
  return after > before * (1 - steadyGain);
}

/**
 * Runs it for `n` items.
 *
 * @param {Contender} one
 * @param {number} n
 * @returns {Promise<number>} How long it took, in milliseconds.
 */
async function time({ run }, n) {
  if (!expected.has(n)) expected.set(n, expect(n));
  const stop = clock === "wall" ? startWall() : startProcessor();
  const sum = await run(n);
  const ms = stop();
  if (sum !== expected.get(n)) {
    throw new Error(
      `Cannot count ${caseId} of ${libraryId}: ${n} items gave ${sum} instead of ${expected.get(n)}`,
    );
  }
  return ms;
}

function startWall() {
  const start = performance.now();
  return () => performance.now() - start;
}

function startProcessor() {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** @param {number} items */
function round(items) {
  return Math.max(1, Math.round(items / unit)) * unit;
}
