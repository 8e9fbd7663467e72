import type { Stream } from "sluice";
import { z } from "zod";
import type { PageOptions } from "../query/paging.ts";
import { taggedQueryFormat, type TaggedQuery } from "../query/tagged-query.ts";
import { parseDocument } from "../wire/parse-document.ts";
import {
  webhookSchema,
  type Webhook,
  type WebhookPost,
  type WebhookPut,
} from "../wire/webhook.ts";
import {
  requestPage,
  streamPages,
  type CallOptions,
  type ListedPage,
} from "./page.ts";
import type { Call, Transport } from "./transport.ts";

const webhooks = { schema: z.array(webhookSchema), name: "webhooks" };

/** Calls on subscriptions. */
export class WebhookCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Lists subscriptions. */
  list(query: TaggedQuery = {}, options?: CallOptions): Stream<Webhook> {
    return streamPages((page, each) => this.page(query, page, each), options);
  }

  /** Reads one page of the subscriptions. */
  page(
    query: TaggedQuery = {},
    page: PageOptions = {},
    options: CallOptions = {},
  ): Promise<ListedPage<Webhook>> {
    const search = taggedQueryFormat.format(query);
    const call = { path: ["service", "webhooks"], search, ...options };
    return requestPage(this.#transport, call, webhooks, page);
  }

  /** Reads a subscription. */
  get(id: string, options: CallOptions = {}): Promise<Webhook> {
    return this.#request({
      method: "GET",
      path: ["service", "webhooks", id],
      ...options,
    });
  }

  /** Makes a subscription. */
  create(webhook: WebhookPost, options: CallOptions = {}): Promise<Webhook> {
    const path = ["service", "webhooks"];
    return this.#request({ method: "POST", path, json: webhook, ...options });
  }

  /** Changes a subscription. */
  update(webhook: WebhookPut, options: CallOptions = {}): Promise<Webhook> {
    const path = ["service", "webhooks", webhook.id];
    return this.#request({ method: "PUT", path, json: webhook, ...options });
  }

  /** Removes a subscription. */
  async delete(id: string, options: CallOptions = {}): Promise<void> {
    const path = ["service", "webhooks", id];
    await this.#transport.requestNothing({
      method: "DELETE",
      path,
      ...options,
    });
  }

  async #request(call: Call): Promise<Webhook> {
    const { json } = await this.#transport.requestJson(call);
    return parseDocument(webhookSchema, json, "webhook");
  }
}
