import { loopTurns } from "./loop-turns.ts";

/** What a heap may grow by while nothing is kept: the noise of the engine itself. */
export const HEAP_NOISE_BYTES = 1_000_000;

/** Gives by how many bytes the heap grows with so many runs, after a fifth as many to warm up. */
export async function measureHeapGrowth(
  count: number,
  run: (index: number) => unknown,
): Promise<number> {
  await repeat(Math.ceil(count / 5), run);
  const before = await measureHeap();
  await repeat(count, run);
  return (await measureHeap()) - before;
}

/** Collects what is garbage, and what is garbage once finalizers have run. */
export async function collectGarbage(): Promise<void> {
  if (globalThis.gc === undefined) {
    throw new Error("Cannot collect garbage: run node with --expose-gc");
  }
  for (let pass = 0; pass < 4; pass++) {
    globalThis.gc();
    await loopTurns(2);
  }
}

async function repeat(
  count: number,
  run: (index: number) => unknown,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await run(index);
    // What the platform holds until the next turn is not what is measured.
    if (index % 1000 === 999) await loopTurns();
  }
}

async function measureHeap(): Promise<number> {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
}
