import type { PageOptions, TaggedQuery } from "@sluice/tams";
import type { Kysely } from "kysely";
import type { EventRecord, WebhookRecord } from "../../port/webhook-index.ts";
import { webhookOrder } from "../listing/listing-order.ts";
import { toListingWindow, toPage } from "../listing/page-start.ts";
import { formatDocument, parseDocument } from "./json-text.ts";
import { inWindow, tagConditions } from "./listing-query.ts";
import { prepareQuery } from "./prepared-query.ts";
import type { SqlSession } from "./sql-session.ts";
import type { Tables } from "./tables.ts";
import { putTags } from "./tag-queries.ts";
import type { Page } from "../../model/page.ts";

/** What is done with subscriptions, and with what subscribers are to be told. */
export class WebhookQueries {
  readonly #database: Kysely<Tables>;
  readonly #listActive;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
    this.#listActive = prepareQuery<
      { readonly active: number },
      Pick<Tables["webhooks"], "document">
    >((parameter) =>
      database
        .selectFrom("webhooks")
        .select("document")
        .where("is_active", "=", parameter("active"))
        .orderBy("id"),
    );
  }

  async find(
    session: SqlSession,
    id: string,
  ): Promise<WebhookRecord | undefined> {
    const row = await session.find(
      this.#database
        .selectFrom("webhooks")
        .select("document")
        .where("id", "=", id)
        .compile(),
    );
    return row && parseDocument(row);
  }

  async put(session: SqlSession, record: WebhookRecord): Promise<void> {
    const { status, tags = {} } = record.webhook;
    const values = {
      url_key: webhookOrder.keyOf(record),
      is_active: Number(status === "created" || status === "started"),
      document: formatDocument(record),
    };
    await session.write(
      this.#database
        .insertInto("webhooks")
        .values({ id: record.id, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
    const owner = { kind: "webhook", owner_id: record.id } as const;
    await putTags(this.#database, session, owner, tags);
  }

  async remove(session: SqlSession, id: string): Promise<void> {
    await session.write(
      this.#database.deleteFrom("webhooks").where("id", "=", id).compile(),
    );
    await session.write(
      this.#database
        .deleteFrom("events")
        .where("webhook_id", "=", id)
        .compile(),
    );
    const owner = { kind: "webhook", owner_id: id } as const;
    await putTags(this.#database, session, owner, {});
  }

  async list(
    session: SqlSession,
    query: TaggedQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<WebhookRecord>> {
    const { reverseOrder = false } = query;
    const window = toListingWindow(webhookOrder, reverseOrder, page);
    const listing = this.#database
      .selectFrom("webhooks")
      .select("document")
      .where((builder) =>
        builder.and(tagConditions("webhook", "webhooks.id", query)),
      );
    const rows = await session.read(
      inWindow(listing, "url_key", window).compile(),
    );
    return toPage(rows.map(parseDocument), window);
  }

  async listActive(session: SqlSession): Promise<readonly WebhookRecord[]> {
    const rows = await session.read(this.#listActive({ active: 1 }));
    return rows.map(parseDocument);
  }

  async append(
    session: SqlSession,
    { webhookId, document, authClasses }: Omit<EventRecord, "sequence">,
  ): Promise<number> {
    const found = await session.find(
      this.#database
        .selectFrom("events")
        .select(({ fn }) => [
          fn.min<bigint | null>("sequence").as("first"),
          fn.max<bigint | null>("sequence").as("last"),
        ])
        .where("webhook_id", "=", webhookId)
        .compile(),
    );
    const sequence = (found?.last ?? 0n) + 1n;
    await session.write(
      this.#database
        .insertInto("events")
        .values({
          webhook_id: webhookId,
          sequence,
          document,
          auth_classes: formatDocument(authClasses),
        })
        .compile(),
    );
    return Number(sequence - (found?.first ?? sequence)) + 1;
  }

  async listEvents(
    session: SqlSession,
    webhookId: string,
    limit: number,
  ): Promise<readonly EventRecord[]> {
    const rows = await session.read(
      this.#database
        .selectFrom("events")
        .selectAll()
        .where("webhook_id", "=", webhookId)
        .orderBy("sequence")
        .limit(limit)
        .compile(),
    );
    return rows.map((row) => ({
      webhookId: row.webhook_id,
      sequence: row.sequence,
      document: row.document,
      authClasses: parseDocument({ document: row.auth_classes }),
    }));
  }

  async removeEvent(
    session: SqlSession,
    webhookId: string,
    sequence: bigint,
  ): Promise<void> {
    await session.write(
      this.#database
        .deleteFrom("events")
        .where("webhook_id", "=", webhookId)
        .where("sequence", "=", sequence)
        .compile(),
    );
  }
}
