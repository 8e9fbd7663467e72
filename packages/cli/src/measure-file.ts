import { stat } from "node:fs/promises";

/** A file that was named is not there. */
class FileNotFoundError extends Error {
  readonly code = "ENOENT";

  override get name(): "FileNotFoundError" {
    return "FileNotFoundError";
  }
}

/**
 * Tells how large a file is.
 *
 * @throws {FileNotFoundError} If there is none, or it is a folder.
 */
export async function measureFile(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (!found.isDirectory()) return found.size;
  } catch (error) {
    throw isMissing(error) ? createNotFound(file, error) : error;
  }
  throw createNotFound(file, undefined);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function createNotFound(file: string, cause: unknown): FileNotFoundError {
  return new FileNotFoundError(
    `There is no file '${file}': check its name, and the folder you are in`,
    { cause },
  );
}
