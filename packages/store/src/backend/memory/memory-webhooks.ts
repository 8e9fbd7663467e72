import type { PageOptions, TaggedQuery } from "@sluice/tams";
import type {
  EventRecord,
  WebhookIndex,
  WebhookRecord,
} from "../../port/webhook-index.ts";
import { webhookOrder } from "../listing/listing-order.ts";
import { toListingWindow } from "../listing/page-start.ts";
import { compareText } from "../listing/text-order.ts";
import { fitTags } from "./document-match.ts";
import type { MemorySession } from "./memory-session.ts";
import { take } from "./take.ts";
import type { Page } from "../../model/page.ts";

/** Subscriptions in memory, and what subscribers are to be told. */
export class MemoryWebhooks implements WebhookIndex {
  readonly #session: MemorySession;

  /** @param session What it sees and changes. */
  constructor(session: MemorySession) {
    this.#session = session;
  }

  find(id: string): Promise<WebhookRecord | undefined> {
    return this.#session.read(({ webhooks }) => webhooks.find(id));
  }

  put(record: WebhookRecord): Promise<void> {
    return this.#session.write(({ webhooks }) => void webhooks.put(record));
  }

  remove(id: string): Promise<void> {
    return this.#session.write(({ webhooks, events }) => {
      webhooks.remove(id);
      events.removeAll(id);
    });
  }

  list(
    query: TaggedQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<WebhookRecord>> {
    const { reverseOrder = false } = query;
    return this.#session.read(({ webhooks }) =>
      webhooks.list(
        toListingWindow(webhookOrder, reverseOrder, page),
        ({ webhook }) => fitTags(query, webhook.tags),
      ),
    );
  }

  listActive(): Promise<readonly WebhookRecord[]> {
    return this.#session.read(({ webhooks }) =>
      webhooks
        .all(webhookOrder)
        .filter(({ webhook }) => isActive(webhook))
        .sort((a, b) => compareText(a.id, b.id)),
    );
  }

  appendEvent(event: Omit<EventRecord, "sequence">): Promise<number> {
    return this.#session.write(({ events }) => events.append(event));
  }

  listEvents(
    webhookId: string,
    limit: number,
  ): Promise<readonly EventRecord[]> {
    return this.#session.read(({ events }) =>
      take(events.of(webhookId), limit),
    );
  }

  removeEvent(webhookId: string, sequence: bigint): Promise<void> {
    return this.#session.write(({ events }) => {
      events.remove(webhookId, sequence);
    });
  }
}

function isActive({ status }: WebhookRecord["webhook"]): boolean {
  return status === "created" || status === "started";
}
