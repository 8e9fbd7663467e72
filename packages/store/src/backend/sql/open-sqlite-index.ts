import sqlite from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { asyncContextManager, type AsyncContextManager } from "sluice";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import type { SegmentIndex } from "../../port/segment-index.ts";
import { migrate } from "./migrations.ts";
import { SqlIndex } from "./sql-index.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { SqliteDialect } from "./sqlite-dialect.ts";
import { toStoreError } from "./sqlite-errors.ts";
import type { Tables } from "./tables.ts";

/** How a SQLite database is used. */
export interface SqliteIndexOptions {
  /**
   * For how long another process that writes is waited for, in milliseconds: 5000 by
   * default. Meanwhile this process stands still; a store has one process.
   */
  readonly busyTimeoutMs?: number;
  /**
   * How large the database may grow, in bytes, to the next page of 4096; without a limit by
   * default. Beyond it a writer fails as if the disk were full.
   */
  readonly maxSizeBytes?: number;
}

/**
 * Opens an index in a SQLite database, which is made if there is none.
 *
 * What a writer was told is done outlives a loss of power: each transaction is one write to
 * the log, which is waited for (`journal_mode` WAL, `synchronous` FULL). Readers see the
 * state at their first query, and wait for nobody. Each connection keeps up to 16 MiB of the
 * database in memory; there are as many as transactions at once, and four while there are
 * none. On exit, transactions that have begun are
 * waited for; afterwards `transact` throws `ClosedError`.
 *
 * @param path The database's path; its folder is there.
 * @param options How it is used.
 * @returns A manager; its block is given the index.
 * @throws {StorageAccessError} On entering, if the file cannot be read or written, is no
 * such database, is damaged, or was written by a newer version of this package.
 * @throws {StorageFullError} On entering, if there is no room.
 *
 * @example Find what was kept
 * ```ts
 * import { openSqliteIndex } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const folder = await mkdtemp(join(tmpdir(), "index-"));
 * const open = () => openSqliteIndex(join(folder, "index.sqlite"));
 * const source = { id: "s", format: "urn:x-nmos:format:video" } as const;
 *
 * await asyncWith(open(), (index) =>
 *   index.transact("write", (transaction) => transaction.putSource(source)),
 * );
 * const found = await asyncWith(open(), (index) =>
 *   index.transact("read", (transaction) => transaction.findSource("s")),
 * );
 *
 * assert.deepEqual(found, source);
 * await rm(folder, { recursive: true });
 * ```
 */
export function openSqliteIndex(
  path: string,
  options: SqliteIndexOptions = {},
): AsyncContextManager<SegmentIndex, false> {
  return open(path, options);
}

const open = asyncContextManager(
  async function* openSqliteIndex(
    path: string,
    options: SqliteIndexOptions,
  ): AsyncGenerator<SegmentIndex, void, void> {
    const database = new Kysely<Tables>({
      dialect: new SqliteDialect(() => connect(path, options)),
    });
    try {
      await prepare(database, path);
      const index = new SqlIndex(database);
      try {
        yield index;
      } finally {
        await index.close();
      }
    } finally {
      await database.destroy();
    }
  },
  { suppresses: false },
);

async function prepare(database: Kysely<Tables>, path: string): Promise<void> {
  await database
    .transaction()
    .setAccessMode("read write")
    .execute((connection) =>
      migrate(connection, { clustered: sql`without rowid` }, path),
    );
}

/** How much of the database a connection keeps in memory at most. */
const cacheKibibytes = 16_384;

function connect(
  path: string,
  { busyTimeoutMs = 5000, maxSizeBytes }: SqliteIndexOptions,
): SqliteConnection {
  const database = openFile(path, busyTimeoutMs);
  try {
    // Nanoseconds since 1970 are beyond 2^53.
    database.defaultSafeIntegers();
    database.pragma("journal_mode = wal");
    database.pragma("synchronous = full");
    // The upper levels of its trees, for ten million segments; SQLite's own choice is 2 MB.
    database.pragma(`cache_size = -${cacheKibibytes}`);
    if (maxSizeBytes !== undefined) {
      database.pragma(`max_page_count = ${Math.ceil(maxSizeBytes / 4096)}`);
    }
    return new SqliteConnection(database);
  } catch (error) {
    database.close();
    throw toStoreError(error, path);
  }
}

function openFile(path: string, timeout: number): sqlite.Database {
  try {
    return sqlite(path, { timeout });
  } catch (error) {
    // It tells by a TypeError that there is no folder.
    if (error instanceof TypeError) {
      throw new StorageAccessError(path, "its folder is not there; make it", {
        cause: error,
      });
    }
    throw toStoreError(error, path);
  }
}
