// Indexes
export {
  segmentIndexLaws,
  type SegmentIndexLaw,
} from "./segment-index-laws.ts";
