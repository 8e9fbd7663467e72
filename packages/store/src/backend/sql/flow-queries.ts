import type { Flow, FlowOrder, FlowQuery, PageOptions } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import {
  sql,
  type Expression,
  type ExpressionBuilder,
  type Insertable,
  type Kysely,
  type SqlBool,
} from "kysely";
import type { Page } from "../../model/page.ts";
import { toSpan } from "../../port/instant-bounds.ts";
import { flowFacts } from "../listing/flow-facts.ts";
import { flowOrders } from "../listing/listing-order.ts";
import { toListingWindow, toPage } from "../listing/page-start.ts";
import { equalities, inWindow, tagConditions } from "./listing-query.ts";
import { prepareQuery } from "./prepared-query.ts";
import { formatDocument, parseDocument } from "./json-text.ts";
import type { SqlSession } from "./sql-session.ts";
import type { FlowTable, Tables } from "./tables.ts";
import { putTags } from "./tag-queries.ts";

const orderColumns: Readonly<Record<FlowOrder, string>> = {
  created: "created_key",
  metadata_updated: "updated_key",
  label: "label_key",
};

/** What is done with flows. */
export class FlowQueries {
  readonly #database: Kysely<Tables>;
  readonly #find;
  readonly #listCollectors;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
    this.#find = prepareFind(database);
    this.#listCollectors = prepareListCollectors(database);
  }

  async find(session: SqlSession, id: string): Promise<Flow | undefined> {
    const row = await session.find(this.#find({ id }));
    return row && parseDocument(row);
  }

  async put(session: SqlSession, flow: Flow): Promise<void> {
    const { id, ...values } = toFlowRow(flow);
    await session.write(
      this.#database
        .insertInto("flows")
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
    const owner = { kind: "flow", owner_id: id } as const;
    await putTags(this.#database, session, owner, flow.tags ?? {});
    const members = flow.flow_collection?.map((member) => member.id) ?? [];
    await this.#putMembers(session, id, members);
  }

  async remove(session: SqlSession, id: string): Promise<void> {
    await session.write(
      this.#database.deleteFrom("flows").where("id", "=", id).compile(),
    );
    const owner = { kind: "flow", owner_id: id } as const;
    await putTags(this.#database, session, owner, {});
    await this.#putMembers(session, id, []);
  }

  async list(
    session: SqlSession,
    query: FlowQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Flow>> {
    const { sortBy = "created", reverseOrder = false } = query;
    const window = toListingWindow(flowOrders[sortBy], reverseOrder, page);
    const listing = this.#database
      .selectFrom("flows")
      .select("document")
      .where((builder) => builder.and(conditions(builder, query)));
    const rows = await session.read(
      inWindow(listing, orderColumns[sortBy], window).compile(),
    );
    return toPage(rows.map(parseDocument), window);
  }

  async listIdsOfSource(
    session: SqlSession,
    sourceId: string,
    limit: number,
  ): Promise<readonly string[]> {
    const rows = await session.read(
      this.#database
        .selectFrom("flows")
        .select("id")
        .where("source_id", "=", sourceId)
        .orderBy("id")
        .limit(limit)
        .compile(),
    );
    return rows.map(({ id }) => id);
  }

  async listCollectors(
    session: SqlSession,
    flowId: string,
  ): Promise<readonly string[]> {
    const rows = await session.read(this.#listCollectors({ flowId }));
    return rows.map(({ collector_id }) => collector_id);
  }

  async #putMembers(
    session: SqlSession,
    collectorId: string,
    memberIds: readonly string[],
  ): Promise<void> {
    await session.write(
      this.#database
        .deleteFrom("flow_members")
        .where("collector_id", "=", collectorId)
        .compile(),
    );
    for (const memberId of new Set(memberIds)) {
      await session.write(
        this.#database
          .insertInto("flow_members")
          .values({ member_id: memberId, collector_id: collectorId })
          .compile(),
      );
    }
  }
}

function prepareFind(database: Kysely<Tables>) {
  return prepareQuery<{ readonly id: string }, Pick<FlowTable, "document">>(
    (parameter) =>
      database
        .selectFrom("flows")
        .select("document")
        .where("id", "=", parameter("id")),
  );
}

function prepareListCollectors(database: Kysely<Tables>) {
  return prepareQuery<
    { readonly flowId: string },
    { readonly collector_id: string }
  >((parameter) =>
    database
      .selectFrom("flow_members")
      .select("collector_id")
      .where("member_id", "=", parameter("flowId"))
      .orderBy("collector_id"),
  );
}

function toFlowRow(flow: Flow): Insertable<FlowTable> {
  const facts = flowFacts(flow);
  return {
    id: flow.id,
    source_id: facts.sourceId,
    created_key: flowOrders.created.keyOf(flow),
    updated_key: flowOrders.metadata_updated.keyOf(flow),
    label_key: flowOrders.label.keyOf(flow),
    label: facts.label ?? null,
    format: facts.format,
    codec: facts.codec ?? null,
    profile_id: facts.profileId ?? null,
    status: facts.status ?? null,
    frame_width: facts.frameWidth ?? null,
    frame_height: facts.frameHeight ?? null,
    init_segments: Number(facts.initSegments),
    document: formatDocument(flow),
  };
}

function conditions(
  builder: ExpressionBuilder<Tables, "flows">,
  query: FlowQuery,
): Expression<SqlBool>[] {
  const { initSegments } = query;
  return [
    ...equalities({
      source_id: query.sourceId,
      format: query.format,
      codec: query.codec,
      profile_id: query.profileId,
      label: query.label,
      status: query.status,
      frame_width: query.frameWidth,
      frame_height: query.frameHeight,
      init_segments: initSegments === undefined ? undefined : +initSegments,
    }),
    ...tagConditions("flow", "flows.id", query),
    ...collectorConditions(builder, query.collectedByIds),
    ...timerangeConditions(builder, query.timerange),
  ];
}

function collectorConditions(
  builder: ExpressionBuilder<Tables, "flows">,
  ids: readonly string[] | undefined,
): Expression<SqlBool>[] {
  if (ids === undefined) return [];
  const collectors = builder
    .selectFrom("flow_members")
    .select("flow_members.collector_id")
    .where("flow_members.member_id", "=", sql.ref<string>("flows.id"));
  return [
    ids.length === 0
      ? builder.not(builder.exists(collectors))
      : builder.exists(
          collectors.where("flow_members.collector_id", "in", ids),
        ),
  ];
}

/** The last segment that starts before the end of a range is within it, or none is. */
function timerangeConditions(
  builder: ExpressionBuilder<Tables, "flows">,
  timerange: TimeRange | undefined,
): Expression<SqlBool>[] {
  if (timerange === undefined) return [];
  const segments = builder
    .selectFrom("segments")
    .where("segments.flow_id", "=", sql.ref<string>("flows.id"));
  if (timerange.isEmpty) {
    return [builder.not(builder.exists(segments.select("segments.flow_id")))];
  }
  const { start, end } = toSpan(timerange);
  const lastEnd = segments
    .where("segments.start_ns", "<", end)
    .orderBy("segments.start_ns", "desc")
    .limit(1)
    .select("segments.end_ns");
  return [builder(lastEnd, ">", start)];
}
