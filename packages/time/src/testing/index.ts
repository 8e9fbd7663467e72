export {
  rates,
  timeRanges,
  timeRangeSets,
  timestamps,
  type TimestampConstraints,
} from "./arbitraries.ts";
