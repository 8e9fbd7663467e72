import type { Tags } from "@sluice/tams";
import type { Kysely } from "kysely";
import type { SqlSession } from "./sql-session.ts";
import type { Tables, TagTable } from "./tables.ts";

/**
 * Keeps tags in place of those that were there.
 *
 * @param database What the queries are built for.
 * @param session What runs them.
 * @param owner Whose tags.
 * @param tags The tags.
 */
export async function putTags(
  database: Kysely<Tables>,
  session: SqlSession,
  owner: Pick<TagTable, "kind" | "owner_id">,
  tags: Tags,
): Promise<void> {
  await session.write(
    database
      .deleteFrom("tags")
      .where("kind", "=", owner.kind)
      .where("owner_id", "=", owner.owner_id)
      .compile(),
  );
  const rows = Object.entries(tags).flatMap(([name, value]) =>
    toValues(value).map((one) => ({ ...owner, name, value: one })),
  );
  for (const row of rows) {
    await session.write(database.insertInto("tags").values(row).compile());
  }
}

/** A tag without a value is there all the same. */
function toValues(value: Tags[string]): readonly (string | null)[] {
  const values = typeof value === "string" ? [value] : [...new Set(value)];
  return values.length === 0 ? [null] : values;
}
