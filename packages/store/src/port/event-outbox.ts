import type { ErrorBody } from "@sluice/tams";
import type { WebhookRecord } from "./webhook-index.ts";

/** What one subscriber is to be told. */
export interface DueEvent {
  /** Its place among those of its subscription. */
  readonly sequence: bigint;
  /** When it was, in RFC 3339. */
  readonly event_timestamp: string;
  /** What it is: one of TAMS's. */
  readonly event_type: string;
  /** What there is to tell, as TAMS has it, with the URLs that the subscription asks for. */
  readonly event: Readonly<Record<string, unknown>>;
  /** The values of `auth_classes` that its flow or source had. */
  readonly authClasses: readonly string[];
}

/**
 * What a store has yet to tell its subscribers, for who delivers it.
 *
 * An event is there from the change that it tells of, in the same transaction, until it is
 * acknowledged: whoever delivers them in order, and acknowledges each that was taken, tells
 * every subscriber all of it at least once, whatever crashes.
 */
export interface EventOutbox {
  /** Grows with everything that there is to do. */
  readonly version: number;
  /** Resolves once `version` is higher than this. @throws The signal's reason. */
  waitForNews(version: number, signal: AbortSignal): Promise<void>;
  /** Marks all subscriptions that are `created` as `started`; lists all that are. */
  startSubscriptions(): Promise<readonly WebhookRecord[]>;
  /** A subscription that is `started`. */
  findStarted(webhookId: string): Promise<WebhookRecord | undefined>;
  /** The earliest that a subscriber has yet to be told. */
  listEvents(webhookId: string, limit: number): Promise<readonly DueEvent[]>;
  /** Notes that a subscriber was told. */
  acknowledge(webhookId: string, sequence: bigint): Promise<void>;
  /** Stops a subscription; what it has not been told is kept for when it is started again. */
  fail(
    webhookId: string,
    error: Pick<ErrorBody, "type" | "summary">,
  ): Promise<void>;
}
