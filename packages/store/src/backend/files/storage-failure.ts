import { StorageAccessError } from "../../error/storage-access-error.ts";
import { StorageFullError } from "../../error/storage-full-error.ts";

// What the system says where there is no room: the disk's, the user's, or one file's bound.
const fullCodes = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const problems = new Map([
  ["EACCES", "this user may not do that; change its permissions, or its owner"],
  ["EPERM", "the system does not permit that there"],
  ["EROFS", "it is on a disk that can only be read"],
  ["ENOTDIR", "a part of it is a file where a folder should be"],
  ["EISDIR", "it is a folder where a file should be"],
  ["ENOENT", "it is not there, or not any more"],
  ["EEXIST", "something else is there already"],
  ["EIO", "the disk reports an error of its own"],
  ["ELOOP", "its links go round in a circle"],
  ["EMFILE", "this process has too many files open"],
  ["ENFILE", "the system has too many files open"],
  ["ENAMETOOLONG", "its name is too long for the file system"],
]);

/**
 * Waits for something that is done to a file or a folder, and tells in the store's words
 * what the system says if it fails.
 *
 * @param place The path that is told.
 * @throws {StorageFullError} If there is no room.
 * @throws {StorageAccessError} If the system refuses it for another reason.
 */
export async function inStorage<T>(
  place: string,
  action: Promise<T>,
): Promise<T> {
  try {
    return await action;
  } catch (error) {
    throw toStorageFailure(place, error);
  }
}

/** Puts a failure of the system into the store's words; what is none is given back. */
export function toStorageFailure(place: string, error: unknown): unknown {
  const code = getSystemCode(error);
  if (code === undefined) return error;
  if (fullCodes.has(code)) return new StorageFullError(place, { cause: error });
  const problem = problems.get(code) ?? `the system says ${code}`;
  return new StorageAccessError(place, problem, { cause: error });
}

/** Whether the system says, in one of these words, why it failed. */
export function isSystemFailure(
  error: unknown,
  ...codes: readonly string[]
): boolean {
  return codes.includes(getSystemCode(error) ?? "");
}

function getSystemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  return "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
