/**
 * One library's way of one case, in a process of its own. Told `warmUpMs`, it
 * runs it until it is as fast as it gets; told nothing, it runs it once more for
 * about `roundMs`; told `items`, it counts what so many allocate.
 */
import { countBytes } from "./allocations.mjs";
import { findCase } from "./cases.mjs";
import { libraries } from "./libraries.mjs";
import { runOthers } from "./others.mjs";

/** @import { Effort } from "./measure.mjs" */

/** A round is no longer than this many items, however fast they are. */
const mostItems = 1_000_000;

/** It is as fast as it gets if so many runs gained no more than this part on as many before. */
const [steadyRuns, steadyGain] = [4, 0.05];

const [libraryId, caseId, mode, clock] = process.argv.slice(2);
const { load } = libraries.find(({ id }) => id === libraryId);
const { cases, families } = await load();
const { unit = 1, expect } = findCase(caseId);
const run = cases[caseId];
/** How many items a round has. */
let size = unit;
/** What so many items add up to. */
let expected = { items: 0, sum: 0 };

if (mode === "mega") await runOthers(families);
process.on("message", async (message) => {
  process.send(await answer(message));
});
process.send({ ready: true });

/** @param {Partial<Effort> & { items?: number }} message */
async function answer({ warmUpMs, mostWarmUpMs, roundMs, items }) {
  if (items !== undefined) {
    return { bytes: await countBytes(time, items) };
  }
  if (warmUpMs !== undefined) {
    return { size: await warmUp(warmUpMs, mostWarmUpMs, roundMs) };
  }
  return { ns: ((await time(size)) * 1e6) / size };
}

/**
 * Runs it until it is as fast as it gets, and finds how many items a round has.
 * What counts is the processor's time, for others may be at work too.
 *
 * @param {number} leastMs
 * @param {number} mostMs
 * @param {number} roundMs
 */
async function warmUp(leastMs, mostMs, roundMs) {
  const stop = startProcessor();
  /** @type {number[]} For an item, in milliseconds. */
  const times = [];
  let spent = 0;
  while (
    spent < leastMs ||
    (spent < mostMs && !isSteady(times.slice(-2 * steadyRuns)))
  ) {
    const ms = await time(size);
    if (ms < roundMs / 2 && size < mostItems) size *= 2;
    else times.push(ms / size);
    spent = stop();
  }
  const last = times.at(-1) ?? roundMs / size;
  size = round(Math.min(mostItems, roundMs / last));
  return size;
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
 * @param {number} n
 * @returns {Promise<number>} How long it took, in milliseconds.
 */
async function time(n) {
  if (expected.items !== n) expected = { items: n, sum: expect(n) };
  const stop = clock === "wall" ? startWall() : startProcessor();
  const sum = await run(n);
  const ms = stop();
  if (sum !== expected.sum) {
    throw new Error(
      `Cannot count ${caseId} of ${libraryId}: ${n} items gave ${sum} instead of ${expected.sum}`,
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
