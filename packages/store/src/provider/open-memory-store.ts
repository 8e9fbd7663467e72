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
  const backend = {
    id: crypto.randomUUID(),
    label: "memory",
    store_type: "http_object_store",
    provider: "sluice",
    store_product: "memory",
  } as const;
  return createFlowStore({
    index: new MemoryIndex(),
    buckets: [{ backend, bucket: new MemoryBucket() }],
  });
}
