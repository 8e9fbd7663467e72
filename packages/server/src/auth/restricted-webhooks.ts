import {
  WebhookNotFoundError,
  type Page,
  type PageOptions,
  type WebhookStore,
} from "@sluice/store";
import type {
  TaggedQuery,
  Webhook,
  WebhookPost,
  WebhookPut,
} from "@sluice/tams";
import type { Right } from "./access-rules.ts";
import { checkRight } from "./access-check.ts";
import { classesTag, readClasses, type CallerRights } from "./caller-rights.ts";
import { checkClassChange, checkNewClasses } from "./class-change.ts";
import { listVisible } from "./visible-page.ts";

/** The subscriptions of a store as one caller may see and change them. */
export class RestrictedWebhooks implements WebhookStore {
  readonly #webhooks: WebhookStore;
  readonly #caller: CallerRights;

  /**
   * @param webhooks All that there are.
   * @param caller What may be done with them.
   */
  constructor(webhooks: WebhookStore, caller: CallerRights) {
    this.#webhooks = webhooks;
    this.#caller = caller;
  }

  list(asked: TaggedQuery = {}, page?: PageOptions): Promise<Page<Webhook>> {
    const { query, isExact } = this.#caller.narrow(asked);
    if (isExact) return this.#webhooks.list(query, page);
    return listVisible(
      {
        list: (part) => this.#webhooks.list(query, part),
        isVisible: (webhook) => this.#caller.has("read", webhook),
      },
      page,
    );
  }

  get(id: string): Promise<Webhook> {
    return this.#getFor(id, "read");
  }

  async create(
    post: WebhookPost,
    options?: Parameters<WebhookStore["create"]>[1],
  ): Promise<Webhook> {
    checkNewClasses(this.#caller, post);
    return this.#webhooks.create(post, options);
  }

  async update(
    put: WebhookPut,
    options?: Parameters<WebhookStore["update"]>[1],
  ): Promise<Webhook> {
    const before = await this.#getFor(put.id, "write");
    const classes = put.tags?.[classesTag] ?? readClasses(before);
    checkClassChange(this.#caller, before, classes);
    const tags =
      [classes].flat().length > 0
        ? { ...put.tags, [classesTag]: classes }
        : put.tags;
    return this.#webhooks.update({ ...put, tags }, options);
  }

  async delete(id: string): Promise<void> {
    await this.#getFor(id, "delete");
    await this.#webhooks.delete(id);
  }

  async #getFor(id: string, right: Right): Promise<Webhook> {
    const webhook = await this.#webhooks.get(id);
    checkRight(this.#caller, right, {
      tags: webhook.tags,
      name: `webhook '${id}'`,
      createNotFound: () => new WebhookNotFoundError(id),
    });
    return webhook;
  }
}
