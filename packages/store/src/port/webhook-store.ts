import type {
  PageOptions,
  TaggedQuery,
  Webhook,
  WebhookPost,
  WebhookPut,
} from "@sluice/tams";
import type { WebhookOwner } from "./webhook-index.ts";
import type { Page } from "../model/page.ts";

/**
 * The part of a flow store that is about subscriptions to its changes.
 *
 * Source: TAMS 8.2, `/service/webhooks`.
 */
export interface WebhookStore {
  /** Lists subscriptions by URL. */
  list(query?: TaggedQuery, page?: PageOptions): Promise<Page<Webhook>>;
  /**
   * Gives a subscription.
   *
   * @throws {WebhookNotFoundError} If there is none.
   */
  get(id: string): Promise<Webhook>;
  /**
   * Makes a subscription: from now on its subscriber is told of changes, unless its status
   * is `disabled`.
   *
   * @param options `owner`: who makes it; what they may not read, it is not told.
   * @throws {InvalidRequestError} If its URL, or the header of its key, cannot be one.
   */
  create(
    webhook: WebhookPost,
    options?: { readonly owner?: WebhookOwner | undefined },
  ): Promise<Webhook>;
  /**
   * Replaces a subscription; its key stays if none is given. The status `created` starts it
   * anew, with what it has not been told yet.
   *
   * @throws {WebhookNotFoundError} If there is none.
   * @throws {InvalidRequestError} If it cannot be so, or is to be disabled and has failed.
   */
  update(
    webhook: WebhookPut,
    options?: { readonly owner?: WebhookOwner | undefined },
  ): Promise<Webhook>;
  /**
   * Gives a subscription.
   *
   * @throws {WebhookNotFoundError} If there is none.
   */
  delete(id: string): Promise<void>;
}
