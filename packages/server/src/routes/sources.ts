import {
  pageOptionsFormat,
  sourceQueryFormat,
  sourceSchema,
} from "@sluice/tams";
import { z } from "zod";
import { getParameter } from "../http/exchange.ts";
import { replyJson } from "../http/reply.ts";
import { describePage, replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/sources` and `/sources/{sourceId}`. */
export const sourceRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/sources",
    summary: "List sources",
    query: [
      "label",
      "format",
      "collected_by_ids",
      "tag.{name}",
      "tag_exists.{name}",
      "sort_by",
      "reverse_order",
      "page",
      "limit",
    ],
    replies: { 200: z.array(sourceSchema) },
    handle: async (exchange) => {
      const { searchParams } = exchange.url;
      const query = sourceQueryFormat.parse(searchParams);
      const page = await exchange.store.listSources(
        query,
        pageOptionsFormat.parse(searchParams),
      );
      return replyPage(exchange, page.items, describePage(page, query));
    },
  },
  {
    method: "GET",
    path: "/sources/{sourceId}",
    summary: "Give a source",
    replies: { 200: sourceSchema },
    handle: async (exchange) => {
      const id = getParameter(exchange, "sourceId");
      return replyJson(await exchange.store.getSource(id));
    },
  },
]);
