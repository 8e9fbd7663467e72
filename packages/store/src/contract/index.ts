// Indexes
export {
  segmentIndexLaws,
  type SegmentIndexLaw,
  type SegmentIndexLawsOptions,
} from "./segment-index-laws.ts";
