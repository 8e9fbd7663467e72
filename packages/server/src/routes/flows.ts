import {
  deletionRequestSchema,
  flowPutSchema,
  flowQueryFormat,
  flowReadQueryFormat,
  flowSchema,
  pageOptionsFormat,
} from "@sluice/tams";
import { z } from "zod";
import { BadRequestError } from "../error/bad-request-error.ts";
import { getActor, getParameter, type Exchange } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { describePage, replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";
import { replyDeletion } from "./deletion-requests.ts";

/** `/flows` and `/flows/{flowId}`. */
export const flowRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/flows",
    summary: "List flows",
    query: [
      "source_id",
      "timerange",
      "format",
      "codec",
      "profile_id",
      "label",
      "status",
      "tag.{name}",
      "tag_exists.{name}",
      "frame_width",
      "frame_height",
      "init_segments",
      "collected_by_ids",
      "sort_by",
      "reverse_order",
      "page",
      "limit",
    ],
    replies: { 200: z.array(flowSchema) },
    handle: async (exchange) => {
      const { searchParams } = exchange.url;
      const query = flowQueryFormat.parse(searchParams);
      const page = await exchange.store.listFlows(
        query,
        pageOptionsFormat.parse(searchParams),
      );
      return replyPage(exchange, page.items, describePage(page, query));
    },
  },
  {
    method: "GET",
    path: "/flows/{flowId}",
    summary: "Give a flow",
    query: ["include_timerange", "timerange"],
    replies: { 200: flowSchema },
    handle: async (exchange) => {
      const query = flowReadQueryFormat.parse(exchange.url.searchParams);
      const { includeTimerange = false, timerange } = query;
      const id = getParameter(exchange, "flowId");
      const options = includeTimerange
        ? { timerange: timerange ?? (true as const) }
        : {};
      return replyJson(await exchange.store.getFlow(id, options));
    },
  },
  {
    method: "PUT",
    path: "/flows/{flowId}",
    summary: "Make a flow, or replace all of its metadata",
    body: flowPutSchema,
    replies: { 201: flowSchema, 204: "It is replaced" },
    handle: putFlow,
  },
  {
    method: "DELETE",
    path: "/flows/{flowId}",
    summary: "Remove a flow and its segments",
    replies: { 202: deletionRequestSchema, 204: "It is gone" },
    handle: async (exchange) => {
      const id = getParameter(exchange, "flowId");
      const actor = getActor(exchange);
      return replyDeletion(
        exchange,
        await exchange.store.deleteFlow(id, actor),
      );
    },
  },
]);

async function putFlow(exchange: Exchange): Promise<Response> {
  const id = getParameter(exchange, "flowId");
  const document = await readDocument(exchange, flowPutSchema, "flow");
  if (document.id !== id) {
    throw new BadRequestError(
      `Cannot put flow '${id}' by a document whose id is '${document.id}': give them the same`,
    );
  }
  const put = await exchange.store.putFlow(document, getActor(exchange));
  return put.isNew ? replyJson(put.flow, 201) : replyEmpty(204);
}
