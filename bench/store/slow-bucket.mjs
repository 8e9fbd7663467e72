import { MemoryBucket } from "@sluice/store";
import { setTimeout as sleep } from "node:timers/promises";

/** @import { ObjectBucket } from "@sluice/store" */

/**
 * Makes a bucket in memory that answers late when an object is read, as one does that is far
 * away; it reads any number of objects at once.
 *
 * @param {number} delayMs
 * @returns {ObjectBucket}
 */
export function createSlowBucket(delayMs) {
  const bucket = new MemoryBucket();
  return {
    read: async (key, options) => {
      await sleep(delayMs, undefined, { signal: options?.signal });
      return bucket.read(key, options);
    },
    write: (key, bytes, options) => bucket.write(key, bytes, options),
    stream: (key, range) => bucket.stream(key, range),
    find: (key) => bucket.find(key),
    remove: (key) => bucket.remove(key),
    list: () => bucket.list(),
  };
}
