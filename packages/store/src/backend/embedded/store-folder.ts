import { randomUUID } from "node:crypto";
import { open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import {
  inStorage,
  isSystemFailure,
  toStorageFailure,
} from "../files/storage-failure.ts";
import { makeFolder, syncFolder } from "../files/sync-folder.ts";
import { LOCK_FILE, OWNER_FILE } from "./store-lock.ts";

/** The file that says that a folder is a store. */
const STORE_FILE = "store.json";
const NEW_STORE_FILE = "store.json.new";
/** The folder of the objects' bytes. */
export const MEDIA_FOLDER = "media";
/** The index. */
export const INDEX_FILE = "index.sqlite";

const formatName = "sluice-store";
const formatVersion = 1;

// What systems put into every folder, and what a store does.
const strange = /^(?:\.DS_Store|desktop\.ini|Thumbs\.db|lost\+found)$/iu;
const own = new Set([
  LOCK_FILE,
  `${LOCK_FILE}-journal`,
  OWNER_FILE,
  NEW_STORE_FILE,
]);

/** What a store's folder says of it. */
export interface StoreFacts {
  /** The id of the folder as a place for objects: a UUID. */
  readonly storageId: string;
}

/**
 * Makes a store's folder, if it is not there, and looks whether it is one.
 *
 * A folder is a store's if it says so, and may become one if there is nothing in it; one
 * that belongs to something else is left as it is.
 *
 * @param folder Its path.
 * @param options Whether it may become one.
 * @throws {StorageAccessError} If it is something else's, is a file, or cannot be read.
 */
export async function checkStoreFolder(
  folder: string,
  { create }: { readonly create: boolean },
): Promise<void> {
  if (create) await inStorage(folder, makeFolder(folder));
  const names = await listNames(folder, create);
  if (names.includes(STORE_FILE)) {
    await readFacts(folder);
    return;
  }
  const foreign = names.filter((name) => !own.has(name) && !strange.test(name));
  if (foreign.length > 0) {
    throw new StorageAccessError(
      folder,
      `it is no store, and has something else in it ('${foreign[0] ?? ""}'); take an empty folder, or a new one`,
    );
  }
  if (!create) throw createNoStore(folder);
}

async function listNames(
  folder: string,
  isMade: boolean,
): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (!isMade && isSystemFailure(error, "ENOENT")) {
      throw createNoStore(folder, { cause: error });
    }
    throw toStorageFailure(folder, error);
  }
}

function createNoStore(
  folder: string,
  options?: ErrorOptions,
): StorageAccessError {
  return new StorageAccessError(
    folder,
    "there is no store in it; write something into one there first, or name another folder",
    options,
  );
}

/** Reads what a folder says of its store, or writes it; only who holds its lock may. */
export async function markStoreFolder(folder: string): Promise<StoreFacts> {
  const names = await inStorage(folder, readdir(folder));
  if (names.includes(STORE_FILE)) return readFacts(folder);
  const facts = { storageId: randomUUID() };
  await inStorage(folder, writeFacts(folder, facts));
  return facts;
}

async function writeFacts(folder: string, facts: StoreFacts): Promise<void> {
  const aside = join(folder, NEW_STORE_FILE);
  const handle = await open(aside, "w");
  try {
    await handle.writeFile(
      `${JSON.stringify({ format: formatName, version: formatVersion, ...facts })}\n`,
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, join(folder, STORE_FILE));
  await syncFolder(folder);
}

async function readFacts(folder: string): Promise<StoreFacts> {
  const file = join(folder, STORE_FILE);
  const value = parse(await inStorage(file, readFile(file, "utf8")));
  if (value["format"] !== formatName || typeof value["version"] !== "number") {
    throw new StorageAccessError(
      file,
      "it does not say that this is a store of Sluice; take another folder, or put back a copy of that file",
    );
  }
  if (value["version"] > formatVersion) {
    throw new StorageAccessError(
      folder,
      `a newer version of Sluice has made it (its layout is ${value["version"]}, and this version knows ${formatVersion}); install that`,
    );
  }
  const { storageId } = value;
  if (typeof storageId === "string") return { storageId };
  throw new StorageAccessError(
    file,
    "it does not tell the storage's id; put back a copy of that file",
  );
}

/** The properties of a JSON object; none if the text is no such thing. */
function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // It is no JSON, which the caller tells by what is missing.
    return {};
  }
}
