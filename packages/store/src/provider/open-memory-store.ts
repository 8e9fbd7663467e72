import type { AsyncContextManager } from "sluice";
import { MemoryBucket } from "../backend/memory/memory-bucket.ts";
import { MemoryIndex } from "../backend/memory/memory-index.ts";
import { createFlowStore } from "../rules/create-flow-store.ts";
import type { FlowStoreOptions } from "../rules/flow-store-options.ts";
import type { LocalFlowStore } from "../rules/local-flow-store.ts";

/** How a store in memory is opened. */
export type MemoryStoreOptions = Omit<FlowStoreOptions, "index" | "buckets">;

/**
 * Makes a manager of a store in memory, which is gone when its block has ended.
 *
 * Holds all that is written.
 *
 * @param options How much is done at once, and where its objects can be read.
 * @returns The manager; it gives the store.
 * @throws {RangeError} If a limit is out of bounds; at once.
 */
export function openMemoryStore(
  options: MemoryStoreOptions = {},
): AsyncContextManager<LocalFlowStore, false> {
  const backend = {
    id: crypto.randomUUID(),
    label: "memory",
    store_type: "http_object_store",
    provider: "sluice",
    store_product: "memory",
  } as const;
  return createFlowStore({
    ...options,
    index: new MemoryIndex(),
    buckets: [{ backend, bucket: new MemoryBucket() }],
  });
}
