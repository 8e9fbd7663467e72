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
import type { CatalogueQueries } from "./catalogue-queries.ts";
import type { DeletionQueries } from "./deletion-queries.ts";
import type { FlowQueries } from "./flow-queries.ts";
import type { ObjectQueries } from "./object-queries.ts";
import type { SegmentQueries } from "./segment-queries.ts";
import type { SourceQueries } from "./source-queries.ts";
import type { SqlSession } from "./sql-session.ts";
import { SqlWebhooks } from "./sql-webhooks.ts";
import type { WebhookQueries } from "./webhook-queries.ts";

type PageWindow = PageOptions & { readonly limit: number };

/** All that is done, by what it is done with. */
export interface Queries {
  readonly catalogue: CatalogueQueries;
  readonly sources: SourceQueries;
  readonly flows: FlowQueries;
  readonly segments: SegmentQueries;
  readonly objects: ObjectQueries;
  readonly deletions: DeletionQueries;
  readonly webhooks: WebhookQueries;
}

/** What is done to an index in a database as one. */
export class SqlTransaction implements IndexTransaction {
  readonly webhooks: SqlWebhooks;
  readonly #queries: Queries;
  readonly #session: SqlSession;

  /**
   * @param queries What is done.
   * @param session What runs it.
   */
  constructor(queries: Queries, session: SqlSession) {
    this.webhooks = new SqlWebhooks(queries.webhooks, session);
    this.#queries = queries;
    this.#session = session;
  }

  findService(): Promise<Service | undefined> {
    return this.#queries.catalogue.findService(this.#session);
  }

  putService(service: Service): Promise<void> {
    return this.#queries.catalogue.putService(this.#session, service);
  }

  listStorageBackends(): Promise<readonly StorageBackend[]> {
    return this.#queries.catalogue.listBackends(this.#session);
  }

  putStorageBackend(backend: StorageBackend): Promise<void> {
    return this.#queries.catalogue.putBackend(this.#session, backend);
  }

  findProfile(id: string): Promise<Profile | undefined> {
    return this.#queries.catalogue.findProfile(this.#session, id);
  }

  putProfile(profile: Profile): Promise<void> {
    return this.#queries.catalogue.putProfile(this.#session, profile);
  }

  listProfiles(query: ProfileQuery, page: PageWindow): Promise<Page<Profile>> {
    return this.#queries.catalogue.listProfiles(this.#session, query, page);
  }

  findSource(id: string): Promise<Source | undefined> {
    return this.#queries.sources.find(this.#session, id);
  }

  putSource(source: Source): Promise<void> {
    return this.#queries.sources.put(this.#session, source);
  }

  removeSource(id: string): Promise<void> {
    return this.#queries.sources.remove(this.#session, id);
  }

  listSources(query: SourceQuery, page: PageWindow): Promise<Page<Source>> {
    return this.#queries.sources.list(this.#session, query, page);
  }

  listFlowIdsOfSource(
    sourceId: string,
    limit: number,
  ): Promise<readonly string[]> {
    return this.#queries.flows.listIdsOfSource(this.#session, sourceId, limit);
  }

  findFlow(id: string): Promise<Flow | undefined> {
    return this.#queries.flows.find(this.#session, id);
  }

  putFlow(flow: Flow): Promise<void> {
    return this.#queries.flows.put(this.#session, flow);
  }

  removeFlow(id: string): Promise<void> {
    return this.#queries.flows.remove(this.#session, id);
  }

  listFlows(query: FlowQuery, page: PageWindow): Promise<Page<Flow>> {
    return this.#queries.flows.list(this.#session, query, page);
  }

  listCollectorsOfFlow(flowId: string): Promise<readonly string[]> {
    return this.#queries.flows.listCollectors(this.#session, flowId);
  }

  insertSegment(segment: SegmentRecord): Promise<void> {
    return this.#queries.segments.insert(this.#session, segment);
  }

  findOverlap(flowId: string, span: Span): Promise<SegmentRecord | undefined> {
    return this.#queries.segments.findOverlap(this.#session, flowId, span);
  }

  listSegments(
    flowId: string,
    window: SegmentWindow,
  ): Promise<readonly SegmentRecord[]> {
    return this.#queries.segments.list(this.#session, flowId, window);
  }

  findExtent(flowId: string, within?: Span): Promise<Span | undefined> {
    return this.#queries.segments.findExtent(this.#session, flowId, within);
  }

  removeSegments(
    flowId: string,
    window: {
      readonly span: Span;
      readonly objectId?: string | undefined;
      readonly limit: number;
    },
  ): Promise<readonly SegmentRecord[]> {
    return this.#queries.segments.remove(this.#session, flowId, window);
  }

  findObject(id: string): Promise<ObjectRecord | undefined> {
    return this.#queries.objects.find(this.#session, id);
  }

  putObject(object: ObjectRecord): Promise<void> {
    return this.#queries.objects.put(this.#session, object);
  }

  removeObject(id: string): Promise<void> {
    return this.#queries.objects.remove(this.#session, id);
  }

  listObjects(window: {
    readonly state: ObjectRecord["state"];
    readonly allocatedBefore?: number;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly ObjectRecord[]> {
    return this.#queries.objects.list(this.#session, window);
  }

  isReferenced(objectId: string): Promise<boolean> {
    return this.#queries.objects.isReferenced(this.#session, objectId);
  }

  listFlowsOfObject(
    objectId: string,
    window: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly string[]> {
    return this.#queries.objects.listFlows(this.#session, objectId, window);
  }

  findDeletionRequest(id: string): Promise<DeletionRequest | undefined> {
    return this.#queries.deletions.find(this.#session, id);
  }

  putDeletionRequest(request: DeletionRequest): Promise<void> {
    return this.#queries.deletions.put(this.#session, request);
  }

  removeDeletionRequest(id: string): Promise<void> {
    return this.#queries.deletions.remove(this.#session, id);
  }

  listDeletionRequests(
    query: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    },
    page: PageWindow,
  ): Promise<Page<DeletionRequest>> {
    return this.#queries.deletions.list(this.#session, query, page);
  }

  listOpenDeletionRequests(): Promise<readonly DeletionRequest[]> {
    return this.#queries.deletions.listOpen(this.#session);
  }
}
