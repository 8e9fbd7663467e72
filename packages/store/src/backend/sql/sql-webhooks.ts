import type { PageOptions, TaggedQuery } from "@sluice/tams";
import type {
  EventRecord,
  WebhookIndex,
  WebhookRecord,
} from "../../port/webhook-index.ts";
import type { SqlSession } from "./sql-session.ts";
import type { WebhookQueries } from "./webhook-queries.ts";
import type { Page } from "../../model/page.ts";

/** Subscriptions in a database, and what subscribers are to be told. */
export class SqlWebhooks implements WebhookIndex {
  readonly #queries: WebhookQueries;
  readonly #session: SqlSession;

  /**
   * @param queries What is done.
   * @param session What runs it.
   */
  constructor(queries: WebhookQueries, session: SqlSession) {
    this.#queries = queries;
    this.#session = session;
  }

  find(id: string): Promise<WebhookRecord | undefined> {
    return this.#queries.find(this.#session, id);
  }

  put(record: WebhookRecord): Promise<void> {
    return this.#queries.put(this.#session, record);
  }

  remove(id: string): Promise<void> {
    return this.#queries.remove(this.#session, id);
  }

  list(
    query: TaggedQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<WebhookRecord>> {
    return this.#queries.list(this.#session, query, page);
  }

  listActive(): Promise<readonly WebhookRecord[]> {
    return this.#queries.listActive(this.#session);
  }

  appendEvent(event: Omit<EventRecord, "sequence">): Promise<number> {
    return this.#queries.append(this.#session, event);
  }

  listEvents(
    webhookId: string,
    limit: number,
  ): Promise<readonly EventRecord[]> {
    return this.#queries.listEvents(this.#session, webhookId, limit);
  }

  removeEvent(webhookId: string, sequence: bigint): Promise<void> {
    return this.#queries.removeEvent(this.#session, webhookId, sequence);
  }
}
