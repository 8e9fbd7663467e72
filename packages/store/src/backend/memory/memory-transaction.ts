import type {
  DeletionRequest,
  Flow,
  FlowQuery,
  PageOptions,
  Profile,
  ProfileQuery,
  Service,
  Source,
  SourceQuery,
  StorageBackend,
} from "@sluice/tams";
import type { Page } from "../../model/page.ts";
import type {
  IndexTransaction,
  ObjectRecord,
  SegmentRecord,
  SegmentWindow,
  Span,
} from "../../port/segment-index.ts";
import {
  backendOrder,
  deletionOrders,
  flowOrders,
  profileOrder,
  sourceOrders,
} from "../listing/listing-order.ts";
import { toListingWindow } from "../listing/page-start.ts";
import { fits } from "./document-match.ts";
import { putFlow, removeFlow } from "./flow-changes.ts";
import { isFlowWanted } from "./flow-match.ts";
import { keep } from "./kept.ts";
import type { MemorySession } from "./memory-session.ts";
import { MemoryWebhooks } from "./memory-webhooks.ts";
import { flowsOfObject, putObject, removeObject } from "./object-changes.ts";
import {
  findExtent,
  insertSegment,
  removeSegments,
} from "./segment-changes.ts";
import { isSourceWanted } from "./source-match.ts";
import { take } from "./take.ts";

type PageWindow = PageOptions & { readonly limit: number };

/** What is done to an index in memory as one. */
export class MemoryTransaction implements IndexTransaction {
  readonly webhooks: MemoryWebhooks;
  readonly #session: MemorySession;

  /** @param session What it sees and changes. */
  constructor(session: MemorySession) {
    this.webhooks = new MemoryWebhooks(session);
    this.#session = session;
  }

  findService(): Promise<Service | undefined> {
    return this.#session.read(({ service }) => service);
  }

  putService(service: Service): Promise<void> {
    return this.#session.write((tables) => {
      tables.service = keep(service);
    });
  }

  listStorageBackends(): Promise<readonly StorageBackend[]> {
    return this.#session.read(({ backends }) => backends.all(backendOrder));
  }

  putStorageBackend(backend: StorageBackend): Promise<void> {
    return this.#session.write(({ backends }) => void backends.put(backend));
  }

  findProfile(id: string): Promise<Profile | undefined> {
    return this.#session.read(({ profiles }) => profiles.find(id));
  }

  putProfile(profile: Profile): Promise<void> {
    return this.#session.write(({ profiles }) => void profiles.put(profile));
  }

  listProfiles(query: ProfileQuery, page: PageWindow): Promise<Page<Profile>> {
    return this.#session.read(({ profiles }) =>
      profiles.list(
        toListingWindow(profileOrder, false, page),
        ({ label, flow_metadata: { format, codec } }) =>
          fits(query.label, label) &&
          fits(query.format, format) &&
          fits(query.codec, codec),
      ),
    );
  }

  findSource(id: string): Promise<Source | undefined> {
    return this.#session.read(({ sources }) => sources.find(id));
  }

  putSource(source: Source): Promise<void> {
    return this.#session.write(({ sources }) => void sources.put(source));
  }

  removeSource(id: string): Promise<void> {
    return this.#session.write(({ sources }) => {
      sources.remove(id);
    });
  }

  listSources(query: SourceQuery, page: PageWindow): Promise<Page<Source>> {
    const { sortBy = "created", reverseOrder = false } = query;
    return this.#session.read((tables) =>
      tables.sources.list(
        toListingWindow(sourceOrders[sortBy], reverseOrder, page),
        (source) => isSourceWanted(tables, query, source),
      ),
    );
  }

  listFlowIdsOfSource(
    sourceId: string,
    limit: number,
  ): Promise<readonly string[]> {
    return this.#session.read(({ flowsOfSources }) =>
      take(flowsOfSources.of(sourceId), limit),
    );
  }

  findFlow(id: string): Promise<Flow | undefined> {
    return this.#session.read(({ flows }) => flows.find(id));
  }

  putFlow(flow: Flow): Promise<void> {
    return this.#session.write((tables) => {
      putFlow(tables, flow);
    });
  }

  removeFlow(id: string): Promise<void> {
    return this.#session.write((tables) => {
      removeFlow(tables, id);
    });
  }

  listFlows(query: FlowQuery, page: PageWindow): Promise<Page<Flow>> {
    const { sortBy = "created", reverseOrder = false } = query;
    return this.#session.read((tables) =>
      tables.flows.list(
        toListingWindow(flowOrders[sortBy], reverseOrder, page),
        (flow) => isFlowWanted(tables, query, flow),
      ),
    );
  }

  listCollectorsOfFlow(flowId: string): Promise<readonly string[]> {
    return this.#session.read(({ collectors }) => [...collectors.of(flowId)]);
  }

  insertSegment(segment: SegmentRecord): Promise<void> {
    return this.#session.write((tables) => {
      insertSegment(tables, segment);
    });
  }

  findOverlap(flowId: string, span: Span): Promise<SegmentRecord | undefined> {
    return this.#session.read(
      ({ segments }) => take(segments.within(flowId, { span }), 1)[0],
    );
  }

  listSegments(
    flowId: string,
    window: SegmentWindow,
  ): Promise<readonly SegmentRecord[]> {
    return this.#session.read(({ segments }) =>
      take(segments.within(flowId, window), window.limit),
    );
  }

  findExtent(flowId: string, within?: Span): Promise<Span | undefined> {
    return this.#session.read((tables) => findExtent(tables, flowId, within));
  }

  removeSegments(
    flowId: string,
    window: {
      readonly span: Span;
      readonly objectId?: string | undefined;
      readonly limit: number;
    },
  ): Promise<readonly SegmentRecord[]> {
    return this.#session.write((tables) =>
      removeSegments(tables, flowId, window),
    );
  }

  findObject(id: string): Promise<ObjectRecord | undefined> {
    return this.#session.read(({ objects }) => objects.find(id));
  }

  putObject(object: ObjectRecord): Promise<void> {
    return this.#session.write((tables) => {
      putObject(tables, object);
    });
  }

  removeObject(id: string): Promise<void> {
    return this.#session.write((tables) => {
      removeObject(tables, id);
    });
  }

  listObjects(window: {
    readonly state: ObjectRecord["state"];
    readonly allocatedBefore?: number;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly ObjectRecord[]> {
    return this.#session.read(({ objects }) =>
      take(objects.list(window), window.limit),
    );
  }

  isReferenced(objectId: string): Promise<boolean> {
    return this.#session.read(
      ({ segments, objects }) =>
        segments.uses.nextFlow(objectId, undefined) !== undefined ||
        objects.isNeeded(objectId),
    );
  }

  listFlowsOfObject(
    objectId: string,
    window: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly string[]> {
    return this.#session.read((tables) =>
      take(flowsOfObject(tables, objectId, window.after), window.limit),
    );
  }

  findDeletionRequest(id: string): Promise<DeletionRequest | undefined> {
    return this.#session.read(({ deletions }) => deletions.find(id));
  }

  putDeletionRequest(request: DeletionRequest): Promise<void> {
    return this.#session.write(({ deletions, openDeletions }) => {
      deletions.put(request);
      if (request.status === "done") openDeletions.remove(request.id);
      else openDeletions.put(request);
    });
  }

  removeDeletionRequest(id: string): Promise<void> {
    return this.#session.write(({ deletions, openDeletions }) => {
      deletions.remove(id);
      openDeletions.remove(id);
    });
  }

  listDeletionRequests(
    query: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    },
    page: PageWindow,
  ): Promise<Page<DeletionRequest>> {
    const { sortBy = "created", reverseOrder = false } = query;
    const order = deletionOrders[sortBy];
    return this.#session.read(({ deletions }) =>
      deletions.list(toListingWindow(order, reverseOrder, page), () => true),
    );
  }

  listOpenDeletionRequests(): Promise<readonly DeletionRequest[]> {
    return this.#session.read(({ openDeletions }) =>
      openDeletions.all(deletionOrders.created).reverse(),
    );
  }
}
