import sqlite from "better-sqlite3";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import { StorageFullError } from "../../error/storage-full-error.ts";

/** What is wrong, by what SQLite's code begins with. */
const problems: Readonly<Record<string, string>> = {
  SQLITE_READONLY: "it can only be read; see to its rights, and its folder's",
  SQLITE_CANTOPEN: "it cannot be opened; see to its rights, and its folder's",
  SQLITE_PERM: "it cannot be opened; see to its rights, and its folder's",
  SQLITE_NOTADB: "it is not a SQLite database; move it away, or name another",
  SQLITE_CORRUPT: "it is damaged; put a copy back that is not",
  SQLITE_IOERR: "the disk that it is on does not work as it should",
  SQLITE_BUSY:
    "another process is writing to it, and does not come to an end; try again",
};

/**
 * Tells what SQLite throws in the words of the store.
 *
 * @param error What was thrown.
 * @param place The database's path.
 * @returns An error of the store; or what was thrown, if it is of no such kind.
 */
export function toStoreError(error: unknown, place: string): unknown {
  if (!(error instanceof sqlite.SqliteError)) return error;
  if (error.code.startsWith("SQLITE_FULL")) {
    return new StorageFullError(place, { cause: error });
  }
  const problem = Object.entries(problems).find(([code]) =>
    error.code.startsWith(code),
  )?.[1];
  return problem === undefined
    ? error
    : new StorageAccessError(place, problem, { cause: error });
}
