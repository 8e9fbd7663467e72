import { ask, startWorker } from "../worker.mjs";
import { hand, ours } from "./libraries.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Library } from "./libraries.mjs" */

/** Of these cases it is told what they allocate. */
export const countedCases = [
  "sync2",
  "async2",
  "asyncCb",
  "forawaitSync",
  "forawaitAsync",
  "forawaitAll",
  "flatArr",
];

/** How many items a run has: all that it allocates has to find room. */
const items = 50_000;

/** Room for what a run allocates, so that no garbage is collected meanwhile. */
const flags = [
  "--expose-gc",
  "--min-semi-space-size=256",
  "--max-semi-space-size=256",
];

const warmUp = { warmUpMs: 200, mostWarmUpMs: 200, roundMs: 5 };

const child = new URL("child.mjs", import.meta.url);

/**
 * Counts the bytes that a case allocates for an item.
 *
 * @param {string} caseId
 * @param {Runtime} runtime
 * @returns {Promise<Map<Library, number>>}
 */
export async function countBytes(caseId, runtime) {
  const counted = new Map();
  for (const library of [hand, ours]) {
    const words = [library.id, caseId, "mono"];
    const worker = await startWorker(child, words, runtime, flags);
    try {
      await ask(worker, warmUp);
      counted.set(library, (await ask(worker, { items })).bytes);
    } finally {
      worker.kill();
    }
  }
  return counted;
}
