// Indexes
export {
  segmentIndexLaws,
  type SegmentIndexLaw,
  type SegmentIndexLawsOptions,
} from "./segment-index-laws.ts";

// Flow stores
export { flowStoreLaws, type FlowStoreLaw } from "./flow-store-laws.ts";

// Buckets
export {
  objectBucketLaws,
  type ObjectBucketLaw,
} from "./object-bucket-laws.ts";
