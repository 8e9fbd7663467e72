import type { GetUrl, Service, StorageBackend } from "@sluice/tams";
import type { ByteRange, ObjectBucket } from "../port/object-bucket.ts";
import type { SegmentIndex } from "../port/segment-index.ts";

/** A bucket, and what the store says of it. */
export interface StoreBucket {
  /** Its document; `id` is its `storage_id`. */
  readonly backend: StorageBackend;
  /** Where the bytes are. */
  readonly bucket: ObjectBucket;
}

/** How much a store does at once. */
export interface StoreLimits {
  /** How many things a page has if nobody says; 100 by default. */
  readonly pageSize?: number;
  /** How many things a page has at most; 1000 by default. */
  readonly maxPageSize?: number;
  /** For how many objects room is made if nobody says; 1 by default. */
  readonly allocationSize?: number;
  /** For how many objects room is made at most; 1000 by default. */
  readonly maxAllocationSize?: number;
  /** How many segments are removed while the caller waits, and in a step later; 1000. */
  readonly deletionStep?: number;
  /** How long a deletion request is kept once it is done, in milliseconds; a day. */
  readonly deletionKeptMs?: number;
  /** How much longer than `min_object_timeout` objects wait, in milliseconds; a minute. */
  readonly objectGraceMs?: number;
  /** How often buckets are swept, in milliseconds; an hour; `Infinity` for never. */
  readonly sweepIntervalMs?: number;
  /** How many events wait for a subscriber at most before it counts as failed; 100000. */
  readonly maxWaitingEvents?: number;
}

/** How a store takes subscriptions to its changes. */
export interface WebhookOptions {
  /** Refuses URLs that are never to be called, by an `InvalidRequestError`. */
  readonly checkUrl?: ((url: URL) => void) | undefined;
}

/** What a flow store is made of. */
export interface FlowStoreOptions {
  /** The metadata. */
  readonly index: SegmentIndex;
  /** The bytes: at least one bucket; one of several may be the default. */
  readonly buckets: readonly StoreBucket[];
  /** How much is done at once. */
  readonly limits?: StoreLimits;
  /** What the service says of itself until it is changed. */
  readonly service?: Partial<Service>;
  /**
   * Takes subscriptions, for who delivers what their subscribers are to be told; by default
   * it takes none.
   */
  readonly webhooks?: WebhookOptions | undefined;
  /** Tells the time, in milliseconds since 1970; the system's by default. */
  readonly clock?: () => number;
  /** Makes the URLs of an object in a bucket; those that the bucket gives by default. */
  readonly createUrls?: (
    objectId: string,
    backend: StorageBackend,
  ) => readonly Pick<GetUrl, "url" | "presigned">[];
  /** Reads what is only at a URL elsewhere; refused by default. */
  readonly fetchUrl?: (
    url: string,
    options: ByteRange & { readonly signal?: AbortSignal | undefined },
  ) => AsyncIterable<Uint8Array>;
  /**
   * Is told what fails in the background, which is tried again later. By default such a
   * failure ends the work in the background, and is thrown when the store is closed.
   */
  readonly onBackgroundError?: (error: unknown) => void;
}
