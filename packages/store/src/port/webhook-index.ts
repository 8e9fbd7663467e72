import type { PageOptions, TaggedQuery, Webhook } from "@sluice/tams";
import type { Page } from "../model/page.ts";

/** Who made a subscription, so that it is told of nothing else than they may read. */
export interface WebhookOwner {
  /** The text for `created_by`. */
  readonly name: string | undefined;
  /** The groups that they are in. */
  readonly groups: readonly string[];
  /** Whether they may read everything. */
  readonly readsAll: boolean;
}

/** A subscription as the index keeps it. */
export interface WebhookRecord {
  /** Its id: a UUID. */
  readonly id: string;
  /** What is told of it. */
  readonly webhook: Webhook;
  /** The subscriber's key, which is told to nobody but the subscriber. */
  readonly apiKeyValue: string | undefined;
  /** Who made it; nothing, if nobody was asked who they are. */
  readonly owner: WebhookOwner | undefined;
}

/** What one subscriber is to be told. */
export interface EventRecord {
  /** Whose it is: a subscription's id. */
  readonly webhookId: string;
  /** Its place among those of the subscription: higher ones come later. */
  readonly sequence: bigint;
  /** The event as it was, in JSON; without URLs, which are made when it is told. */
  readonly document: string;
  /** The values of `auth_classes` that its flow or source had. */
  readonly authClasses: readonly string[];
}

/**
 * The part of an index that is about subscriptions, and what subscribers are to be told.
 *
 * Events are kept in the transaction of the change that they tell of, and removed when they
 * are told. Everything fails as the methods of `IndexTransaction` do.
 */
export interface WebhookIndex {
  /** Finds a subscription, if there is one with this id. */
  find(id: string): Promise<WebhookRecord | undefined>;
  /** Puts a subscription, in place of the one with its id. */
  put(record: WebhookRecord): Promise<void>;
  /** Removes a subscription, and what it was to be told. */
  remove(id: string): Promise<void>;
  /** Subscriptions by URL, then by id. */
  list(
    query: TaggedQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<WebhookRecord>>;
  /** Those that are told of events (`created` and `started`), by id. */
  listActive(): Promise<readonly WebhookRecord[]>;
  /**
   * Keeps an event behind all that its subscription is yet to be told.
   *
   * @returns How many these are now.
   */
  appendEvent(event: Omit<EventRecord, "sequence">): Promise<number>;
  /** What a subscription is to be told, the earliest first. */
  listEvents(webhookId: string, limit: number): Promise<readonly EventRecord[]>;
  /** Removes an event that has been told. */
  removeEvent(webhookId: string, sequence: bigint): Promise<void>;
}
