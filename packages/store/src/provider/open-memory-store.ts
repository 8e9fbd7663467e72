import { MemoryBucket } from "../backend/memory/memory-bucket.ts";
import { MemoryIndex } from "../backend/memory/memory-index.ts";
import { createFlowStore } from "../rules/create-flow-store.ts";
import type { FlowStoreManager } from "./store-schemes.ts";

/**
 * Makes a manager of a store in memory, which is gone when its block has ended.
 *
 * Holds all that is written.
 */
export function openMemoryStore(): FlowStoreManager {
  const backend = { id: crypto.randomUUID(), label: "memory" };
  return createFlowStore({
    index: new MemoryIndex(),
    buckets: [{ backend, bucket: new MemoryBucket() }],
  });
}
