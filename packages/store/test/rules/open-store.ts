import { join } from "node:path";
import {
  createFlowStore,
  MemoryBucket,
  MemoryIndex,
  openSqliteIndex,
  type FlowStoreOptions,
  type LocalFlowStore,
  type ObjectBucket,
  type StoreBucket,
} from "@sluice/store";
import { AsyncExitStack, asyncContextManager } from "sluice";
import type { AsyncContextManager } from "sluice";
import { temporaryFolder } from "../backend/temporary-folder.ts";

/** The id of the default bucket. */
export const firstStorage = "7d5f5a38-0d2c-4b3b-8f06-59a5c5d5d8a1";

/** The id of the other bucket. */
export const secondStorage = "5b0e1d4b-93f2-4a0c-9d8a-0d5a7b3c9e10";

/** What both buckets are. */
export const product = {
  store_type: "http_object_store",
  provider: "here",
  store_product: "memory",
} as const;

/** What the store says of two buckets. */
export function describeBuckets(
  first: ObjectBucket = new MemoryBucket(),
  second: ObjectBucket = new MemoryBucket(),
): readonly StoreBucket[] {
  return [
    {
      backend: {
        ...product,
        id: firstStorage,
        label: "first",
        default_storage: true,
      },
      bucket: first,
    },
    {
      backend: {
        ...product,
        id: secondStorage,
        label: "second",
        tags: { tier: "cold" },
      },
      bucket: second,
    },
  ];
}

/** A store over buckets, and an index, in memory, unless others are given. */
export function openMemoryStore(
  options: Partial<FlowStoreOptions> = {},
): AsyncContextManager<LocalFlowStore> {
  return createFlowStore({
    index: new MemoryIndex(),
    buckets: describeBuckets(),
    webhooks: {},
    ...options,
  });
}

/** A store over an index in SQLite, in a folder of its own. */
export const openSqliteStore = asyncContextManager(async function* () {
  await using stack = new AsyncExitStack();
  const folder = await stack.enter(temporaryFolder());
  const index = await stack.enter(openSqliteIndex(join(folder, "index.db")));
  yield await stack.enter(openMemoryStore({ index }));
});
