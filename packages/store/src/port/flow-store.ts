import type {
  DeletionRequest,
  FailedSegment,
  Flow,
  FlowPut,
  FlowQuery,
  PageOptions,
  Profile,
  ProfileQuery,
  Segment,
  SegmentPost,
  SegmentQuery,
  Service,
  Source,
  SourceQuery,
  StorageBackend,
  TagFilter,
  Tags,
  UrlQuery,
} from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import type { Stream } from "sluice";
import type { EventOutbox } from "./event-outbox.ts";
import type { WebhookStore } from "./webhook-store.ts";
import type { ByteRange } from "./object-bucket.ts";
import type { StoreCapabilities } from "./store-capabilities.ts";
import type { Page } from "../model/page.ts";
import type { TextProperty, FlowProperties } from "./flow-properties.ts";
import type { SegmentPage, MediaObjectPage } from "./listed-page.ts";
import type { AllocatedObject, ObjectFacts } from "./object-facts.ts";

/** Who asks, where that is written down. */
export interface Actor {
  /** The text for `created_by` and `updated_by`. */
  readonly actor?: string | undefined;
}

/** Something that takes time and can be given up. */
export interface Abortable {
  /** Gives it up: its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The high port: everything that a store of flows does, in the terms of TAMS 8.2, so that an
 * HTTP server is a door to it, and a client of one another form of it.
 *
 * Documents are TAMS's own, with its names. What is not found is told by an error of its
 * own (`FlowNotFoundError`, ...), what breaks a rule by `InvalidRequestError`, what a flow
 * that is read-only refuses by `ReadOnlyFlowError`; in each case nothing has changed.
 */
export interface FlowStore {
  /** What it can do, which not each store can. */
  readonly capabilities: StoreCapabilities;
  /** Subscriptions to changes; a store that tells nobody of them has none. */
  readonly webhooks?: WebhookStore | undefined;
  /** What subscribers are yet to be told, for who tells them; absent, if the store does. */
  readonly events?: EventOutbox | undefined;

  /** Tells what the service says of itself. */
  getService(): Promise<Service>;
  /** Changes what is named, and keeps the rest. */
  updateService(change: {
    readonly name?: string;
    readonly description?: string;
  }): Promise<void>;
  /** Lists the storage backends by label; those without one come last. */
  listStorageBackends(
    query?: TagFilter & { readonly reverseOrder?: boolean },
    page?: PageOptions,
  ): Promise<Page<StorageBackend>>;

  /** Lists profiles. */
  listProfiles(
    query?: ProfileQuery,
    page?: PageOptions,
  ): Promise<Page<Profile>>;
  /** @throws {ProfileNotFoundError} If there is none. */
  getProfile(id: string): Promise<Profile>;
  /** @throws {InvalidRequestError} If there is one with this id: profiles never change. */
  createProfile(profile: Profile, options?: Actor): Promise<Profile>;

  /** Lists sources. */
  listSources(query?: SourceQuery, page?: PageOptions): Promise<Page<Source>>;
  /** @throws {SourceNotFoundError} If there is none. */
  getSource(id: string): Promise<Source>;
  /** Sets a text, or takes it away. */
  setSourceText(
    id: string,
    name: TextProperty,
    value: string | undefined,
    options?: Actor,
  ): Promise<void>;
  /** Sets a tag, or takes it away. */
  setSourceTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options?: Actor,
  ): Promise<void>;

  /** Lists flows. */
  listFlows(query?: FlowQuery, page?: PageOptions): Promise<Page<Flow>>;
  /** With `timerange`, tells the extent of its segments, or of those that overlap it. */
  getFlow(
    id: string,
    options?: { readonly timerange?: TimeRange | true },
  ): Promise<Flow>;
  /** Makes a flow, and its source if there is none; or changes all of its metadata. */
  putFlow(
    flow: FlowPut,
    options?: Actor,
  ): Promise<{
    /** The flow as it is kept. */
    readonly flow: Flow;
    /** Whether there was none before. */
    readonly isNew: boolean;
  }>;
  /** Sets a property, or takes it away. */
  setFlowProperty<K extends keyof FlowProperties>(
    id: string,
    name: K,
    value: FlowProperties[K] | undefined,
    options?: Actor,
  ): Promise<void>;
  /** Sets a tag, or takes it away. */
  setFlowTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options?: Actor,
  ): Promise<void>;
  /** Removes a flow and its segments: at once, or by a request that is worked off. */
  deleteFlow(id: string, options?: Actor): Promise<DeletionRequest | undefined>;

  /** Lists segments; none, if there is no such flow. */
  listSegments(
    flowId: string,
    query?: SegmentQuery,
    page?: PageOptions,
  ): Promise<SegmentPage>;
  /**
   * Registers segments, each by itself: those that cannot be are told, the others are there.
   *
   * @throws {FlowNotFoundError} If there is no such flow.
   */
  addSegments(
    flowId: string,
    segments: readonly SegmentPost[],
    options?: Actor,
  ): Promise<readonly FailedSegment[]>;
  /**
   * Registers segments as one: all of them, or, if one cannot be, none (its error). How far
   * that holds in a remote store, `capabilities` tells.
   *
   * @throws {PartlyAddedError} If some were added, and could not be removed again.
   */
  addSegmentsAtomically(
    flowId: string,
    segments: readonly SegmentPost[],
    options?: Actor,
  ): Promise<void>;
  /** Removes the segments that lie wholly within a range. */
  deleteSegments(
    flowId: string,
    query?: { readonly timerange?: TimeRange; readonly objectId?: string },
    options?: Actor,
  ): Promise<DeletionRequest | undefined>;

  /** Makes room for objects. */
  allocateObjects(
    flowId: string,
    request?: {
      readonly limit?: number;
      readonly objectIds?: readonly string[];
      readonly storageId?: string;
      /** For initialisation objects; the flow's `container` by default. */
      readonly contentType?: string;
    },
  ): Promise<readonly AllocatedObject[]>;
  /**
   * Lets objects that room was made for wait anew, for as long as at first: for who writes
   * for longer than that before anything is registered.
   *
   * @returns False if the store cannot: a TAMS service has no such call.
   * @throws {ObjectNotFoundError} If one is no longer there; none is renewed then.
   */
  renewObjects(objectIds: readonly string[]): Promise<boolean>;
  /**
   * Tells of an object, and of the flows that refer to it.
   *
   * @throws {ObjectNotFoundError} If there is none, or no segment has referred to it yet.
   */
  getObject(
    id: string,
    query?: UrlQuery & { readonly flow?: TagFilter },
    page?: PageOptions,
  ): Promise<MediaObjectPage>;
  /** Copies an object to another storage backend, or tells of a copy elsewhere. */
  addInstance(
    id: string,
    instance:
      | { readonly storageId: string }
      | { readonly url: string; readonly label: string },
  ): Promise<void>;
  /** Removes a copy of an object, but never the last. */
  removeInstance(
    id: string,
    instance: { readonly storageId: string } | { readonly label: string },
  ): Promise<void>;

  /** Lists deletion requests. */
  listDeletionRequests(
    query?: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    },
    page?: PageOptions,
  ): Promise<Page<DeletionRequest>>;
  /** @throws {DeletionRequestNotFoundError} If there is none, or it is no longer kept. */
  getDeletionRequest(id: string): Promise<DeletionRequest>;
  /** Resolves once a deletion is done. @throws What it failed by. */
  waitForDeletion(id: string, options?: Abortable): Promise<void>;

  /** Writes the bytes of an object that room was made for. */
  writeObject(
    allocated: AllocatedObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options?: Abortable,
  ): Promise<void>;
  /**
   * Tells what is known of an object's bytes, as it was noted when they were written: for
   * who hands them on, or compares. A store whose objects are read from elsewhere, by their
   * URLs, has no such method: TAMS has no such call.
   *
   * @throws {ObjectNotFoundError} If there is none, or its bytes are not there.
   */
  describeObject?(objectId: string): Promise<ObjectFacts>;
  /**
   * Reads an object's bytes.
   *
   * @param object Its id; or a segment, or its initialisation object, whose URLs may be used.
   */
  readObject(
    object:
      | string
      | { readonly object_id: string; readonly get_urls?: Segment["get_urls"] },
    options?: ByteRange & Abortable,
  ): Promise<Uint8Array>;
  /** Reads an object's bytes in chunks. */
  streamObject(
    object:
      | string
      | { readonly object_id: string; readonly get_urls?: Segment["get_urls"] },
    range?: ByteRange,
  ): Stream<Uint8Array>;
}
