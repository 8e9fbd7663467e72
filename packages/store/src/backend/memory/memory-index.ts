import type {
  IndexTransaction,
  SegmentIndex,
} from "../../port/segment-index.ts";
import { WriterQueue } from "../writer-queue.ts";
import { MemorySession } from "./memory-session.ts";
import { createTables } from "./memory-tables.ts";
import { MemoryTransaction } from "./memory-transaction.ts";

/**
 * An index in memory, which is gone with it.
 *
 * A reader holds the state that it began with, a writer makes one of its own, and both share
 * what neither changes: so nobody waits for a reader, and what a writer did that failed is
 * left behind. All is kept in B+ trees: each step costs the logarithm of what is kept, also
 * in the middle of a flow. A writer that begins another is noticed where Node's
 * `AsyncLocalStorage` is, as in Deno and Bun; elsewhere it waits for ever.
 *
 * @example Add a segment, and find it
 * ```ts
 * import { MemoryIndex } from "@sluice/store";
 * import assert from "node:assert/strict";
 *
 * const index = new MemoryIndex();
 * await index.transact("write", (transaction) =>
 *   transaction.insertSegment({
 *     flowId: "f",
 *     objectId: "o",
 *     start: 0n,
 *     end: 40_000_000n,
 *     timerange: "[0:0_0:40000000)",
 *     offset: 0n,
 *     lastDuration: undefined,
 *     sampleOffset: undefined,
 *     sampleCount: undefined,
 *   }),
 * );
 *
 * const extent = await index.transact("read", (transaction) =>
 *   transaction.findExtent("f"),
 * );
 * assert.deepEqual(extent, { start: 0n, end: 40_000_000n });
 * ```
 */
export class MemoryIndex implements SegmentIndex {
  readonly #writers = new WriterQueue();
  #tables = createTables();

  /** @inheritDoc */
  async transact<T>(
    mode: "read" | "write",
    work: (transaction: IndexTransaction) => Promise<T>,
  ): Promise<T> {
    if (mode === "read")
      return this.#run(new MemorySession(this.#tables, mode), work);
    return this.#writers.run(async () => {
      const session = new MemorySession(this.#tables, mode);
      const result = await this.#run(session, work);
      this.#tables = session.close();
      return result;
    });
  }

  async #run<T>(
    session: MemorySession,
    work: (transaction: IndexTransaction) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(new MemoryTransaction(session));
    } finally {
      session.close();
    }
  }
}
