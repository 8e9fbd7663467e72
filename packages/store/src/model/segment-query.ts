import type { TimeRange } from "@sluice/time";
import type { TagFilter } from "./tag-filter.ts";

/** Which URLs of an object are told. Source: TAMS 8.2, `/flows/{id}/segments`. */
export interface UrlQuery {
  /** Those with one of these labels; none, if it is empty; all by default. */
  readonly acceptGetUrls?: readonly string[];
  /** Those in one of these storage backends; all by default, or if it is empty. */
  readonly acceptStorageIds?: readonly string[];
  /** Those with credentials in them, or those without; both by default. */
  readonly presigned?: boolean;
  /** Those in storage backends with such tags. */
  readonly storageBackend?: TagFilter;
  /** Whether all that is known of their storage backends is told; false by default. */
  readonly verboseStorage?: boolean;
}

/** Which segments are listed, and what is told of them. */
export interface SegmentQuery extends UrlQuery {
  /** Those that overlap it; all by default. */
  readonly timerange?: TimeRange;
  /** Those of this object. */
  readonly objectId?: string;
  /** Whether the latest comes first; false by default. */
  readonly reverseOrder?: boolean;
  /** Whether `object_timerange` is told; false by default. */
  readonly includeObjectTimerange?: boolean;
}
