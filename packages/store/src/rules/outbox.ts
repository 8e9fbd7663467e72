import type { ErrorBody, UrlQuery, Webhook } from "@sluice/tams";
import { guard } from "sluice";
import type { DueEvent, EventOutbox } from "../port/event-outbox.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import type { EventRecord, WebhookRecord } from "../port/webhook-index.ts";
import { createGetUrls } from "./get-urls.ts";
import type { StoreSetup } from "./store-setup.ts";
import type { Transactions } from "./transactions.ts";

/** An event as it is kept. */
type KeptEvent = Pick<DueEvent, "event_timestamp" | "event_type" | "event">;

/** A segment of an event, as it is kept. */
interface KeptSegment {
  readonly object_id: string;
  readonly object_timerange?: string;
  readonly init_object?: { readonly object_id: string };
}

/** What a store has yet to tell its subscribers. */
export class Outbox implements EventOutbox {
  readonly #transactions: Transactions;
  readonly #setup: StoreSetup;
  #version = 0;
  #news = createNews();

  /**
   * @param transactions The door to the index.
   * @param setup The store's.
   */
  constructor(transactions: Transactions, setup: StoreSetup) {
    this.#transactions = transactions;
    this.#setup = setup;
  }

  get version(): number {
    return this.#version;
  }

  /** Tells that there is something to do. */
  announce(): void {
    this.#version++;
    this.#news.resolve();
    this.#news = createNews();
  }

  async waitForNews(version: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.#version <= version) await guard(this.#news.promise, signal);
  }

  async startSubscriptions(): Promise<readonly WebhookRecord[]> {
    const isStarted = ({ webhook }: WebhookRecord) =>
      webhook.status === "started";
    const found = await this.#transactions.read((index) =>
      index.webhooks.listActive(),
    );
    if (found.every(isStarted)) return found;
    return this.#transactions.write(undefined, async ({ index }) => {
      for (const record of await index.webhooks.listActive()) {
        if (isStarted(record)) continue;
        const webhook = { ...record.webhook, status: "started" as const };
        await index.webhooks.put({ ...record, webhook });
      }
      return index.webhooks.listActive();
    });
  }

  async findStarted(webhookId: string): Promise<WebhookRecord | undefined> {
    const record = await this.#transactions.read((index) =>
      index.webhooks.find(webhookId),
    );
    return record?.webhook.status === "started" ? record : undefined;
  }

  listEvents(webhookId: string, limit: number): Promise<readonly DueEvent[]> {
    return this.#transactions.read(async (index) => {
      const record = await index.webhooks.find(webhookId);
      if (record === undefined) return [];
      const events: DueEvent[] = [];
      for (const event of await index.webhooks.listEvents(webhookId, limit)) {
        events.push(await this.#write(index, record, event));
      }
      return events;
    });
  }

  acknowledge(webhookId: string, sequence: bigint): Promise<void> {
    return this.#transactions.write(undefined, ({ index }) =>
      index.webhooks.removeEvent(webhookId, sequence),
    );
  }

  fail(
    webhookId: string,
    error: Pick<ErrorBody, "type" | "summary">,
  ): Promise<void> {
    return this.#transactions.write(undefined, async ({ index, now }) => {
      const record = await index.webhooks.find(webhookId);
      // Whoever has changed it meanwhile decides.
      if (record?.webhook.status !== "started") return;
      await index.webhooks.put({
        ...record,
        webhook: {
          ...record.webhook,
          status: "error",
          error: { ...error, time: now },
        },
      });
    });
  }

  async #write(
    index: IndexTransaction,
    record: WebhookRecord,
    { sequence, document, authClasses }: EventRecord,
  ): Promise<DueEvent> {
    // Only the recorder makes such texts.
    const kept = JSON.parse(document) as KeptEvent;
    const { segments } = kept.event;
    if (!Array.isArray(segments)) return { ...kept, sequence, authClasses };
    const shown = [];
    for (const segment of segments as readonly KeptSegment[]) {
      shown.push(await this.#writeSegment(index, record, segment));
    }
    const event = { ...kept.event, segments: shown };
    return { ...kept, event, sequence, authClasses };
  }

  async #writeSegment(
    index: IndexTransaction,
    { webhook }: WebhookRecord,
    { object_timerange: objectTimerange, init_object, ...rest }: KeptSegment,
  ): Promise<object> {
    const query = toUrlQuery(webhook);
    const createUrls = async (id: string) => {
      const object = await index.findObject(id);
      // What was removed meanwhile can no longer be read.
      if (object?.state !== "registered") return [];
      return createGetUrls(object, query, this.#setup);
    };
    return {
      ...rest,
      ...(webhook.include_object_timerange === true && {
        object_timerange: objectTimerange,
      }),
      get_urls: await createUrls(rest.object_id),
      ...(init_object !== undefined && {
        init_object: {
          ...init_object,
          get_urls: await createUrls(init_object.object_id),
        },
      }),
    };
  }
}

/** Which URLs a subscriber is told. Source: TAMS 8.2, `webhook.json`. */
function toUrlQuery(webhook: Webhook): UrlQuery {
  const {
    accept_get_urls: acceptGetUrls,
    accept_storage_ids: acceptStorageIds,
    presigned,
    verbose_storage: verboseStorage,
  } = webhook;
  return {
    ...(acceptGetUrls !== undefined && { acceptGetUrls }),
    ...(acceptStorageIds !== undefined && { acceptStorageIds }),
    ...(presigned !== undefined && { presigned }),
    ...(verboseStorage !== undefined && { verboseStorage }),
  };
}

/** Something that is waited for. */
function createNews(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
} {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
