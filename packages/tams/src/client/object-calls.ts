import { objectQueryFormat, type ObjectQuery } from "../query/object-query.ts";
import {
  pageOptionsFormat,
  parsePageHeaders,
  type PageHeaders,
  type PageOptions,
} from "../query/paging.ts";
import { mediaObjectSchema, type MediaObject } from "../wire/media-object.ts";
import type { ObjectInstancePost } from "../wire/object-instance.ts";
import { parseDocument } from "../wire/parse-document.ts";
import type { CallOptions } from "./page.ts";
import type { Transport } from "./transport.ts";

/** An object, with a page of the flows that refer to it. */
export interface MediaObjectPage extends PageHeaders {
  /** The object, with a page of the flows that refer to it. */
  readonly object: MediaObject;
}

/** Calls on objects. */
export class ObjectCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Reads what is known of an object, with a page of the flows that refer to it. */
  async get(
    id: string,
    query: ObjectQuery = {},
    options: PageOptions & CallOptions = {},
  ): Promise<MediaObjectPage> {
    const { signal, ...page } = options;
    const search = objectQueryFormat.format(query);
    for (const [name, value] of pageOptionsFormat.format(page))
      search.set(name, value);
    const call = {
      method: "GET",
      path: ["objects", id],
      search,
      signal,
    } as const;
    const { json, headers } = await this.#transport.requestJson(call);
    const object = parseDocument(mediaObjectSchema, json, "object");
    return { ...parsePageHeaders(headers), object };
  }

  /** Has an object copied to another storage backend, or tells of a copy elsewhere. */
  async addInstance(
    id: string,
    instance: ObjectInstancePost,
    options: CallOptions = {},
  ): Promise<void> {
    const path = ["objects", id, "instances"];
    await this.#transport.requestNothing({
      method: "POST",
      path,
      json: instance,
      ...options,
    });
  }

  /** Removes one of the places of an object. */
  async removeInstance(
    id: string,
    instance: { readonly storageId: string } | { readonly label: string },
    options: CallOptions = {},
  ): Promise<void> {
    const search = new URLSearchParams(
      "label" in instance
        ? { label: instance.label }
        : { storage_id: instance.storageId },
    );
    const path = ["objects", id, "instances"];
    await this.#transport.requestNothing({
      method: "DELETE",
      path,
      search,
      ...options,
    });
  }
}
