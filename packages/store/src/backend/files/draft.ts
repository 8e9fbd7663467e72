import { createHash } from "node:crypto";
import { link, open, rename, rm, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { from } from "sluice";
import { ObjectExistsError } from "../../error/object-exists-error.ts";
import { checkChunk } from "../../port/check-object.ts";
import type { WrittenObject } from "../../port/object-bucket.ts";
import { append } from "./file-chunks.ts";
import type { ObjectPath } from "./object-path.ts";
import {
  inStorage,
  isSystemFailure,
  toStorageFailure,
} from "./storage-failure.ts";
import { makeFolder, syncFolder } from "./sync-folder.ts";

/** What becomes an object's file. */
export interface Draft {
  /** The bucket's folder, for errors. */
  readonly root: string;
  /** The object's key. */
  readonly key: string;
  /** Where it is written until it is whole. */
  readonly file: string;
}

/** Writes an object aside; its bytes are on the disk when this resolves. */
export async function writeDraft(
  { root, key, file }: Draft,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<WrittenObject> {
  const hash = createHash("sha256");
  const source = bytes instanceof Uint8Array ? [bytes] : bytes;
  const handle = await inStorage(root, open(file, "wx"));
  let sizeBytes = 0;
  let isWhole = false;
  try {
    for await (const chunk of from(source, { signal })) {
      checkChunk(key, chunk);
      hash.update(chunk);
      await inStorage(root, append(handle, chunk));
      sizeBytes += chunk.byteLength;
    }
    await inStorage(root, handle.sync());
    signal.throwIfAborted();
    isWhole = true;
  } finally {
    const closing = inStorage(root, handle.close());
    // A draft that failed is removed: why it failed is what is told.
    await (isWhole ? closing : Promise.allSettled([closing]));
  }
  return { key, sizeBytes, sha256: hash.digest("hex") };
}

/**
 * Gives a draft the object's name, which fails if there is one: the system decides who is
 * first. A second name is given and the first taken away, since to rename would replace
 * what is there. When this resolves the name outlives a loss of power.
 */
export async function publishDraft(
  draft: Draft,
  { folder, file, keyFile }: ObjectPath,
): Promise<void> {
  const { root, key } = draft;
  if (keyFile !== undefined) {
    await inStorage(root, writeKeyFile(keyFile, draft));
  }
  await inStorage(root, makeFolder(folder));
  try {
    await link(draft.file, file);
  } catch (error) {
    if (isSystemFailure(error, "EEXIST")) throw new ObjectExistsError(key);
    throw toStorageFailure(root, error);
  }
  try {
    await inStorage(root, unlink(draft.file));
    await inStorage(root, syncFolder(folder));
  } catch (error) {
    // It was not made to last, and is not there then.
    await rm(file, { force: true });
    throw error;
  }
}

/** Keeps a key beside its object, before that is there. */
async function writeKeyFile(keyFile: string, draft: Draft): Promise<void> {
  const aside = `${draft.file}.key`;
  try {
    const handle = await open(aside, "wx");
    try {
      // JSON keeps any text, half a pair of UTF-16 too.
      await handle.writeFile(JSON.stringify(draft.key));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, keyFile);
  } finally {
    await rm(aside, { force: true });
  }
  await syncFolder(dirname(keyFile));
}
