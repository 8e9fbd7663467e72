import type { TimeRange } from "@sluice/time";
import type { Stream } from "sluice";
import { z } from "zod";
import type { PageOptions } from "../query/paging.ts";
import {
  segmentQueryFormat,
  type SegmentQuery,
} from "../query/segment-query.ts";
import {
  deletionRequestSchema,
  type DeletionRequest,
} from "../wire/deletion-request.ts";
import { parseDocument } from "../wire/parse-document.ts";
import {
  segmentFailureSchema,
  segmentSchema,
  type FailedSegment,
  type Segment,
  type SegmentPost,
} from "../wire/segment.ts";
import {
  requestPage,
  streamPages,
  type CallOptions,
  type ListedPage,
} from "./page.ts";
import { discard, type Transport } from "./transport.ts";

const segments = { schema: z.array(segmentSchema), name: "segments" };

/** Calls on the segments of flows. */
export class SegmentCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Lists the segments of a flow. */
  list(
    flowId: string,
    query: SegmentQuery = {},
    options?: CallOptions,
  ): Stream<Segment> {
    return streamPages(
      (page, each) => this.page(flowId, query, { ...page, ...each }),
      options,
    );
  }

  /** Reads one page of the segments of a flow. */
  page(
    flowId: string,
    query: SegmentQuery = {},
    options: PageOptions & CallOptions = {},
  ): Promise<ListedPage<Segment>> {
    const { signal, ...page } = options;
    const path = ["flows", flowId, "segments"];
    const call = { path, search: segmentQueryFormat.format(query), signal };
    return requestPage(this.#transport, call, segments, page);
  }

  /**
   * Registers segments, each by itself.
   *
   * @returns Those that were not registered; among several also if none was. One that is
   * alone, and is no list, is refused by a `ResponseError`.
   */
  async add(
    flowId: string,
    posts: SegmentPost | readonly SegmentPost[],
    options: CallOptions = {},
  ): Promise<readonly FailedSegment[]> {
    const path = ["flows", flowId, "segments"];
    const call = { method: "POST", path, json: posts, ...options } as const;
    const response = await this.#transport.request(call);
    if (response.status !== 200) {
      await discard(response);
      return [];
    }
    const json = await this.#transport.readJson(call, response);
    // Some services answer with the list alone.
    const failure = Array.isArray(json) ? { failed_segments: json } : json;
    return parseDocument(segmentFailureSchema, failure, "failed segments")
      .failed_segments;
  }

  /**
   * Removes the segments that lie wholly within a range, or all.
   *
   * @returns The request by which they are removed, if that takes time.
   */
  async delete(
    flowId: string,
    query: { readonly timerange?: TimeRange; readonly objectId?: string } = {},
    options: CallOptions = {},
  ): Promise<DeletionRequest | undefined> {
    const path = ["flows", flowId, "segments"];
    const search = segmentQueryFormat.format(query);
    const call = { method: "DELETE", path, search, ...options } as const;
    const response = await this.#transport.request(call);
    if (response.status === 204) return undefined;
    const json = await this.#transport.readJson(call, response);
    return parseDocument(deletionRequestSchema, json, "deletion request");
  }
}
