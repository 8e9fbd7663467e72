import { duration, flowId, makeSegment, startOf } from "./index-database.mjs";

/** @import { SegmentIndex } from "@sluice/store" */

/** How many segments a range has: an hour has 1800, a page of a listing 30 to 300. */
export const segmentsOfRange = 30;

/**
 * Asks for ranges at places all over the flow, each in a transaction of its own.
 *
 * @param {SegmentIndex} index
 * @param {number} count How many segments there are.
 * @param {number} times
 */
export async function queryRanges(index, count, times) {
  for (let done = 0; done < times; done++) {
    const first = Math.floor(Math.random() * (count - segmentsOfRange - 1));
    // It begins and ends within a segment.
    const start = startOf(first) + duration / 2n;
    const span = { start, end: start + duration * BigInt(segmentsOfRange - 1) };
    const found = await index.transact("read", (transaction) =>
      transaction.listSegments(flowId, { span, limit: 100 }),
    );
    if (found.length === segmentsOfRange) continue;
    throw new Error(`Cannot measure: there are ${found.length} segments`);
  }
}

/**
 * Adds segments behind all others, each in a transaction of its own that outlives a loss
 * of power, and looks for what overlaps before.
 *
 * @param {SegmentIndex} index
 * @param {number} count How many segments there are.
 * @param {number} times
 */
export async function append(index, count, times) {
  for (let done = 0; done < times; done++) {
    const segment = makeSegment(count + done);
    await index.transact("write", async (transaction) => {
      const overlap = await transaction.findOverlap(flowId, segment);
      if (overlap !== undefined) throw new Error("Cannot measure: it overlaps");
      await transaction.insertSegment(segment);
    });
  }
}
