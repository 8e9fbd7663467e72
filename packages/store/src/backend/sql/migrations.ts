import type { Kysely, RawBuilder } from "kysely";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import { createFirstTables } from "./migration-1.ts";
import { createWebhookTables } from "./migration-2.ts";
import type { Tables } from "./tables.ts";

/** What a kind of database needs of its own. */
export interface TableOptions {
  /** What a table is made with whose rows lie in the order of its primary key. */
  readonly clustered: RawBuilder<unknown>;
}

/** How one schema becomes the next: what was released never changes. */
const migrations = [createFirstTables, createWebhookTables];

/**
 * Brings a database to the schema of this version, all or nothing.
 *
 * @param database The database, within a transaction that is the only one that writes.
 * @param options What its kind needs.
 * @param place Where it is, for messages.
 * @throws {StorageAccessError} If a newer version of this package has made its schema.
 */
export async function migrate(
  database: Kysely<Tables>,
  options: TableOptions,
  place: string,
): Promise<void> {
  await database.schema
    .createTable("schema_version")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("version", "bigint", (column) => column.notNull())
    .execute();
  const found = await database
    .selectFrom("schema_version")
    .select("version")
    .executeTakeFirst();
  const version = Number(found?.version ?? 0n);
  if (version > migrations.length) {
    throw new StorageAccessError(
      place,
      `a newer version of @sluice/store has written it (its schema is ${version}, this one knows ${migrations.length}); use that version`,
    );
  }
  for (const step of migrations.slice(version)) {
    await step(database.schema, options.clustered);
  }
  if (version < migrations.length) await setVersion(database);
}

async function setVersion(database: Kysely<Tables>): Promise<void> {
  const version = BigInt(migrations.length);
  await database
    .insertInto("schema_version")
    .values({ id: 1, version })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ version }))
    .execute();
}
