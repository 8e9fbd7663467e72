import {
  isUuid,
  objectInstancePostSchema,
  type ObjectInstancePost,
} from "@sluice/tams";
import { BadRequestError } from "../error/bad-request-error.ts";
import { getParameter } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/objects/{objectId}/instances`. */
export const objectInstanceRoutes: readonly Route[] = routeTable([
  {
    method: "POST",
    path: "/objects/{objectId}/instances",
    summary: "Copy an object to a storage backend, or tell of a copy elsewhere",
    body: objectInstancePostSchema,
    replies: { 201: "It is there" },
    // An object is copied.
    isUntimed: true,
    handle: async (exchange) => {
      const schema = objectInstancePostSchema;
      const post = await readDocument(exchange, schema, "instance");
      await exchange.store.addInstance(
        getParameter(exchange, "objectId"),
        toInstance(post),
      );
      return replyEmpty(201);
    },
  },
  {
    method: "DELETE",
    path: "/objects/{objectId}/instances",
    summary: "Remove a copy of an object",
    query: ["storage_id", "label"],
    replies: { 204: "It is gone" },
    handle: async (exchange) => {
      await exchange.store.removeInstance(
        getParameter(exchange, "objectId"),
        readInstance(exchange.url.searchParams),
      );
      return replyEmpty(204);
    },
  },
]);

function toInstance(
  post: ObjectInstancePost,
):
  | { readonly storageId: string }
  | { readonly url: string; readonly label: string } {
  if ("storage_id" in post) return { storageId: post.storage_id };
  return { url: post.url, label: post.label };
}

function readInstance(
  search: URLSearchParams,
): { readonly storageId: string } | { readonly label: string } {
  const storageId = search.get("storage_id");
  const label = search.get("label");
  if (storageId !== null && label === null) {
    if (isUuid(storageId)) return { storageId };
    throw new BadRequestError(
      `Cannot take '${storageId}' as storage_id: it is no UUID in small letters`,
    );
  }
  if (label !== null && storageId === null) return { label };
  throw new BadRequestError(
    "Cannot choose an instance: give storage_id or label, and not both",
  );
}
