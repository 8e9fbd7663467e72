import {
  deletionRequestQueryFormat,
  deletionRequestSchema,
  pageOptionsFormat,
  type DeletionRequest,
} from "@sluice/tams";
import { z } from "zod";
import { getParameter, type Exchange } from "../http/exchange.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { describePage, replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/flow-delete-requests`: removals under way. */
export const deletionRequestRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/flow-delete-requests",
    summary: "List deletion requests",
    query: ["sort_by", "reverse_order", "page", "limit"],
    replies: { 200: z.array(deletionRequestSchema) },
    handle: async (exchange) => {
      const { searchParams } = exchange.url;
      const query = deletionRequestQueryFormat.parse(searchParams);
      const page = await exchange.store.listDeletionRequests(
        query,
        pageOptionsFormat.parse(searchParams),
      );
      return replyPage(exchange, page.items, describePage(page, query));
    },
  },
  {
    method: "GET",
    path: "/flow-delete-requests/{requestId}",
    summary: "Give a deletion request",
    replies: { 200: deletionRequestSchema },
    handle: async (exchange) => {
      const id = getParameter(exchange, "requestId");
      return replyJson(await exchange.store.getDeletionRequest(id));
    },
  },
]);

/** Answers that something is gone, or that it will be, and where one can look. */
export function replyDeletion(
  { base }: Pick<Exchange, "base">,
  request: DeletionRequest | undefined,
): Response {
  if (request === undefined) return replyEmpty(204);
  const { href } = new URL(`flow-delete-requests/${request.id}`, base);
  return replyJson(request, 202, { Location: href });
}
