import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { pid } from "node:process";
import Database from "better-sqlite3";
import { asyncContextManager } from "sluice";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import { StoreLockedError } from "../../error/store-locked-error.ts";
import { inStorage } from "../files/storage-failure.ts";

/** The file that is locked. It stays empty, and stays when the store is closed. */
export const LOCK_FILE = "lock";
/** The file that tells who holds the lock. It is for people, and decides nothing. */
export const OWNER_FILE = "owner.json";

/**
 * Holds a store's folder for this process.
 *
 * It is SQLite's own lock on a file, which is the operating system's: that takes it away
 * from a process that ends, however it ends, so that there is nothing stale to take over,
 * and SQLite minds what goes wrong with such locks when one process has a file open twice.
 * Network file systems that lie about locks are not for embedded stores, as with SQLite.
 *
 * @throws {StoreLockedError} On entering, if another has it.
 * @throws {StorageAccessError} On entering, if the folder cannot be written.
 */
export const storeLock = asyncContextManager(
  async function* (folder: string) {
    const lock = await acquireLock(folder);
    try {
      const owner = join(folder, OWNER_FILE);
      await inStorage(owner, writeFile(owner, describeOwner()));
      yield;
      await inStorage(owner, rm(owner, { force: true }));
    } finally {
      lock.close();
    }
  },
  { suppresses: false },
);

function describeOwner(): string {
  const since = new Date().toISOString();
  return `${JSON.stringify({ pid, host: hostname(), since })}\n`;
}

async function acquireLock(folder: string): Promise<Database.Database> {
  const file = join(folder, LOCK_FILE);
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock?.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith("SQLITE_BUSY")) {
      throw new StoreLockedError(folder, await findOwner(folder));
    }
    throw new StorageAccessError(
      file,
      `it cannot be locked (${error.code}: ${error.message})`,
      { cause: error },
    );
  }
}

/** Tells who holds the lock, as far as that was written down. */
async function findOwner(folder: string): Promise<string> {
  try {
    const text = await readFile(join(folder, OWNER_FILE), "utf8");
    const owner: unknown = JSON.parse(text);
    if (!isOwner(owner)) return "another process";
    if (owner.host !== hostname()) {
      return `process ${owner.pid} on ${owner.host}`;
    }
    return owner.pid === pid ? `this process (${pid})` : `process ${owner.pid}`;
  } catch {
    // It is just being written, or removed: that there is a lock is what matters.
    return "another process";
  }
}

function isOwner(
  value: unknown,
): value is { readonly pid: number; readonly host: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "host" in value &&
    typeof value.host === "string"
  );
}
