import type { TagFilter } from "@sluice/tams";
import {
  expressionBuilder,
  sql,
  type Expression,
  type SelectQueryBuilder,
  type SqlBool,
} from "kysely";
import type { ListingWindow } from "../listing/page-start.ts";
import type { TagTable, Tables } from "./tables.ts";

/**
 * Puts a listing in order, and goes on behind a page.
 *
 * @param query What is listed; it has `id`.
 * @param column The column that has each item's text of the order.
 * @param window Which part is wanted: one more is asked for, which tells whether there is more.
 * @returns The query.
 */
export function inWindow<D, T extends keyof D, O>(
  query: SelectQueryBuilder<D, T, O>,
  column: string,
  window: ListingWindow<never>,
): SelectQueryBuilder<D, T, O> {
  const { order, isReversed, after, limit } = window;
  const key = sql.ref<string>(column);
  const id = sql.ref<string>("id");
  const isDescending = order.isDescending !== isReversed;
  const ordered = query
    .orderBy(key, isDescending ? "desc" : "asc")
    .orderBy(id, isReversed ? "desc" : "asc")
    .limit(limit + 1);
  if (after === undefined) return ordered;
  const beyond = sql.raw(isDescending ? "<" : ">");
  const behind = sql.raw(isReversed ? "<" : ">");
  // The first part is all that an index needs to begin there.
  return ordered.where(
    sql<SqlBool>`${key} ${beyond}= ${after.key} and (${key} ${beyond} ${after.key} or ${id} ${behind} ${after.id})`,
  );
}

/**
 * Gives the conditions that the values which are named have.
 *
 * @param wanted Columns, and what is to be in them; anything, if it is undefined.
 * @returns The conditions.
 */
export function equalities(
  wanted: Readonly<Record<string, string | number | undefined>>,
): Expression<SqlBool>[] {
  return Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${value}`],
  );
}

/**
 * Gives the conditions of tags.
 *
 * @param kind Whose tags.
 * @param owner The column with the id of whose tags they are.
 * @param filter Which are asked for.
 * @returns The conditions.
 */
export function tagConditions(
  kind: TagTable["kind"],
  owner: string,
  { tags = {}, tagExists = {} }: TagFilter,
): Expression<SqlBool>[] {
  const builder = expressionBuilder<Tables>();
  const named = (name: string) =>
    builder
      .selectFrom("tags")
      .select("tags.name")
      .where("tags.kind", "=", kind)
      .where("tags.owner_id", "=", sql.ref<string>(owner))
      .where("tags.name", "=", name);
  return [
    ...Object.entries(tags).map(([name, values]) =>
      values.length === 0
        ? builder.lit(false)
        : builder.exists(named(name).where("tags.value", "in", values)),
    ),
    ...Object.entries(tagExists).map(([name, exists]) => {
      const found = builder.exists(named(name));
      return exists ? found : builder.not(found);
    }),
  ];
}
