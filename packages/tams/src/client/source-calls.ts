import type { Stream } from "sluice";
import { z } from "zod";
import type { PageOptions } from "../query/paging.ts";
import { sourceQueryFormat, type SourceQuery } from "../query/source-query.ts";
import { parseDocument } from "../wire/parse-document.ts";
import { sourceSchema, type Source } from "../wire/source.ts";
import type { Tags } from "../wire/tags.ts";
import {
  requestPage,
  streamPages,
  type CallOptions,
  type ListedPage,
} from "./page.ts";
import { PropertyCalls } from "./property-calls.ts";
import type { Transport } from "./transport.ts";

const sources = { schema: z.array(sourceSchema), name: "sources" };

/** Calls on sources. */
export class SourceCalls {
  readonly #transport: Transport;
  readonly #properties: PropertyCalls;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
    this.#properties = new PropertyCalls(transport, "sources");
  }

  /** Lists sources. */
  list(query: SourceQuery = {}, options?: CallOptions): Stream<Source> {
    return streamPages((page, each) => this.page(query, page, each), options);
  }

  /** Reads one page of the sources. */
  page(
    query: SourceQuery = {},
    page: PageOptions = {},
    options: CallOptions = {},
  ): Promise<ListedPage<Source>> {
    const call = {
      path: ["sources"],
      search: sourceQueryFormat.format(query),
      ...options,
    };
    return requestPage(this.#transport, call, sources, page);
  }

  /** Reads a source. */
  async get(id: string, options: CallOptions = {}): Promise<Source> {
    const call = { method: "GET", path: ["sources", id], ...options } as const;
    const { json } = await this.#transport.requestJson(call);
    return parseDocument(sourceSchema, json, "source");
  }

  /** Sets a text, or takes it away. */
  setText(
    id: string,
    name: "label" | "description",
    value: string | undefined,
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
