// Errors
export { DeletionRequestNotFoundError } from "./error/deletion-request-not-found-error.ts";
export { FlowNotFoundError } from "./error/flow-not-found-error.ts";
export { InvalidRequestError } from "./error/invalid-request-error.ts";
export { MissingMediaError } from "./error/missing-media-error.ts";
export { ObjectExistsError } from "./error/object-exists-error.ts";
export { ObjectNotFoundError } from "./error/object-not-found-error.ts";
export { PartlyAddedError } from "./error/partly-added-error.ts";
export { ProfileNotFoundError } from "./error/profile-not-found-error.ts";
export { ReadOnlyFlowError } from "./error/read-only-flow-error.ts";
export { SegmentOverlapError } from "./error/segment-overlap-error.ts";
export { SourceNotFoundError } from "./error/source-not-found-error.ts";
export { StorageAccessError } from "./error/storage-access-error.ts";
export { StorageFullError } from "./error/storage-full-error.ts";
export { StoreError } from "./error/store-error.ts";
export { WebhookNotFoundError } from "./error/webhook-not-found-error.ts";
export { StoreLockedError } from "./error/store-locked-error.ts";

// Queries
export type {
  FlowOrder,
  FlowQuery,
  PageOptions,
  ProfileQuery,
  SegmentQuery,
  SourceOrder,
  SourceQuery,
  TagFilter,
  UrlQuery,
} from "@sluice/tams";
export type { Page } from "./model/page.ts";

// Ports
export type { FlowProperties, TextProperty } from "./port/flow-properties.ts";
export type { Abortable, Actor, FlowStore } from "./port/flow-store.ts";
export type { MediaObjectPage, SegmentPage } from "./port/listed-page.ts";
export type { AllocatedObject, ObjectFacts } from "./port/object-facts.ts";
export type { StoreCapabilities } from "./port/store-capabilities.ts";
export type {
  ByteRange,
  ObjectBucket,
  StoredObject,
  WrittenObject,
} from "./port/object-bucket.ts";
export type {
  IndexTransaction,
  InstanceRecord,
  ObjectRecord,
  SegmentIndex,
  SegmentRecord,
  SegmentWindow,
  Span,
} from "./port/segment-index.ts";

// Ports: subscriptions, and what subscribers are told
export type { DueEvent, EventOutbox } from "./port/event-outbox.ts";
export type {
  EventRecord,
  WebhookIndex,
  WebhookOwner,
  WebhookRecord,
} from "./port/webhook-index.ts";
export type { WebhookStore } from "./port/webhook-store.ts";

// Buckets
export { FileBucket } from "./backend/files/file-bucket.ts";
export { openFileBucket } from "./backend/files/open-file-bucket.ts";
export {
  MemoryBucket,
  type MemoryBucketOptions,
} from "./backend/memory/memory-bucket.ts";

// Rules
export { createFlowStore } from "./rules/create-flow-store.ts";
export type {
  FlowStoreOptions,
  StoreBucket,
  StoreLimits,
  WebhookOptions,
} from "./rules/flow-store-options.ts";
export type { LocalFlowStore } from "./rules/local-flow-store.ts";

// Indexes
export { MemoryIndex } from "./backend/memory/memory-index.ts";
export {
  openSqliteIndex,
  type SqliteIndexOptions,
} from "./backend/sql/open-sqlite-index.ts";

// Flows: what they are of
export { essenceOfFlow } from "./flow/essence-of-flow.ts";
export {
  flowOfEssence,
  type EssenceFlow,
  type FlowIdentity,
} from "./flow/flow-of-essence.ts";

// Flows: reading
export type { GrainToDecode } from "./flow/decoding-grains.ts";
export { FlowReader, type ReadCount } from "./flow/flow-reader.ts";
export type { FlowReaderManager } from "./flow/open-read.ts";
export type { Prefetch, ReadOptions } from "./flow/reader-options.ts";

// Flows: writing
export { FlowWriter } from "./flow/flow-writer.ts";
export type { FlowWriterManager } from "./flow/open-write.ts";
export type { Commit, WriteOptions } from "./flow/write-options.ts";
export type {
  IngestedMedia,
  IngestOptions,
  IngestProgress,
} from "./flow/ingest.ts";

// Flows: the whole of them
export type { ClipOptions, ClipPart } from "./flow/clip.ts";
export type { CopyOptions, CopyProgress } from "./flow/copy.ts";
export type { FlowExportOptions } from "./flow/export.ts";
export type { Finding } from "./flow/finding.ts";

// Providers
export {
  FlowProvider,
  type FlowProviderOptions,
} from "./provider/flow-provider.ts";
export { FlowSession } from "./provider/flow-session.ts";
export type {
  FlowStoreManager,
  StoreOpener,
  StoreSchemes,
} from "./provider/store-schemes.ts";

// Stores
export {
  openMemoryStore,
  type MemoryStoreOptions,
} from "./provider/open-memory-store.ts";
export {
  openEmbeddedStore,
  type EmbeddedStoreOptions,
} from "./backend/embedded/open-embedded-store.ts";
export {
  openRemoteStore,
  type RemoteStoreOptions,
} from "./backend/tams/open-remote-store.ts";
