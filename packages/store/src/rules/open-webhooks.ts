import type { EventOutbox } from "../port/event-outbox.ts";
import type { WebhookStore } from "../port/webhook-store.ts";
import type { OpenState } from "./open-state.ts";
import { limitPage } from "./page-limit.ts";
import type { StoreParts } from "./store-parts.ts";

/** Gives the subscriptions of a store, while it is open. */
export function openWebhooks(
  { webhooks, setup }: Pick<StoreParts, "webhooks" | "setup">,
  open: OpenState,
): WebhookStore {
  return {
    list: (query = {}, page) =>
      open.run(() => webhooks.list(query, limitPage(page, setup.limits))),
    get: (id) => open.run(() => webhooks.get(id)),
    create: (post, options = {}) =>
      open.run(() => webhooks.create(post, options)),
    update: (put, options = {}) =>
      open.run(() => webhooks.update(put, options)),
    delete: (id) => open.run(() => webhooks.delete(id)),
  };
}

/** Gives what a store has yet to tell, while it is open. */
export function openOutbox(
  { outbox }: Pick<StoreParts, "outbox">,
  open: OpenState,
): EventOutbox {
  return {
    get version() {
      return outbox.version;
    },
    waitForNews: (version, signal) =>
      open.run((both) => outbox.waitForNews(version, both), signal),
    startSubscriptions: () => open.run(() => outbox.startSubscriptions()),
    findStarted: (id) => open.run(() => outbox.findStarted(id)),
    listEvents: (id, limit) => open.run(() => outbox.listEvents(id, limit)),
    acknowledge: (id, sequence) =>
      open.run(() => outbox.acknowledge(id, sequence)),
    fail: (id, error) => open.run(() => outbox.fail(id, error)),
  };
}
