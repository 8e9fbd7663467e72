import type { ContentFormat, FlowStatus } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import type { TagFilter } from "./tag-filter.ts";

/** What listings of sources are ordered by; what lacks it comes last, by id. */
export type SourceOrder = "created" | "updated" | "label";

/** What listings of flows are ordered by; what lacks it comes last, by id. */
export type FlowOrder = "created" | "metadata_updated" | "label";

/** Which sources are listed: those that meet all of it. Source: TAMS 8.2, `/sources`. */
export interface SourceQuery extends TagFilter {
  readonly label?: string;
  readonly format?: ContentFormat;
  /** Those that one of these collects; if it is empty, those that none collects. */
  readonly collectedByIds?: readonly string[];
  /** `created` by default. Times: newest first; labels: as they are sorted. */
  readonly sortBy?: SourceOrder;
  readonly reverseOrder?: boolean;
}

/** Which flows are listed: those that meet all of it. Source: TAMS 8.2, `/flows`. */
export interface FlowQuery extends TagFilter {
  readonly sourceId?: string;
  /** Those with samples within it; with `TimeRange.never()`, those without any. */
  readonly timerange?: TimeRange;
  readonly format?: ContentFormat;
  readonly codec?: string;
  readonly profileId?: string;
  readonly label?: string;
  readonly status?: FlowStatus;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly initSegments?: boolean;
  /** Those that one of these collects; if it is empty, those that none collects. */
  readonly collectedByIds?: readonly string[];
  /** `created` by default. Times: newest first; labels: as they are sorted. */
  readonly sortBy?: FlowOrder;
  readonly reverseOrder?: boolean;
}

/** Which profiles are listed. Source: TAMS 8.2, `/service/profiles`. */
export interface ProfileQuery {
  readonly format?: ContentFormat;
  readonly codec?: string;
  readonly label?: string;
}
