import { open, rename, rm, stat } from "node:fs/promises";
import type { Stream } from "sluice";

/** A file is there that would be written over. */
class FileExistsError extends Error {
  readonly code = "EEXIST";

  override get name(): "FileExistsError" {
    return "FileExistsError";
  }
}

/**
 * Checks that a file may be written.
 *
 * @throws {FileExistsError} If there is one, and it may not be replaced.
 */
export async function checkMayWrite(
  file: string,
  { force }: { readonly force: boolean },
): Promise<void> {
  if (force || !(await exists(file))) return;
  throw new FileExistsError(
    `There is a file '${file}' already: name another, or replace it with --force`,
  );
}

/**
 * Writes a file: aside, and under its name once it is whole, so that what was there is not
 * lost if it fails.
 *
 * @returns How many bytes it has.
 */
export async function writeFileAside(
  file: string,
  bytes: Stream<Uint8Array>,
  tell: (sizeBytes: number) => void,
): Promise<number> {
  const aside = `${file}.part`;
  let sizeBytes = 0;
  try {
    const handle = await open(aside, "w");
    try {
      await bytes.forEach(async (chunk) => {
        await handle.writeFile(chunk);
        sizeBytes += chunk.byteLength;
        tell(sizeBytes);
      });
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  return sizeBytes;
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return false;
    }
    throw error;
  }
}
