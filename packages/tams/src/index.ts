// Documents
export type { CollectionItem, FlowCollectionItem } from "./wire/collection.ts";
export type { ContainerMapping } from "./wire/container-mapping.ts";
export type { ContentFormat } from "./wire/content-format.ts";
export type { DeletionRequest } from "./wire/deletion-request.ts";
export type {
  AudioEssenceParameters,
  DataEssenceParameters,
  ImageEssenceParameters,
  MultiEssenceParameters,
  VideoEssenceParameters,
} from "./wire/essence-parameters.ts";
export type {
  AnyTechnical,
  AudioTechnical,
  DataTechnical,
  Flow,
  FlowCommon,
  FlowPut,
  FlowStatus,
  FlowTechnical,
  ImageTechnical,
  MonoTechnical,
  MultiTechnical,
  ProfileLink,
  VideoTechnical,
} from "./wire/flow.ts";
export type { GetUrl } from "./wire/get-url.ts";
export type { MediaObject } from "./wire/media-object.ts";
export type { Profile } from "./wire/profile.ts";
export type { Ratio } from "./wire/ratio.ts";
export type {
  ErrorBody,
  FailedSegment,
  Segment,
  SegmentCommon,
  SegmentPost,
} from "./wire/segment.ts";
export type { Service } from "./wire/service.ts";
export type { Source } from "./wire/source.ts";
export type {
  StorageBackend,
  StorageBackendFacts,
} from "./wire/storage-backend.ts";
export type { Tags } from "./wire/tags.ts";
