import {
  createFlowStore,
  MemoryBucket,
  MemoryIndex,
  type FlowStoreOptions,
  type LocalFlowStore,
  type StoreBucket,
} from "@sluice/store";
import type { AsyncContextManager } from "sluice";

/** The id of the default bucket. */
export const firstStorage = "7d5f5a38-0d2c-4b3b-8f06-59a5c5d5d8a1";

/** The id of the other bucket. */
export const secondStorage = "5b0e1d4b-93f2-4a0c-9d8a-0d5a7b3c9e10";

/** Two empty buckets in memory. */
export function createBuckets(): readonly [
  StoreBucket & { readonly bucket: MemoryBucket },
  StoreBucket & { readonly bucket: MemoryBucket },
] {
  return [
    {
      backend: { id: firstStorage, label: "first", default_storage: true },
      bucket: new MemoryBucket(),
    },
    {
      backend: { id: secondStorage, label: "second", tags: { tier: "cold" } },
      bucket: new MemoryBucket(),
    },
  ];
}

/** A store over buckets, and an index, in memory, unless others are given. */
export function openMemoryStore(
  options: Partial<FlowStoreOptions> = {},
): AsyncContextManager<LocalFlowStore> {
  return createFlowStore({
    index: new MemoryIndex(),
    buckets: createBuckets(),
    ...options,
  });
}
