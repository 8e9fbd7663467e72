import type { TimeRange } from "@sluice/time";
import type { Stream } from "sluice";
import { z } from "zod";
import { flowQueryFormat, type FlowQuery } from "../query/flow-query.ts";
import type { PageOptions } from "../query/paging.ts";
import {
  deletionRequestSchema,
  type DeletionRequest,
} from "../wire/deletion-request.ts";
import { flowSchema, type Flow, type FlowPut } from "../wire/flow.ts";
import { parseDocument } from "../wire/parse-document.ts";
import type { Tags } from "../wire/tags.ts";
import {
  requestPage,
  streamPages,
  type CallOptions,
  type ListedPage,
} from "./page.ts";
import { PropertyCalls } from "./property-calls.ts";
import type { Transport } from "./transport.ts";

const flows = { schema: z.array(flowSchema), name: "flows" };

/** What of a flow can be changed by itself, beside its tags. */
export type FlowProperty =
  | "label"
  | "description"
  | "flow_collection"
  | "max_bit_rate"
  | "avg_bit_rate"
  | "read_only";

/** Calls on flows. */
export class FlowCalls {
  readonly #transport: Transport;
  readonly #properties: PropertyCalls;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
    this.#properties = new PropertyCalls(transport, "flows");
  }

  /** Lists flows. */
  list(query: FlowQuery = {}, options?: CallOptions): Stream<Flow> {
    return streamPages((page, each) => this.page(query, page, each), options);
  }

  /** Reads one page of the flows. */
  page(
    query: FlowQuery = {},
    page: PageOptions = {},
    options: CallOptions = {},
  ): Promise<ListedPage<Flow>> {
    const call = {
      path: ["flows"],
      search: flowQueryFormat.format(query),
      ...options,
    };
    return requestPage(this.#transport, call, flows, page);
  }

  /**
   * Reads a flow.
   *
   * @param id Its id.
   * @param options `timerange`: whether its extent is told; or that of its segments which
   * overlap a range.
   */
  async get(
    id: string,
    options: CallOptions & { readonly timerange?: TimeRange | true } = {},
  ): Promise<Flow> {
    const { timerange, signal } = options;
    const search = new URLSearchParams();
    if (timerange !== undefined) search.set("include_timerange", "true");
    if (timerange !== undefined && timerange !== true) {
      search.set("timerange", timerange.toString());
    }
    const call = {
      method: "GET",
      path: ["flows", id],
      search,
      signal,
    } as const;
    const { json } = await this.#transport.requestJson(call);
    return parseDocument(flowSchema, json, "flow");
  }

  /**
   * Makes a flow, or changes all of its metadata.
   *
   * @returns The flow, if it was made; nothing, if it was changed.
   */
  async put(
    flow: FlowPut,
    options: CallOptions = {},
  ): Promise<Flow | undefined> {
    const path = ["flows", flow.id];
    const call = { method: "PUT", path, json: flow, ...options } as const;
    const response = await this.#transport.request(call);
    if (response.status === 204) return undefined;
    const json = await this.#transport.readJson(call, response);
    return parseDocument(flowSchema, json, "flow");
  }

  /**
   * Removes a flow.
   *
   * @returns The request by which it is removed, if that takes time.
   */
  async delete(
    id: string,
    options: CallOptions = {},
  ): Promise<DeletionRequest | undefined> {
    const call = { method: "DELETE", path: ["flows", id], ...options } as const;
    const response = await this.#transport.request(call);
    if (response.status === 204) return undefined;
    const json = await this.#transport.readJson(call, response);
    return parseDocument(deletionRequestSchema, json, "deletion request");
  }

  /** Sets a property, or takes it away. */
  setProperty(
    id: string,
    name: FlowProperty,
    value: unknown,
    options?: CallOptions,
  ): Promise<void> {
    return this.#properties.set(id, name, value, options);
  }

  /** Reads all tags. */
  getTags(id: string, options?: CallOptions): Promise<Tags> {
    return this.#properties.getTags(id, options);
  }

  /** Sets a tag, or takes it away. */
  setTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options?: CallOptions,
  ): Promise<void> {
    return this.#properties.setTag(id, name, value, options);
  }
}
