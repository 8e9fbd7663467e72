import {
  storageRequestSchema,
  storageSchema,
  type Storage,
} from "@sluice/tams";
import { getParameter, type Exchange } from "../http/exchange.ts";
import { readOptionalDocument } from "../http/read-json.ts";
import { replyJson } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";
import { resolveMediaUrl } from "../media/resolve-urls.ts";

/** `/flows/{flowId}/storage`: places to write. */
export const storageRoutes: readonly Route[] = routeTable([
  {
    method: "POST",
    path: "/flows/{flowId}/storage",
    summary: "Make room for objects",
    body: storageRequestSchema,
    replies: { 201: storageSchema },
    handle: allocate,
  },
]);

async function allocate(exchange: Exchange): Promise<Response> {
  const request = await readOptionalDocument(exchange, storageRequestSchema, {
    name: "storage request",
    absent: {},
  });
  const {
    limit,
    object_ids: objectIds,
    storage_id: storageId,
    content_type: contentType,
    presigned = true,
  } = request;
  const places = await exchange.store.allocateObjects(
    getParameter(exchange, "flowId"),
    {
      ...(limit !== undefined && { limit }),
      ...(objectIds !== undefined && { objectIds }),
      ...(storageId !== undefined && { storageId }),
      ...(contentType !== undefined && { contentType }),
    },
  );
  const storage: Storage = {
    media_objects: places.map((place) => ({
      object_id: place.objectId,
      put_url: {
        url: resolveMediaUrl(
          exchange.mediaUrls.createPutUrl(place, { presigned }),
          exchange.base,
        ),
        "content-type": place.contentType,
      },
      presigned,
    })),
  };
  return replyJson(storage, 201);
}
