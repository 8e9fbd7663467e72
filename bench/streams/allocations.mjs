import { PerformanceObserver } from "node:perf_hooks";
import { median } from "../statistics.mjs";

/** How many times it is counted. */
const times = 5;

/**
 * Counts what is allocated on the heap for an item, in a process with room enough
 * for no garbage to be collected meanwhile, and with `gc` exposed.
 *
 * @param {(n: number) => Promise<unknown>} run
 * @param {number} items
 * @throws {Error} If garbage was collected.
 */
export async function countBytes(run, items) {
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  const counts = [];
  for (let i = 0; i < times; i++) {
    gc();
    await nextTurn();
    collections = 0;
    observer.observe({ entryTypes: ["gc"] });
    const before = process.memoryUsage().heapUsed;
    await run(items);
    counts.push((process.memoryUsage().heapUsed - before) / items);
    await nextTurn();
    observer.disconnect();
    if (collections > 0) {
      throw new Error("Cannot count bytes: garbage was collected meanwhile");
    }
  }
  return median(counts);
}

/** The observer is told of what was collected a turn later. */
function nextTurn() {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}
