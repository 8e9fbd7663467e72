import {
  DeletionRequestNotFoundError,
  ObjectNotFoundError,
  type Abortable,
  type Actor,
  type AllocatedObject,
  type ByteRange,
  type FlowStore,
  type MediaObjectPage,
  type PageOptions,
  type SegmentPage,
  type SegmentQuery,
} from "@sluice/store";
import type {
  DeletionRequest,
  FailedSegment,
  MediaObject,
  SegmentPost,
} from "@sluice/tams";
import { stream, type Stream } from "sluice";
import { ForbiddenError } from "../error/forbidden-error.ts";
import { checkRight, findFlow, getFlowFor } from "./access-check.ts";
import type { CallerRights } from "./caller-rights.ts";
import { ObjectAccess } from "./object-access.ts";
import { RestrictedCatalogue } from "./restricted-catalogue.ts";
import { RestrictedSegments } from "./restricted-segments.ts";
import {
  checkStorage,
  hideStorage,
  hideUrls,
  listHiddenStorage,
} from "./restricted-storage.ts";
import { RestrictedWebhooks } from "./restricted-webhooks.ts";
import { listVisible } from "./visible-page.ts";

type ObjectQuery = NonNullable<Parameters<FlowStore["getObject"]>[1]>;
type Instance = Parameters<FlowStore["addInstance"]>[1];
type Readable = Parameters<FlowStore["readObject"]>[0];

/** A store as one caller may see and change it. */
export class RestrictedFlowStore
  extends RestrictedCatalogue
  implements FlowStore
{
  readonly capabilities: FlowStore["capabilities"];
  readonly webhooks: FlowStore["webhooks"];
  readonly describeObject?: NonNullable<FlowStore["describeObject"]>;
  readonly #objects: ObjectAccess;
  readonly #segments: RestrictedSegments;

  /**
   * @param store All that there is.
   * @param caller What may be done with it.
   */
  constructor(store: FlowStore, caller: CallerRights) {
    super(store, caller);
    this.capabilities = store.capabilities;
    const objects = new ObjectAccess(store, caller);
    this.#objects = objects;
    this.#segments = new RestrictedSegments(store, caller, objects);
    if (store.webhooks !== undefined) {
      this.webhooks = new RestrictedWebhooks(store.webhooks, caller);
    }
    const describe = store.describeObject?.bind(store);
    if (describe !== undefined) {
      this.describeObject = async (objectId) => {
        await this.#checkBytes(objectId);
        return describe(objectId);
      };
    }
  }

  listSegments(
    flowId: string,
    query: SegmentQuery = {},
    page?: PageOptions,
  ): Promise<SegmentPage> {
    return this.#segments.list(flowId, query, page);
  }

  addSegments(
    flowId: string,
    segments: readonly SegmentPost[],
    options?: Actor,
  ): Promise<readonly FailedSegment[]> {
    return this.#segments.add(flowId, segments, options);
  }

  addSegmentsAtomically(
    flowId: string,
    segments: readonly SegmentPost[],
    options?: Actor,
  ): Promise<void> {
    return this.#segments.addAtomically(flowId, segments, options);
  }

  async deleteSegments(
    flowId: string,
    query?: Parameters<FlowStore["deleteSegments"]>[1],
    options?: Actor,
  ): Promise<DeletionRequest | undefined> {
    const right = "delete";
    await getFlowFor(this.store, this.caller, { id: flowId, right });
    return this.store.deleteSegments(flowId, query, options);
  }

  async allocateObjects(
    flowId: string,
    request?: Parameters<FlowStore["allocateObjects"]>[1],
  ): Promise<readonly AllocatedObject[]> {
    const right = "write";
    await getFlowFor(this.store, this.caller, { id: flowId, right });
    await checkStorage(this.store, this.caller, request?.storageId);
    return this.store.allocateObjects(flowId, request);
  }

  renewObjects(objectIds: readonly string[]): Promise<boolean> {
    return this.store.renewObjects(objectIds);
  }

  async getObject(
    id: string,
    asked: ObjectQuery = {},
    page: PageOptions = {},
  ): Promise<MediaObjectPage> {
    await this.#objects.checkReadable(id);
    const hidden = await listHiddenStorage(this.store, this.caller);
    const query = hidden.size > 0 ? { ...asked, verboseStorage: true } : asked;
    let found: MediaObject | undefined;
    const { items, next, limit } = await listVisible(
      {
        list: async (part) => {
          const answer = await this.store.getObject(id, query, part);
          found ??= answer.object;
          const { referenced_by_flows: flows } = answer.object;
          return { ...answer, items: flows };
        },
        isVisible: (flowId) => this.#objects.isFlowReadable(flowId),
      },
      page,
    );
    if (found === undefined) throw new ObjectNotFoundError(id);
    const shown = await this.#hideFirst({
      ...found,
      referenced_by_flows: items,
    });
    const isVerbose = asked.verboseStorage === true;
    const object =
      hidden.size > 0 ? hideStorage(shown, hidden, isVerbose) : shown;
    return { object, next, limit };
  }

  async addInstance(id: string, instance: Instance): Promise<void> {
    await this.#objects.checkWritable(id);
    if ("storageId" in instance) {
      await checkStorage(this.store, this.caller, instance.storageId);
    }
    await this.store.addInstance(id, instance);
  }

  async removeInstance(
    id: string,
    instance: Parameters<FlowStore["removeInstance"]>[1],
  ): Promise<void> {
    await this.#objects.checkWritable(id);
    if ("storageId" in instance) {
      await checkStorage(this.store, this.caller, instance.storageId);
    }
    await this.store.removeInstance(id, instance);
  }

  async listDeletionRequests(
    query?: Parameters<FlowStore["listDeletionRequests"]>[0],
    page?: PageOptions,
  ): ReturnType<FlowStore["listDeletionRequests"]> {
    if (this.caller.isAdmin)
      return this.store.listDeletionRequests(query, page);
    throw new ForbiddenError(
      "You may not list deletion requests: that is for administrators; ask for one by its id",
    );
  }

  async getDeletionRequest(id: string): Promise<DeletionRequest> {
    const request = await this.store.getDeletionRequest(id);
    const { isAdmin, name } = this.caller;
    if (isAdmin) return request;
    if (name !== undefined && request.created_by === name) return request;
    const flow = await findFlow(this.store, request.flow_id);
    checkRight(this.caller, "delete", {
      // A flow that is gone has no classes any more.
      tags: flow?.tags ?? { auth_classes: [] },
      name: `deletion request '${id}'`,
      createNotFound: () => new DeletionRequestNotFoundError(id),
    });
    return request;
  }

  async waitForDeletion(id: string, options?: Abortable): Promise<void> {
    await this.getDeletionRequest(id);
    await this.store.waitForDeletion(id, options);
  }

  async writeObject(
    allocated: AllocatedObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options?: Abortable,
  ): Promise<void> {
    await checkStorage(this.store, this.caller, allocated.storageId);
    await this.store.writeObject(allocated, bytes, options);
  }

  async readObject(
    object: Readable,
    options?: ByteRange & Abortable,
  ): Promise<Uint8Array> {
    await this.#checkBytes(toId(object));
    return this.store.readObject(object, options);
  }

  streamObject(object: Readable, range?: ByteRange): Stream<Uint8Array> {
    const { store } = this;
    const check = (): Promise<void> => this.#checkBytes(toId(object));
    return stream(async function* () {
      await check();
      yield* store.streamObject(object, range);
    });
  }

  /**
   * Checks that an object may be read, and lies somewhere that may be.
   *
   * @throws {ObjectNotFoundError} If it does not.
   */
  async #checkBytes(objectId: string): Promise<void> {
    await this.#objects.checkReadable(objectId);
    const hidden = await listHiddenStorage(this.store, this.caller);
    if (hidden.size === 0) return;
    const { object } = await this.store.getObject(objectId, {
      verboseStorage: true,
    });
    const urls = object.get_urls ?? [];
    if (urls.length === 0 || hideUrls(urls, hidden, true).length > 0) return;
    throw new ObjectNotFoundError(objectId);
  }

  /** The first flow is told only to who may read it. */
  async #hideFirst(object: MediaObject): Promise<MediaObject> {
    const { first_referenced_by_flow: first, ...rest } = object;
    if (first === undefined) return object;
    return (await this.#objects.isFlowReadable(first)) ? object : rest;
  }
}

function toId(object: Readable): string {
  return typeof object === "string" ? object : object.object_id;
}
