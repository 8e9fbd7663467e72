import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Finds a folder of files that are not part of the project: `shared/…`, beside the
 * checkout or further up.
 *
 * @param path The folder, from `shared` on.
 * @returns Where it is, if it is there.
 */
export function findShared(path: string): string | undefined {
  let folder = resolve(import.meta.dirname, "../../../..");
  for (;;) {
    const found = resolve(folder, "shared", path);
    if (existsSync(found)) return found;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
