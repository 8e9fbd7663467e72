import {
  mediaObjectSchema,
  objectQueryFormat,
  pageOptionsFormat,
} from "@sluice/tams";
import { getParameter, type Exchange } from "../http/exchange.ts";
import { replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";
import { resolveAllUrls } from "../media/resolve-urls.ts";

/** `/objects/{objectId}`. */
export const objectRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/objects/{objectId}",
    summary: "Give an object, and the flows that refer to it",
    query: [
      "verbose_storage",
      "accept_get_urls",
      "accept_storage_ids",
      "presigned",
      "flow_tag.{name}",
      "flow_tag_exists.{name}",
      "storage_backend_tag.{name}",
      "storage_backend_tag_exists.{name}",
      "page",
      "limit",
    ],
    replies: { 200: mediaObjectSchema },
    handle: getObject,
  },
]);

async function getObject(exchange: Exchange): Promise<Response> {
  const { searchParams } = exchange.url;
  const { object, next, limit } = await exchange.store.getObject(
    getParameter(exchange, "objectId"),
    objectQueryFormat.parse(searchParams),
    pageOptionsFormat.parse(searchParams),
  );
  const document = resolveAllUrls(object, exchange.base);
  return replyPage(exchange, document, { next, limit });
}
