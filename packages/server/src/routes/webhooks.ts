import type { WebhookOwner, WebhookStore } from "@sluice/store";
import {
  pageOptionsFormat,
  taggedQueryFormat,
  webhookPostSchema,
  webhookPutSchema,
  webhookSchema,
} from "@sluice/tams";
import { z } from "zod";
import { BadRequestError } from "../error/bad-request-error.ts";
import { NotFoundError } from "../error/not-found-error.ts";
import { getParameter, type Exchange } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { describePage, replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/service/webhooks`: who is told of changes. */
export const webhookRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/service/webhooks",
    summary: "List webhooks",
    query: [
      "tag.{name}",
      "tag_exists.{name}",
      "reverse_order",
      "page",
      "limit",
    ],
    replies: { 200: z.array(webhookSchema) },
    handle: async (exchange) => {
      const { searchParams } = exchange.url;
      const query = taggedQueryFormat.parse(searchParams);
      const page = await getWebhooks(exchange).list(
        query,
        pageOptionsFormat.parse(searchParams),
      );
      return replyPage(exchange, page.items, describePage(page, query));
    },
  },
  {
    method: "POST",
    path: "/service/webhooks",
    summary: "Make a webhook",
    body: webhookPostSchema,
    replies: { 201: webhookSchema },
    handle: async (exchange) => {
      const webhooks = getWebhooks(exchange);
      const post = await readDocument(exchange, webhookPostSchema, "webhook");
      const owner = toOwner(exchange);
      return replyJson(await webhooks.create(post, { owner }), 201);
    },
  },
  {
    method: "GET",
    path: "/service/webhooks/{webhookId}",
    summary: "Give a webhook",
    replies: { 200: webhookSchema },
    handle: async (exchange) => {
      const id = getParameter(exchange, "webhookId");
      return replyJson(await getWebhooks(exchange).get(id));
    },
  },
  {
    method: "PUT",
    path: "/service/webhooks/{webhookId}",
    summary: "Replace a webhook, or start it again",
    body: webhookPutSchema,
    replies: { 201: webhookSchema },
    handle: updateWebhook,
  },
  {
    method: "DELETE",
    path: "/service/webhooks/{webhookId}",
    summary: "Remove a webhook",
    replies: { 204: "It is gone" },
    handle: async (exchange) => {
      const id = getParameter(exchange, "webhookId");
      await getWebhooks(exchange).delete(id);
      return replyEmpty(204);
    },
  },
]);

async function updateWebhook(exchange: Exchange): Promise<Response> {
  const id = getParameter(exchange, "webhookId");
  const webhooks = getWebhooks(exchange);
  const put = await readDocument(exchange, webhookPutSchema, "webhook");
  if (put.id !== id) {
    throw new BadRequestError(
      `Cannot change webhook '${id}' by a document whose id is '${put.id}': give them the same`,
    );
  }
  const owner = toOwner(exchange);
  return replyJson(await webhooks.update(put, { owner }), 201);
}

/** @throws {NotFoundError} If the store takes none. */
function getWebhooks({ store }: Exchange): WebhookStore {
  if (store.webhooks !== undefined) return store.webhooks;
  throw new NotFoundError(
    "There are no webhooks here: this service tells nobody of changes",
  );
}

function toOwner({ identity }: Exchange): WebhookOwner | undefined {
  if (identity === undefined) return undefined;
  const { name, groups = [], scopes = [] } = identity;
  return { name, groups, readsAll: scopes.includes("admin") };
}
