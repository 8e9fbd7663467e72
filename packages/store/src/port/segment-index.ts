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
import type { WebhookIndex } from "./webhook-index.ts";
import type { Page } from "../model/page.ts";

/** A stretch of time in whole nanoseconds: `start` within, `end` without. */
export interface Span {
  /** The first instant, in nanoseconds. */
  readonly start: bigint;
  /** The first instant that is no longer within, in nanoseconds. */
  readonly end: bigint;
}

/** A segment as the index keeps it. */
export interface SegmentRecord extends Span {
  /** Its flow. */
  readonly flowId: string;
  /** The object that its samples are in. */
  readonly objectId: string;
  /** Its range in the words of who made it. */
  readonly timerange: string;
  /** A flow's instant less the object's, in nanoseconds. */
  readonly offset: bigint;
  /** The length of the last sample, in nanoseconds, if it was told. */
  readonly lastDuration: bigint | undefined;
  /** How many samples of the object are before it, if that was told. */
  readonly sampleOffset: number | undefined;
  /** How many samples it has, if that was told. */
  readonly sampleCount: number | undefined;
}

/** Where an object can be read. */
export interface InstanceRecord {
  /** The storage backend that it is in, if the store looks after it. */
  readonly storageId: string | undefined;
  /** Its URL, if it does not. */
  readonly url: string | undefined;
  /** The URL's label, if it does not. */
  readonly label: string | undefined;
}

/** An object as the index keeps it. */
export interface ObjectRecord {
  /** Its id: any text. */
  readonly id: string;
  /**
   * How far it is: room was made for it; a segment, or an object, refers to it, or did; it
   * is to be removed.
   */
  readonly state: "allocated" | "registered" | "doomed";
  /** Whether it is an initialisation object; unknown until it is used. */
  readonly isInit: boolean | undefined;
  /** Which flow room was made for. */
  readonly allocatedFor: string | undefined;
  /** When room was made, in milliseconds since 1970. */
  readonly allocatedAt: number;
  /** The first flow whose segment referred to it. */
  readonly firstFlowId: string | undefined;
  /** What its bytes are: a MIME type; that of its flow's container, if it is absent. */
  readonly contentType: string | undefined;
  /** Where its samples are on its own timeline; absent for initialisation objects. */
  readonly span: Span | undefined;
  /** That in the words of who told it, if anybody did. */
  readonly timerange: string | undefined;
  /** How many key frames it has, if that was told. */
  readonly keyFrameCount: number | undefined;
  /** The initialisation object that it needs. */
  readonly initObjectId: string | undefined;
  /** How many bytes it has, once it is written. */
  readonly sizeBytes: number | undefined;
  /** SHA-256 of its bytes in hexadecimal digits, once it is written. */
  readonly sha256: string | undefined;
  /** Where it can be read. */
  readonly instances: readonly InstanceRecord[];
}

/** Which segments are wanted, and how many. */
export interface SegmentWindow {
  /** Those that overlap it; all by default. */
  readonly span?: Span | undefined;
  /** Those of this object; of any by default. */
  readonly objectId?: string | undefined;
  /** Whether the latest comes first; false by default. */
  readonly reverse?: boolean;
  /** Only what is behind it, in the order that is asked for: the `start` of the last one. */
  readonly after?: bigint | undefined;
  /** At most how many. */
  readonly limit: number;
}

/**
 * What is done to the index as one: all of it, or nothing.
 *
 * It keeps records and finds them. It knows no rules but these: ids are unique, and segments
 * of one flow, sorted by start, are so by end too, since those who add them have looked
 * for what overlaps within the same transaction. Every method's cost grows at most with the
 * logarithm of what is kept, and with what it gives; a listing looks also at what its
 * filters leave out.
 *
 * Every method rejects with a `ClosedError` once the transaction is over, and one that
 * changes something with a `TypeError` in a transaction that reads. A listing in pages
 * rejects with an `InvalidRequestError` for a key that no page of it gave, and with a
 * `RangeError` for a limit below 1.
 */
export interface IndexTransaction {
  /** Subscriptions, and what subscribers are to be told. */
  readonly webhooks: WebhookIndex;

  /** Finds what the service says of itself, if that was put. */
  findService(): Promise<Service | undefined>;
  /** Puts what the service says of itself. */
  putService(service: Service): Promise<void>;

  /** All of them, by label; those without one last, by id. */
  listStorageBackends(): Promise<readonly StorageBackend[]>;
  /** Puts a storage backend, in place of the one with its id. */
  putStorageBackend(backend: StorageBackend): Promise<void>;

  /** Finds a profile, if there is one with this id. */
  findProfile(id: string): Promise<Profile | undefined>;
  /** Puts a profile, in place of the one with its id. */
  putProfile(profile: Profile): Promise<void>;
  /** Profiles by label; those without one last, by id. */
  listProfiles(
    query: ProfileQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Profile>>;

  /** Sources without what is derived: `source_collection`, `collected_by`. */
  findSource(id: string): Promise<Source | undefined>;
  /** Puts a source, in place of the one with its id. */
  putSource(source: Source): Promise<void>;
  /** Removes a source; does nothing, if there is none. */
  removeSource(id: string): Promise<void>;
  /** Gives a page of the sources that meet a query. */
  listSources(
    query: SourceQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Source>>;
  /** The ids of a source's flows, in their order, up to `limit`. */
  listFlowIdsOfSource(
    sourceId: string,
    limit: number,
  ): Promise<readonly string[]>;

  /**
   * Flows without what is derived: `collected_by`, `timerange`. `putFlow` keeps
   * `flow_collection` so that the two below find it.
   */
  findFlow(id: string): Promise<Flow | undefined>;
  /** Puts a flow, in place of the one with its id. */
  putFlow(flow: Flow): Promise<void>;
  /** Removes a flow, without its segments; does nothing, if there is none. */
  removeFlow(id: string): Promise<void>;
  /** Gives a page of the flows that meet a query. */
  listFlows(
    query: FlowQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Flow>>;
  /** The flows that collect a flow, by id. */
  listCollectorsOfFlow(flowId: string): Promise<readonly string[]>;

  /**
   * Keeps a segment.
   *
   * @throws {RangeError} If it is empty, or ends before it starts.
   * @throws {InvalidRequestError} If its times are beyond 2^63 nanoseconds from 0.
   * @throws {SegmentOverlapError} If one of its flow starts at the same instant.
   */
  insertSegment(segment: SegmentRecord): Promise<void>;
  /** The segment of a flow that overlaps a span, if there is one; the earliest of several. */
  findOverlap(flowId: string, span: Span): Promise<SegmentRecord | undefined>;
  /** Gives segments of a flow, in the order of time. */
  listSegments(
    flowId: string,
    window: SegmentWindow,
  ): Promise<readonly SegmentRecord[]>;
  /** From the start of the first to the end of the last that overlaps `within`. */
  findExtent(flowId: string, within?: Span): Promise<Span | undefined>;
  /**
   * Removes segments that lie wholly within a span (of one object, if it is named), earliest
   * first, up to `limit`; gives what it removed.
   */
  removeSegments(
    flowId: string,
    window: {
      readonly span: Span;
      readonly objectId?: string | undefined;
      readonly limit: number;
    },
  ): Promise<readonly SegmentRecord[]>;

  /** Finds an object, if there is one with this id. */
  findObject(id: string): Promise<ObjectRecord | undefined>;
  /** Puts an object, in place of the one with its id. */
  putObject(object: ObjectRecord): Promise<void>;
  /** Removes an object; does nothing, if there is none. */
  removeObject(id: string): Promise<void>;
  /** Objects of a state, by id, that were allocated before an instant; behind `after`. */
  listObjects(window: {
    readonly state: ObjectRecord["state"];
    readonly allocatedBefore?: number;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly ObjectRecord[]>;
  /** Whether a segment refers to it, or an object does as to its initialisation object. */
  isReferenced(objectId: string): Promise<boolean>;
  /** The flows whose segments refer to it, or to objects that need it, by id. */
  listFlowsOfObject(
    objectId: string,
    window: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly string[]>;

  /** Finds a deletion request, if there is one with this id. */
  findDeletionRequest(id: string): Promise<DeletionRequest | undefined>;
  /** Puts a deletion request, in place of the one with its id. */
  putDeletionRequest(request: DeletionRequest): Promise<void>;
  /** Removes a deletion request; does nothing, if there is none. */
  removeDeletionRequest(id: string): Promise<void>;
  /** Gives a page of the deletion requests. */
  listDeletionRequests(
    query: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    },
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<DeletionRequest>>;
  /** Those whose status is not `done`, oldest first. */
  listOpenDeletionRequests(): Promise<readonly DeletionRequest[]>;
}

/** The low port of metadata: what lies where on the timelines. It never sees bytes. */
export interface SegmentIndex {
  /**
   * Does several things as one. Writers come one after the other; a reader sees one state
   * throughout. When a writer's promise resolves, what it did outlives a loss of power.
   *
   * @param mode `read` promises to change nothing.
   * @param work Is called once. If it fails, nothing of it is left.
   * @throws What `work` throws.
   * @throws {StorageFullError} If there is no room.
   * @throws {BusyError} If `work` begins another writer and waits for it.
   */
  transact<T>(
    mode: "read" | "write",
    work: (transaction: IndexTransaction) => Promise<T>,
  ): Promise<T>;
}
