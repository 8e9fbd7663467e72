import { opendir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { StoredObject } from "../../port/object-bucket.ts";
import {
  isHashedName,
  KEYS_FOLDER,
  OBJECTS_FOLDER,
  parseObjectName,
} from "./object-path.ts";
import {
  inStorage,
  isSystemFailure,
  toStorageFailure,
} from "./storage-failure.ts";

/** Lists the objects of a bucket's folder; files that are none of its are passed over. */
export async function* listObjects(
  root: string,
  check: () => void,
): AsyncGenerator<StoredObject, void, undefined> {
  const top = join(root, OBJECTS_FOLDER);
  check();
  for await (const shard of await inStorage(top, opendir(top))) {
    if (!shard.isDirectory()) continue;
    const folder = join(top, shard.name);
    for await (const entry of await inStorage(folder, opendir(folder))) {
      check();
      const object = await describe(root, folder, entry.name);
      if (object !== undefined) yield object;
    }
  }
}

/** Tells of a file; nothing if it is no object's, or has been removed meanwhile. */
async function describe(
  root: string,
  folder: string,
  name: string,
): Promise<StoredObject | undefined> {
  try {
    const key = parseObjectName(name) ?? (await readKey(root, name));
    if (key === undefined) return undefined;
    const found = await stat(join(folder, name));
    return found.isFile() ? { key, sizeBytes: found.size } : undefined;
  } catch (error) {
    if (isSystemFailure(error, "ENOENT")) return undefined;
    throw toStorageFailure(join(folder, name), error);
  }
}

async function readKey(
  root: string,
  name: string,
): Promise<string | undefined> {
  if (!isHashedName(name)) return undefined;
  const text = await readFile(join(root, KEYS_FOLDER, name), "utf8");
  const key: unknown = JSON.parse(text);
  return typeof key === "string" ? key : undefined;
}
