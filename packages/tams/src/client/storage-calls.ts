import { parseDocument } from "../wire/parse-document.ts";
import {
  storageSchema,
  type Storage,
  type StorageRequest,
} from "../wire/storage-request.ts";
import type { CallOptions } from "./page.ts";
import type { Transport } from "./transport.ts";

/** Room for one object. */
export type StoragePlace = NonNullable<Storage["media_objects"]>[number];

/** Calls for places to write. */
export class StorageCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Has room made for objects of a flow. */
  async allocate(
    flowId: string,
    request: StorageRequest = {},
    options: CallOptions = {},
  ): Promise<readonly StoragePlace[]> {
    const { json } = await this.#transport.requestJson({
      method: "POST",
      path: ["flows", flowId, "storage"],
      json: request,
      ...options,
    });
    return parseDocument(storageSchema, json, "storage").media_objects ?? [];
  }
}
