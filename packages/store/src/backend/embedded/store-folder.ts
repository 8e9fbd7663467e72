import { open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import {
  inStorage,
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

/**
 * Makes a store's folder, if it is not there, and looks whether it is one.
 *
 * A folder is a store's if it says so, and may become one if there is nothing in it. So
 * that a folder that belongs to something else is left as it is.
 *
 * @throws {StorageAccessError} If it is something else's, is a file, or cannot be read.
 */
export async function checkStoreFolder(folder: string): Promise<void> {
  await inStorage(folder, makeFolder(folder));
  const names = await inStorage(folder, readdir(folder));
  if (names.includes(STORE_FILE)) {
    await checkFormat(folder);
    return;
  }
  const foreign = names.filter((name) => !own.has(name) && !strange.test(name));
  if (foreign.length > 0) {
    throw new StorageAccessError(
      folder,
      `it is no store, and has something else in it ('${foreign[0] ?? ""}'); take an empty folder, or a new one`,
    );
  }
}

/** Writes down that a folder is a store; only who holds its lock may. */
export async function markStoreFolder(folder: string): Promise<void> {
  const file = join(folder, STORE_FILE);
  if ((await readdir(folder)).includes(STORE_FILE)) {
    await checkFormat(folder);
    return;
  }
  const aside = join(folder, NEW_STORE_FILE);
  const handle = await open(aside, "w");
  try {
    await handle.writeFile(
      `${JSON.stringify({ format: formatName, version: formatVersion })}\n`,
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  await syncFolder(folder);
}

async function checkFormat(folder: string): Promise<void> {
  const file = join(folder, STORE_FILE);
  const found = parse(await inStorage(file, readFile(file, "utf8")));
  if (found === undefined) {
    throw new StorageAccessError(
      file,
      `it does not say that this is a store of Sluice; take another folder, or put back a copy of that file`,
    );
  }
  if (found > formatVersion) {
    throw new StorageAccessError(
      folder,
      `a newer version of Sluice has made it (its layout is ${found}, and this version knows ${formatVersion}); install that`,
    );
  }
}

/** The version of a store's layout; undefined if the text does not tell one. */
function parse(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" &&
      value !== null &&
      "format" in value &&
      value.format === formatName &&
      "version" in value &&
      typeof value.version === "number"
      ? value.version
      : undefined;
  } catch {
    // It is no JSON: the caller says so.
    return undefined;
  }
}
