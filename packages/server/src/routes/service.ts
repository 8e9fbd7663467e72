import { servicePostSchema, serviceSchema, type Service } from "@sluice/tams";
import type { Exchange } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/service`: what the service says of itself. */
export const serviceRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/service",
    summary: "Tell of the service",
    replies: { 200: serviceSchema },
    handle: async (exchange) => replyJson(await describeService(exchange)),
  },
  {
    method: "POST",
    path: "/service",
    summary: "Change what the service says of itself",
    body: servicePostSchema,
    replies: { 200: "It is changed" },
    handle: async (exchange) => {
      const post = await readDocument(exchange, servicePostSchema, "service");
      const { name, description } = post;
      await exchange.store.updateService({
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
      });
      return replyEmpty(200);
    },
  },
]);

async function describeService({
  store,
  mediaUrls,
}: Exchange): Promise<Service> {
  const seconds = Math.floor(mediaUrls.validityMs / 1000);
  return {
    min_presigned_url_timeout: `${seconds}:0`,
    ...(await store.getService()),
  };
}
