/**
 * One way of one case, in a process of its own. Told `warmUpMs`, it runs it for so
 * long, and finds how often it does it in a round; told nothing, it does a round.
 */
import { cases, ways } from "./cases.mjs";

/** @import { Effort } from "./measure.mjs" */

const [way, id] = process.argv.slice(2);
if (!cases.some((one) => one.id === id)) throw new Error(`No case ${id}`);
const run = ways[way][id];
const expected = ways.byHand[id];

/** How often it is done in a round. */
let size = 1000;

process.on("message", (message) => {
  process.send(answer(message));
});
process.send({ ready: true });

/** @param {Partial<Effort>} message */
function answer({ warmUpMs, roundMs }) {
  if (warmUpMs === undefined) return { ns: (time(size) * 1e6) / size };
  check(100_000);
  for (let spent = 0; spent < warmUpMs;) {
    const ms = time(size);
    spent += ms;
    if (ms < roundMs / 2) size *= 2;
  }
  return { size };
}

/** @param {number} n */
function time(n) {
  const start = process.cpuUsage();
  run(n);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/**
 * Sees to it that the result is that of the code by hand.
 *
 * @param {number} n
 */
function check(n) {
  const [result, other] = [run(n), expected(n)];
  if (result === other) return;
  throw new Error(`Cannot measure ${id}: ${way} gives ${result}, not ${other}`);
}
