import {
  pageOptionsFormat,
  storageBackendSchema,
  taggedQueryFormat,
} from "@sluice/tams";
import { z } from "zod";
import { describePage, replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/service/storage-backends`: where objects can be put. */
export const storageBackendRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/service/storage-backends",
    summary: "List the storage backends",
    query: [
      "tag.{name}",
      "tag_exists.{name}",
      "reverse_order",
      "page",
      "limit",
    ],
    replies: { 200: z.array(storageBackendSchema) },
    handle: async (exchange) => {
      const { searchParams } = exchange.url;
      const query = taggedQueryFormat.parse(searchParams);
      const page = await exchange.store.listStorageBackends(
        query,
        pageOptionsFormat.parse(searchParams),
      );
      return replyPage(exchange, page.items, describePage(page, query));
    },
  },
]);
