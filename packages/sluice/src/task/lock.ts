import { Semaphore } from "./semaphore.ts";

/**
 * Lets one go on at a time, first come, first served: a semaphore of one permit.
 *
 * Source: Python, `asyncio.Lock`. There is no `release()` on the lock itself:
 * only who holds the permit can give it back.
 *
 * @example One writer at a time
 * ```ts
 * import { asyncWith, Lock, sleep } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const lock = new Lock();
 * const log: string[] = [];
 * const write = (name: string) =>
 *   asyncWith(lock, async () => {
 *     log.push(`${name} begins`);
 *     await sleep(1);
 *     log.push(`${name} ends`);
 *   });
 *
 * await Promise.all([write("a"), write("b")]);
 *
 * assert.deepEqual(log, ["a begins", "a ends", "b begins", "b ends"]);
 * ```
 */
export class Lock extends Semaphore {
  constructor() {
    super(1);
  }
}
