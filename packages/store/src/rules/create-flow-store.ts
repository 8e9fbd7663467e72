import {
  asyncContextManager,
  TaskGroup,
  type AsyncContextManager,
} from "sluice";
import type { FlowStoreOptions } from "./flow-store-options.ts";
import type { LocalFlowStore } from "./local-flow-store.ts";
import { OpenState } from "./open-state.ts";
import { RuledFlowStore } from "./ruled-flow-store.ts";
import { createStoreParts, type StoreParts } from "./store-parts.ts";

const openStore = asyncContextManager(
  async function* (
    parts: StoreParts,
  ): AsyncGenerator<LocalFlowStore, void, void> {
    await keepBackends(parts);
    const open = new OpenState();
    await using group = TaskGroup.open();
    group.spawn((signal) => parts.worker.run(signal));
    try {
      yield new RuledFlowStore(parts, open);
    } finally {
      await open.close();
      group.cancel();
    }
  },
  { suppresses: false },
);

/**
 * Makes a flow store of an index and buckets: TAMS's rules over both.
 *
 * The manager opens it for one block. Within, deletions that take long, and bytes that
 * nothing refers to, are worked off in the background; leaving the block gives up what is
 * under way, waits for it, and stops the background work between two steps, to be gone on
 * with when the store is opened again. From then on each method throws a `ClosedError`. The
 * index and the buckets stay open: they belong to who gave them. One index serves one open
 * store at a time.
 *
 * Source: TAMS 8.2; our decisions 0074 to 0076.
 *
 * @param options What it is made of.
 * @returns The manager; it gives the store.
 * @throws {TypeError} If there is no bucket, or two have one id or are both the default.
 * @throws {RangeError} If a limit is out of bounds, or objects would wait for less than
 * 300 s to be registered.
 *
 * @example A store that is gone with its block
 * ```ts
 * import { createFlowStore, MemoryBucket, MemoryIndex } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const backend = {
 *   id: "7d5f5a38-0d2c-4b3b-8f06-59a5c5d5d8a1",
 *   store_type: "http_object_store",
 *   provider: "example",
 *   store_product: "memory",
 * } as const;
 * const buckets = [{ backend, bucket: new MemoryBucket() }];
 * const store = createFlowStore({ index: new MemoryIndex(), buckets });
 *
 * await asyncWith(store, async (flows) => {
 *   assert.equal((await flows.getService()).api_version, "8.2");
 *   assert.deepEqual((await flows.listFlows()).items, []);
 * });
 * ```
 */
export function createFlowStore(
  options: FlowStoreOptions,
): AsyncContextManager<LocalFlowStore, false> {
  return openStore(createStoreParts(options));
}

/** Notes which storage backends there are, so that their ids stay known. */
async function keepBackends({
  setup,
  transactions,
}: StoreParts): Promise<void> {
  await transactions.write(undefined, async ({ index }) => {
    for (const { backend } of setup.backends.places) {
      await index.putStorageBackend(backend);
    }
  });
}
