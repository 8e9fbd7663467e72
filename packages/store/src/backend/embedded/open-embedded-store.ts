import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  asyncContextManager,
  AsyncExitStack,
  type AsyncContextManager,
} from "sluice";
import { StorageFullError } from "../../error/storage-full-error.ts";
import { recoverIngests } from "../../flow/ingest-mark.ts";
import { createFlowStore } from "../../rules/create-flow-store.ts";
import type { FlowStoreOptions } from "../../rules/flow-store-options.ts";
import type { LocalFlowStore } from "../../rules/local-flow-store.ts";
import { openFileBucket } from "../files/open-file-bucket.ts";
import { openSqliteIndex } from "../sql/open-sqlite-index.ts";
import {
  checkStoreFolder,
  INDEX_FILE,
  markStoreFolder,
  MEDIA_FOLDER,
} from "./store-folder.ts";
import { storeLock } from "./store-lock.ts";

/** How a store in a folder is opened. */
export interface EmbeddedStoreOptions extends Pick<
  FlowStoreOptions,
  | "limits"
  | "service"
  | "webhooks"
  | "clock"
  | "createUrls"
  | "fetchUrl"
  | "onBackgroundError"
> {
  /** Whether a folder that is not there, or empty, becomes a store; true by default. */
  readonly create?: boolean;
}

/**
 * Opens the store of flows in a folder: its index in SQLite, its bytes in files, and no
 * server.
 *
 * One process at a time has it open. Entering makes the folder if it is not there, removes
 * what a process that was killed left half written, and the flows of a file that it had not
 * taken in as a whole, and goes on with what it had begun to delete; all that it was told is
 * there. When the block ends, what is under way is given up and waited for.
 *
 * Source: our decisions 0081 and 0082.
 *
 * @param folder The folder's path, or a `file:` URL; in such a text a path may be relative,
 * as in `file:./media`.
 * @param options Whether it may be made, and how much is done at once.
 * @returns A manager that gives the store.
 * @throws {TypeError} If there is no path, or the URL is no `file:` URL; at once.
 * @throws {StoreLockedError} On entering, if another process has it open, or this one.
 * @throws {StorageAccessError} On entering, if the folder cannot be read and written, has
 * something else in it, or was made by a newer version; nothing was changed then.
 * @throws {StorageFullError} On entering, if there is no room for it.
 *
 * @example What a store says of itself
 * ```ts
 * import { openEmbeddedStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 *
 * const folder = await mkdtemp(`${tmpdir()}/store-`);
 * await asyncWith(openEmbeddedStore(folder), async (store) => {
 *   const { api_version } = await store.getService();
 *
 *   assert.equal(api_version, "8.2");
 * });
 * await rm(folder, { recursive: true });
 * ```
 */
export function openEmbeddedStore(
  folder: string | URL,
  options: EmbeddedStoreOptions = {},
): AsyncContextManager<LocalFlowStore, false> {
  return open(toPath(folder), options);
}

const open = asyncContextManager(
  async function* (folder: string, options: EmbeddedStoreOptions) {
    const { create = true, ...rest } = options;
    const stack = new AsyncExitStack();
    try {
      await checkStoreFolder(folder, { create });
      await stack.enter(storeLock(folder));
      const { storageId } = await markStoreFolder(folder);
      const index = await stack.enter(
        openSqliteIndex(join(folder, INDEX_FILE)),
      );
      const bucket = await stack.enter(
        openFileBucket(join(folder, MEDIA_FOLDER)),
      );
      const backend = {
        id: storageId,
        label: "files",
        store_type: "http_object_store",
        provider: "sluice",
        store_product: "files",
      } as const;
      const store = await stack.enter(
        createFlowStore({ ...rest, index, buckets: [{ backend, bucket }] }),
      );
      await recover(store, storageId);
      yield store;
    } catch (error) {
      await stack.raise(error);
      throw error;
    }
    await stack.aclose();
  },
  { suppresses: false },
);

/** Ends ingests that a process that was killed has left half. */
async function recover(
  store: LocalFlowStore,
  storageId: string,
): Promise<void> {
  try {
    await recoverIngests(store, storageId);
  } catch (error) {
    // A full disk can be read all the same. Their marks stay, for the next opening.
    if (!(error instanceof StorageFullError)) throw error;
  }
}

function toPath(folder: string | URL): string {
  const text = String(folder);
  // `fileURLToPath` refuses URLs of other schemes, and those of other machines.
  const path =
    folder instanceof URL || /^file:\/\//iu.test(text)
      ? fileURLToPath(text)
      : text.replace(/^file:/iu, "");
  if (path !== "") return resolve(path);
  throw new TypeError(
    `Cannot open a store in '${text}': name a folder, as file:./media does`,
  );
}
