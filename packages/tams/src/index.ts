// Client
export { AuthenticationError, type Credentials } from "./client/credentials.ts";
export type { DeletionRequestCalls } from "./client/deletion-request-calls.ts";
export type { FlowCalls, FlowProperty } from "./client/flow-calls.ts";
export type { MediaCalls, MediaRange } from "./client/media-calls.ts";
export type { MediaObjectPage, ObjectCalls } from "./client/object-calls.ts";
export type { CallOptions, ListedPage } from "./client/page.ts";
export type { RetryOptions } from "./client/retry-policy.ts";
export type { SegmentCalls } from "./client/segment-calls.ts";
export type { ServiceCalls } from "./client/service-calls.ts";
export type { SourceCalls } from "./client/source-calls.ts";
export type { StorageCalls, StoragePlace } from "./client/storage-calls.ts";
export { TamsClient } from "./client/tams-client.ts";
export type { TransportOptions } from "./client/transport.ts";
export type { WebhookCalls } from "./client/webhook-calls.ts";

// Errors
export { ResponseError, type FailedRequest } from "./client/response-error.ts";
export { ServiceUnreachableError } from "./client/service-unreachable-error.ts";
export { QueryError } from "./error/query-error.ts";
export { TamsError } from "./error/tams-error.ts";
export { WireError, type WireProblem } from "./error/wire-error.ts";

// Documents
export {
  type CollectionItem,
  collectionItemSchema,
  type FlowCollectionItem,
  flowCollectionSchema,
} from "./wire/collection.ts";
export {
  type ContainerMapping,
  containerMappingSchema,
} from "./wire/container-mapping.ts";
export {
  type ContentFormat,
  contentFormatSchema,
} from "./wire/content-format.ts";
export {
  type DeletionRequest,
  deletionRequestSchema,
} from "./wire/deletion-request.ts";
export { type ErrorBody, errorBodySchema } from "./wire/error-body.ts";
export {
  type AudioEssenceParameters,
  audioEssenceParametersSchema,
  type DataEssenceParameters,
  dataEssenceParametersSchema,
  type ImageEssenceParameters,
  imageEssenceParametersSchema,
  type MultiEssenceParameters,
  multiEssenceParametersSchema,
  type VideoEssenceParameters,
  videoEssenceParametersSchema,
} from "./wire/essence-parameters.ts";
export {
  type AnyTechnical,
  type AudioTechnical,
  type DataTechnical,
  type Flow,
  type FlowCommon,
  type FlowPut,
  flowPutSchema,
  flowSchema,
  type FlowStatus,
  flowStatusSchema,
  type FlowTechnical,
  type ImageTechnical,
  type MonoTechnical,
  monoTechnicalSchema,
  type MultiTechnical,
  type ProfileLink,
  type VideoTechnical,
} from "./wire/flow.ts";
export { type GetUrl, getUrlSchema } from "./wire/get-url.ts";
export { type MediaObject, mediaObjectSchema } from "./wire/media-object.ts";
export { mediaTypeSchema, mimeTypeSchema } from "./wire/mime-type.ts";
export {
  type ObjectInstancePost,
  objectInstancePostSchema,
} from "./wire/object-instance.ts";
export { parseDocument } from "./wire/parse-document.ts";
export { type Profile, profileSchema } from "./wire/profile.ts";
export {
  type FullRatio,
  fullRatioSchema,
  type Ratio,
  ratioSchema,
} from "./wire/ratio.ts";
export {
  type FailedSegment,
  type Segment,
  type SegmentCommon,
  type SegmentFailure,
  segmentFailureSchema,
  type SegmentPost,
  segmentPostSchema,
  segmentPostsSchema,
  segmentSchema,
} from "./wire/segment.ts";
export {
  type Service,
  type ServicePost,
  servicePostSchema,
  serviceSchema,
} from "./wire/service.ts";
export { type Source, sourceSchema } from "./wire/source.ts";
export {
  type StorageBackend,
  type StorageBackendFacts,
  storageBackendSchema,
} from "./wire/storage-backend.ts";
export {
  type HttpRequest,
  type Storage,
  type StorageRequest,
  storageRequestSchema,
  storageSchema,
} from "./wire/storage-request.ts";
export { type Tags, tagsSchema, tagValueSchema } from "./wire/tags.ts";
export {
  dateTimeSchema,
  timerangeSchema,
  timestampSchema,
} from "./wire/time-text.ts";
export { isUuid, uuidSchema } from "./wire/uuid.ts";
export {
  type EventType,
  type Webhook,
  type WebhookCommon,
  type WebhookPost,
  webhookPostSchema,
  type WebhookPut,
  webhookPutSchema,
  webhookSchema,
} from "./wire/webhook.ts";

// Queries
export {
  type DeletionRequestQuery,
  deletionRequestQueryFormat,
} from "./query/deletion-request-query.ts";
export {
  type FlowOrder,
  type FlowQuery,
  flowQueryFormat,
} from "./query/flow-query.ts";
export {
  type FlowReadQuery,
  flowReadQueryFormat,
} from "./query/flow-read-query.ts";
export { type ObjectQuery, objectQueryFormat } from "./query/object-query.ts";
export {
  type PageOptions,
  pageOptionsFormat,
  type PageHeaders,
  formatPageHeaders,
  parsePageHeaders,
} from "./query/paging.ts";
export {
  type ProfileQuery,
  profileQueryFormat,
} from "./query/profile-query.ts";
export { type QueryFormat } from "./query/query-format.ts";
export {
  type SegmentQuery,
  segmentQueryFormat,
} from "./query/segment-query.ts";
export {
  type SourceOrder,
  type SourceQuery,
  sourceQueryFormat,
} from "./query/source-query.ts";
export { type TagFilter } from "./query/tag-filter.ts";
export { type TaggedQuery, taggedQueryFormat } from "./query/tagged-query.ts";
export { type UrlQuery, urlQueryFormat } from "./query/url-query.ts";
