import type {
  DeletionRequest,
  DeletionRequestQuery,
  FailedSegment,
  ObjectQuery,
  PageOptions,
  SegmentPost,
  SegmentQuery,
} from "@sluice/tams";
import { stream, type Stream } from "sluice";
import type { Page } from "../../model/page.ts";
import type { Abortable, FlowStore } from "../../port/flow-store.ts";
import type { MediaObjectPage, SegmentPage } from "../../port/listed-page.ts";
import type { AllocatedObject } from "../../port/object-facts.ts";
import type { StoreCapabilities } from "../../port/store-capabilities.ts";
import type { ByteRange } from "../../port/object-bucket.ts";
import { createDeletionFailure } from "./refusals.ts";
import { toPage, type RemoteCalls } from "./remote-calls.ts";
import { RemoteBytes, type RemoteObject } from "./remote-bytes.ts";
import { RemoteCatalogue } from "./remote-catalogue.ts";
import { RemoteRoom, type RoomRequest } from "./remote-room.ts";
import { RemoteSegments, type SegmentsToDelete } from "./remote-segments.ts";

/** A flow store that is a TAMS service: hands each call on to it, while it is open. */
export class RemoteFlowStore extends RemoteCatalogue implements FlowStore {
  readonly capabilities: StoreCapabilities = { atomicSegments: false };
  readonly #segments: RemoteSegments;
  readonly #room: RemoteRoom;
  readonly #bytes: RemoteBytes;

  /**
   * @param calls Calls of the service.
   * @param transfers How many objects are read, and how many written, at the same time.
   * @throws {RangeError} If that is no whole number of 1 or more.
   */
  constructor(calls: RemoteCalls, transfers: number) {
    super(calls);
    this.#segments = new RemoteSegments(calls);
    this.#room = new RemoteRoom(calls, transfers);
    this.#bytes = new RemoteBytes(calls, transfers);
  }

  listSegments(
    flowId: string,
    query: SegmentQuery = {},
    page: PageOptions = {},
  ): Promise<SegmentPage> {
    return this.#segments.list(flowId, query, page);
  }

  addSegments(
    flowId: string,
    segments: readonly SegmentPost[],
  ): Promise<readonly FailedSegment[]> {
    return this.#segments.add(flowId, segments);
  }

  addSegmentsAtomically(
    flowId: string,
    segments: readonly SegmentPost[],
  ): Promise<void> {
    return this.#segments.addAtomically(flowId, segments);
  }

  deleteSegments(
    flowId: string,
    query: SegmentsToDelete = {},
  ): Promise<DeletionRequest | undefined> {
    return this.#segments.delete(flowId, query);
  }

  allocateObjects(
    flowId: string,
    request: RoomRequest = {},
  ): Promise<readonly AllocatedObject[]> {
    return this.#room.allocate(flowId, request);
  }

  renewObjects(): Promise<boolean> {
    // TAMS has no such call.
    return this.calls.open.run(() => false);
  }

  getObject(
    id: string,
    query: ObjectQuery = {},
    page: PageOptions = {},
  ): Promise<MediaObjectPage> {
    return this.calls.run({ kind: "object", id }, async (signal) => {
      const { objects } = this.calls.client;
      const found = await objects.get(id, query, { ...page, signal });
      const { object, next, limit = page.limit } = found;
      const count = object.referenced_by_flows.length;
      return { object, next, limit: limit ?? count };
    });
  }

  addInstance(
    id: string,
    instance:
      | { readonly storageId: string }
      | { readonly url: string; readonly label: string },
  ): Promise<void> {
    const post =
      "url" in instance ? instance : { storage_id: instance.storageId };
    return this.calls.run({ kind: "object", id }, (signal) =>
      this.calls.client.objects.addInstance(id, post, { signal }),
    );
  }

  removeInstance(
    id: string,
    instance: { readonly storageId: string } | { readonly label: string },
  ): Promise<void> {
    return this.calls.run({ kind: "object", id }, (signal) =>
      this.calls.client.objects.removeInstance(id, instance, { signal }),
    );
  }

  listDeletionRequests(
    query: DeletionRequestQuery = {},
    page?: PageOptions,
  ): Promise<Page<DeletionRequest>> {
    const { client, service } = this.calls;
    return this.calls.run(service, async (signal) =>
      toPage(await client.deletionRequests.page(query, page, { signal }), page),
    );
  }

  getDeletionRequest(id: string): Promise<DeletionRequest> {
    return this.calls.run({ kind: "deletion request", id }, (signal) =>
      this.calls.client.deletionRequests.get(id, { signal }),
    );
  }

  waitForDeletion(id: string, options: Abortable = {}): Promise<void> {
    const subject = { kind: "deletion request", id } as const;
    return this.calls.run(
      subject,
      async (signal) => {
        const { deletionRequests } = this.calls.client;
        const request = await deletionRequests.wait(id, { signal });
        if (request.status !== "error") return;
        throw createDeletionFailure(this.calls.service.id, request);
      },
      options.signal,
    );
  }

  writeObject(
    allocated: AllocatedObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options: Abortable = {},
  ): Promise<void> {
    return this.#room.write(allocated, bytes, options.signal);
  }

  readObject(
    object: RemoteObject,
    { signal, ...range }: ByteRange & Abortable = {},
  ): Promise<Uint8Array> {
    return this.#bytes.read(object, range, signal);
  }

  streamObject(
    object: RemoteObject,
    range: ByteRange = {},
  ): Stream<Uint8Array> {
    const bytes = this.#bytes;
    return stream(({ signal }) => bytes.fetch(object, range, signal), {
      signal: this.calls.open.signal,
    });
  }
}
