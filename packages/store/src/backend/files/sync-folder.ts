import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { platform } from "node:process";

/**
 * Makes a folder's list of names outlive a loss of power.
 *
 * Windows cannot do that with a folder, and looks after it by itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder, and those above it that are missing, so that they last. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first) return;
  }
}
