import { sleep, type Stream } from "sluice";
import { z } from "zod";
import {
  deletionRequestQueryFormat,
  type DeletionRequestQuery,
} from "../query/deletion-request-query.ts";
import type { PageOptions } from "../query/paging.ts";
import {
  deletionRequestSchema,
  type DeletionRequest,
} from "../wire/deletion-request.ts";
import { parseDocument } from "../wire/parse-document.ts";
import {
  requestPage,
  streamPages,
  type CallOptions,
  type ListedPage,
} from "./page.ts";
import type { Transport } from "./transport.ts";

const requests = {
  schema: z.array(deletionRequestSchema),
  name: "deletion requests",
};

/** Calls on removals under way. */
export class DeletionRequestCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Lists removals. */
  list(
    query: DeletionRequestQuery = {},
    options?: CallOptions,
  ): Stream<DeletionRequest> {
    return streamPages((page, each) => this.page(query, page, each), options);
  }

  /** Reads one page of the removals. */
  page(
    query: DeletionRequestQuery = {},
    page: PageOptions = {},
    options: CallOptions = {},
  ): Promise<ListedPage<DeletionRequest>> {
    const search = deletionRequestQueryFormat.format(query);
    const call = { path: ["flow-delete-requests"], search, ...options };
    return requestPage(this.#transport, call, requests, page);
  }

  /** Reads how far a removal is. */
  async get(id: string, options: CallOptions = {}): Promise<DeletionRequest> {
    const path = ["flow-delete-requests", id];
    const { json } = await this.#transport.requestJson({
      method: "GET",
      path,
      ...options,
    });
    return parseDocument(deletionRequestSchema, json, "deletion request");
  }

  /**
   * Waits until a removal is done, or has failed.
   *
   * @param id Its id.
   * @param options `intervalMs`: how long to wait between looking at most; 1000 by default.
   * What takes little time is found out soon: the first pauses are shorter.
   * @returns What was found last: `done` or `error`.
   */
  async wait(
    id: string,
    options: CallOptions & { readonly intervalMs?: number } = {},
  ): Promise<DeletionRequest> {
    const { intervalMs = 1000, signal } = options;
    for (let pause = 25; ; pause *= 2) {
      const request = await this.get(id, { signal });
      if (request.status === "done" || request.status === "error")
        return request;
      await sleep(Math.min(pause, intervalMs), signal);
    }
  }
}
