import { readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { asyncContextManager, type AsyncContextManager } from "sluice";
import { FileBucket } from "./file-bucket.ts";
import {
  DRAFTS_FOLDER,
  KEYS_FOLDER,
  locateObjectOfKeyFile,
  OBJECTS_FOLDER,
} from "./object-path.ts";
import { OpenWork } from "./open-work.ts";
import { inStorage, isSystemFailure } from "./storage-failure.ts";
import { makeFolder } from "./sync-folder.ts";

/**
 * Opens a folder as a bucket of objects; it is made if it is not there.
 *
 * What was half written when a process ended is removed on entering: so only one process
 * may have a folder open at a time, which is for its owner to see to. When the block ends,
 * what is being written or read ends with `ClosedError`, its files are closed, and what was
 * half written is removed.
 *
 * @param folder The folder's path.
 * @returns A manager that gives the bucket.
 * @throws {TypeError} If the path is empty; at once.
 * @throws {StorageAccessError} On entering, if the folder cannot be read and written.
 * @throws {StorageFullError} On entering, if there is no room for it.
 *
 * @example Write and read
 * ```ts
 * import { openFileBucket } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 *
 * const folder = await mkdtemp(`${tmpdir()}/bucket-`);
 * await asyncWith(openFileBucket(folder), async (bucket) => {
 *   await bucket.write("a", new Uint8Array([1, 2, 3]));
 *
 *   assert.deepEqual(await bucket.read("a"), new Uint8Array([1, 2, 3]));
 * });
 * await rm(folder, { recursive: true });
 * ```
 */
export function openFileBucket(
  folder: string,
): AsyncContextManager<FileBucket, false> {
  if (typeof folder !== "string" || folder === "") {
    throw new TypeError(
      "Cannot open a bucket without a path: it must be a text that is not empty",
    );
  }
  return managed(resolve(folder));
}

const managed = asyncContextManager(
  async function* (root: string) {
    for (const name of [OBJECTS_FOLDER, KEYS_FOLDER, DRAFTS_FOLDER]) {
      await inStorage(root, makeFolder(join(root, name)));
    }
    await inStorage(root, sweep(root));
    const work = new OpenWork(root);
    try {
      yield new FileBucket(root, work);
    } finally {
      await inStorage(root, work.close());
    }
  },
  { suppresses: false },
);

/** Removes what a process that ended too early has left. */
async function sweep(root: string): Promise<void> {
  const drafts = join(root, DRAFTS_FOLDER);
  for (const name of await readdir(drafts)) {
    await rm(join(drafts, name), { recursive: true, force: true });
  }
  const keys = join(root, KEYS_FOLDER);
  for (const name of await readdir(keys)) {
    const object = locateObjectOfKeyFile(root, name);
    if (object !== undefined && !(await exists(object))) {
      await rm(join(keys, name), { force: true });
    }
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isSystemFailure(error, "ENOENT")) return false;
    throw error;
  }
}
