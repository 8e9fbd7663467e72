import { z } from "zod";
import { replyJson } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/`: what there is. */
export const rootRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/",
    summary: "List the paths of the API",
    replies: { 200: z.array(z.string()) },
    handle: () =>
      Promise.resolve(
        replyJson([
          "service",
          "flows",
          "sources",
          "objects",
          "flow-delete-requests",
        ]),
      ),
  },
]);
