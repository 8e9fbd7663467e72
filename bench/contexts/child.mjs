/**
 * One case, in a process of its own. Told `warmUp`, it loads the case and runs
 * it until it is as fast as it gets; told `round`, it runs it once more for
 * about as long as it was told; told `count`, it counts the pauses.
 */
import { groups } from "./groups.mjs";
import { checkTally } from "./sessions.mjs";

/** @import { Run } from "./groups.mjs" */

/** Turns of the microtask queue after which something else must have been waited for. */
const turnLimit = 100_000;

const [groupId, caseName] = process.argv.slice(2);
const { sessions = 1, cases } = groups.find(({ id }) => id === groupId);
/** @type {Run} */
const run = await cases.find(({ name }) => name === caseName).load();
/** How many times a round does it. */
let size = 1;
/** What is too slow to be run so many times is warmed up longer, up to so long. */
const [warmUpTimes, longestWarmUpMs] = [20_000, 500];

process.on("message", async (message) => {
  process.send(await answer(message));
});
process.send({ ready: true });

/**
 * @param {{ warmUpMs?: number, roundMs?: number, count?: true }} message
 */
async function answer({ warmUpMs, roundMs, count }) {
  if (count) return { pauses: await countPauses() };
  if (warmUpMs === undefined) return { ns: ((await time(size)) * 1e6) / size };
  const start = performance.now();
  let elapsed = 0;
  let times = 0;
  let ms = 0;
  while (
    elapsed < warmUpMs ||
    (times < warmUpTimes && elapsed < longestWarmUpMs)
  ) {
    if (ms < roundMs / 2) size *= 2;
    ms = await time(size);
    times += size;
    elapsed = performance.now() - start;
  }
  size = Math.max(1, Math.round((size * roundMs) / ms));
  return { size };
}

/**
 * Does it `n` times.
 *
 * @param {number} n
 * @returns {Promise<number>} How long the processor was at it, in milliseconds.
 */
async function time(n) {
  const start = process.cpuUsage();
  await run(n);
  const { user, system } = process.cpuUsage(start);
  checkTally(n * sessions);
  return (user + system) / 1000;
}

/**
 * How many turns of the microtask queue one time takes; `undefined` if it waits
 * for something else.
 */
async function countPauses() {
  const some = await countTurns(10);
  const more = await countTurns(110);
  return more < turnLimit ? (more - some) / 100 : undefined;
}

/** @param {number} n */
async function countTurns(n) {
  let turns = 0;
  let running = true;
  const counter = (async () => {
    for (; running && turns < turnLimit; turns++) await undefined;
  })();
  await run(n);
  running = false;
  await counter;
  checkTally(n * sessions);
  return turns;
}
