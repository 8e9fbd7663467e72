import type { RawBuilder, SchemaModule } from "kysely";

/**
 * Adds the tables of subscriptions, and of what subscribers are to be told.
 *
 * @param schema What makes them.
 * @param clustered What a table is made with whose rows lie in the order of its primary key.
 */
export async function createWebhookTables(
  schema: SchemaModule,
  clustered: RawBuilder<unknown>,
): Promise<void> {
  await schema
    .createTable("webhooks")
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("url_key", "text", (column) => column.notNull())
    .addColumn("is_active", "integer", (column) => column.notNull())
    .addColumn("document", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("webhooks_key", ["id"])
    .execute();
  await schema
    .createTable("events")
    .addColumn("webhook_id", "text", (column) => column.notNull())
    .addColumn("sequence", "bigint", (column) => column.notNull())
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("auth_classes", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("events_key", ["webhook_id", "sequence"])
    .modifyEnd(clustered)
    .execute();
  await schema
    .createIndex("webhooks_by_url_key_id")
    .on("webhooks")
    .columns(["url_key", "id"])
    .execute();
  await schema
    .createIndex("webhooks_by_is_active_id")
    .on("webhooks")
    .columns(["is_active", "id"])
    .execute();
}
