import {
  deletionRequestSchema,
  pageOptionsFormat,
  segmentFailureSchema,
  segmentPostsSchema,
  segmentQueryFormat,
  segmentSchema,
  type SegmentPost,
} from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import { z } from "zod";
import { getActor, getParameter, type Exchange } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { describePage, replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";
import { resolveAllUrls } from "../media/resolve-urls.ts";
import { replyDeletion } from "./deletion-requests.ts";

/** `/flows/{flowId}/segments`. */
export const segmentRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/flows/{flowId}/segments",
    summary: "List a flow's segments",
    query: [
      "object_id",
      "timerange",
      "reverse_order",
      "verbose_storage",
      "accept_get_urls",
      "accept_storage_ids",
      "presigned",
      "storage_backend_tag.{name}",
      "storage_backend_tag_exists.{name}",
      "include_object_timerange",
      "page",
      "limit",
    ],
    replies: { 200: z.array(segmentSchema) },
    handle: listSegments,
  },
  {
    method: "POST",
    path: "/flows/{flowId}/segments",
    summary: "Register a segment, or several",
    body: segmentPostsSchema,
    replies: { 200: segmentFailureSchema, 201: "All of them are registered" },
    handle: async (exchange) => {
      const id = getParameter(exchange, "flowId");
      const posts = await readDocument(exchange, segmentPostsSchema, "segment");
      return isList(posts)
        ? addSegments(exchange, id, posts)
        : addSegment(exchange, id, posts);
    },
  },
  {
    method: "DELETE",
    path: "/flows/{flowId}/segments",
    summary: "Remove the segments that lie wholly within a range",
    query: ["timerange", "object_id"],
    replies: { 202: deletionRequestSchema, 204: "They are gone" },
    handle: async (exchange) => {
      const { timerange = TimeRange.eternity, objectId } =
        segmentQueryFormat.parse(exchange.url.searchParams);
      const request = await exchange.store.deleteSegments(
        getParameter(exchange, "flowId"),
        { timerange, ...(objectId !== undefined && { objectId }) },
        getActor(exchange),
      );
      return replyDeletion(exchange, request);
    },
  },
]);

async function listSegments(exchange: Exchange): Promise<Response> {
  const { searchParams } = exchange.url;
  const query = segmentQueryFormat.parse(searchParams);
  const page = await exchange.store.listSegments(
    getParameter(exchange, "flowId"),
    query,
    pageOptionsFormat.parse(searchParams),
  );
  const segments = page.items.map((each) =>
    resolveAllUrls(each, exchange.base),
  );
  const { timerange } = page;
  return replyPage(exchange, segments, {
    ...describePage(page, query),
    timerange,
  });
}

function isList(
  posts: SegmentPost | readonly SegmentPost[],
): posts is readonly SegmentPost[] {
  return Array.isArray(posts);
}

async function addSegment(
  exchange: Exchange,
  flowId: string,
  post: SegmentPost,
): Promise<Response> {
  const actor = getActor(exchange);
  await exchange.store.addSegmentsAtomically(flowId, [post], actor);
  return replyEmpty(201);
}

async function addSegments(
  exchange: Exchange,
  flowId: string,
  posts: readonly SegmentPost[],
): Promise<Response> {
  const actor = getActor(exchange);
  const failed = await exchange.store.addSegments(flowId, posts, actor);
  if (failed.length === 0) return replyEmpty(201);
  return replyJson({ failed_segments: failed });
}
