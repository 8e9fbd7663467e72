import type {
  PageOptions,
  Source,
  SourceOrder,
  SourceQuery,
} from "@sluice/tams";
import {
  sql,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SqlBool,
} from "kysely";
import type { Page } from "../../model/page.ts";
import { sourceOrders } from "../listing/listing-order.ts";
import { toListingWindow, toPage } from "../listing/page-start.ts";
import { equalities, inWindow, tagConditions } from "./listing-query.ts";
import { prepareQuery } from "./prepared-query.ts";
import { formatDocument, parseDocument } from "./json-text.ts";
import type { SqlSession } from "./sql-session.ts";
import type { SourceTable, Tables } from "./tables.ts";
import { putTags } from "./tag-queries.ts";

const orderColumns: Readonly<Record<SourceOrder, string>> = {
  created: "created_key",
  updated: "updated_key",
  label: "label_key",
};

/** What is done with sources. */
export class SourceQueries {
  readonly #database: Kysely<Tables>;
  readonly #find;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
    this.#find = prepareQuery<
      { readonly id: string },
      Pick<SourceTable, "document">
    >((parameter) =>
      database
        .selectFrom("sources")
        .select("document")
        .where("id", "=", parameter("id")),
    );
  }

  async find(session: SqlSession, id: string): Promise<Source | undefined> {
    const row = await session.find(this.#find({ id }));
    return row && parseDocument(row);
  }

  async put(session: SqlSession, source: Source): Promise<void> {
    const values = {
      created_key: sourceOrders.created.keyOf(source),
      updated_key: sourceOrders.updated.keyOf(source),
      label_key: sourceOrders.label.keyOf(source),
      label: source.label ?? null,
      format: source.format,
      document: formatDocument(source),
    };
    await session.write(
      this.#database
        .insertInto("sources")
        .values({ id: source.id, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
    const owner = { kind: "source", owner_id: source.id } as const;
    await putTags(this.#database, session, owner, source.tags ?? {});
  }

  async remove(session: SqlSession, id: string): Promise<void> {
    await session.write(
      this.#database.deleteFrom("sources").where("id", "=", id).compile(),
    );
    const owner = { kind: "source", owner_id: id } as const;
    await putTags(this.#database, session, owner, {});
  }

  async list(
    session: SqlSession,
    query: SourceQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Source>> {
    const { sortBy = "created", reverseOrder = false } = query;
    const window = toListingWindow(sourceOrders[sortBy], reverseOrder, page);
    const listing = this.#database
      .selectFrom("sources")
      .select("document")
      .where((builder) => builder.and(conditions(builder, query)));
    const rows = await session.read(
      inWindow(listing, orderColumns[sortBy], window).compile(),
    );
    return toPage(rows.map(parseDocument), window);
  }
}

function conditions(
  builder: ExpressionBuilder<Tables, "sources">,
  query: SourceQuery,
): Expression<SqlBool>[] {
  const { label, format, collectedByIds } = query;
  return [
    ...equalities({ label, format }),
    ...tagConditions("source", "sources.id", query),
    ...collectorConditions(builder, collectedByIds),
  ];
}

/** A source is collected as its flows are. */
function collectorConditions(
  builder: ExpressionBuilder<Tables, "sources">,
  ids: readonly string[] | undefined,
): Expression<SqlBool>[] {
  if (ids === undefined) return [];
  const collectors = builder
    .selectFrom("flows as own")
    .innerJoin("flow_members", "flow_members.member_id", "own.id")
    .innerJoin(
      "flows as collector",
      "collector.id",
      "flow_members.collector_id",
    )
    .select("own.id")
    .where("own.source_id", "=", sql.ref<string>("sources.id"));
  return [
    ids.length === 0
      ? builder.not(builder.exists(collectors))
      : builder.exists(collectors.where("collector.source_id", "in", ids)),
  ];
}
