import {
  ResponseError,
  type HttpRequest,
  type StoragePlace,
  type StorageRequest,
} from "@sluice/tams";
import { Semaphore } from "sluice";
import { InvalidRequestError } from "../../error/invalid-request-error.ts";
import { ObjectNotFoundError } from "../../error/object-not-found-error.ts";
import type { AllocatedObject } from "../../port/object-facts.ts";
import { getOwnType, type Subject } from "./refusals.ts";
import type { RemoteCalls } from "./remote-calls.ts";

/** What room is asked for. */
export interface RoomRequest {
  readonly limit?: number;
  readonly objectIds?: readonly string[];
  readonly storageId?: string;
  readonly contentType?: string;
}

/** Room for objects: where each is to be put is kept for as long as who asked keeps it. */
export class RemoteRoom {
  readonly #calls: RemoteCalls;
  readonly #writing: Semaphore;
  readonly #places = new WeakMap<AllocatedObject, HttpRequest>();
  #defaultStorageId: Promise<string> | undefined;

  /** @throws {RangeError} If `transfers` is no whole number of 1 or more. */
  constructor(calls: RemoteCalls, transfers: number) {
    this.#calls = calls;
    this.#writing = new Semaphore(transfers);
  }

  /** Has room made for objects. */
  allocate(
    flowId: string,
    request: RoomRequest,
  ): Promise<readonly AllocatedObject[]> {
    return this.#calls.change(flowId, async (signal) => {
      const { client } = this.#calls;
      // First, so that no room is made in vain where it cannot be found out.
      const storageId =
        request.storageId ?? (await this.#findDefaultStorage(signal));
      const places = await client.storage.allocate(
        flowId,
        toStorageRequest(request),
        { signal },
      );
      const contentType = await this.#findContentType(
        flowId,
        { places, request },
        signal,
      );
      return places.map(({ object_id: objectId, put_url: place }) => {
        const type = place["content-type"] ?? contentType;
        const allocated = { objectId, storageId, contentType: type };
        this.#places.set(allocated, { ...place, "content-type": type });
        return allocated;
      });
    });
  }

  /** Writes an object to where its room is. */
  write(
    allocated: AllocatedObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<void> {
    const { objectId: id } = allocated;
    const subject: Subject = { kind: "object", id };
    return this.#calls.run(
      subject,
      async (either) => {
        const place = this.#places.get(allocated);
        if (place === undefined) throw new ObjectNotFoundError(id);
        using _permit = await this.#writing.acquire(either);
        try {
          const { media } = this.#calls.client;
          await media.put(place, bytes, { signal: either });
        } catch (error) {
          if (!isWrittenBefore(error)) throw error;
        }
      },
      signal,
    );
  }

  /** TAMS does not tell where it makes room: there, if nothing else was asked for. */
  #findDefaultStorage(signal: AbortSignal): Promise<string> {
    const finding = (this.#defaultStorageId ??= this.#calls.client.service
      .listStorageBackends({}, { signal })
      .toArray()
      .then(
        (backends) =>
          (backends.find((one) => one.default_storage) ?? backends[0])?.id ??
          "",
        (error: unknown) => {
          // Who may write need not be let to know where to.
          if (error instanceof ResponseError && error.status < 500) return "";
          throw error;
        },
      ));
    finding.catch(() => {
      this.#defaultStorageId = undefined;
    });
    return finding;
  }

  /** What objects are whose places do not say so: what their flow is. */
  async #findContentType(
    flowId: string,
    {
      places,
      request,
    }: {
      readonly places: readonly StoragePlace[];
      readonly request: RoomRequest;
    },
    signal: AbortSignal,
  ): Promise<string> {
    if (request.contentType !== undefined) return request.contentType;
    if (places.every(({ put_url: place }) => "content-type" in place))
      return "";
    const flow = await this.#calls.client.flows.get(flowId, { signal });
    return flow.container ?? "application/octet-stream";
  }
}

function toStorageRequest(request: RoomRequest): StorageRequest {
  const { limit, objectIds, storageId, contentType } = request;
  if (limit !== undefined && objectIds !== undefined) {
    throw new InvalidRequestError(
      "Cannot make room for a number of objects and for some by id at once: give limit, or object_ids",
    );
  }
  return {
    ...(limit !== undefined && { limit }),
    ...(objectIds !== undefined && { object_ids: objectIds }),
    ...(storageId !== undefined && { storage_id: storageId }),
    ...(contentType !== undefined && { content_type: contentType }),
  };
}

/** Whether only the answer of an attempt before was lost: nobody else may write there. */
function isWrittenBefore(error: unknown): boolean {
  return (
    error instanceof ResponseError &&
    error.attempts > 1 &&
    getOwnType(error) === "STORE_OBJECT_EXISTS"
  );
}
