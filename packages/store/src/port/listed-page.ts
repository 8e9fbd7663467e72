import type { MediaObject, Segment } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import type { Page } from "../model/page.ts";

/** A page of segments, and what they cover. */
export interface SegmentPage extends Page<Segment> {
  /** From the start of the first to the end of the last of the page; `()` if it is empty. */
  readonly timerange: TimeRange;
}

/** A page of the flows that refer to an object. */
export interface MediaObjectPage {
  /** The object, with a page of the flows that refer to it. */
  readonly object: MediaObject;
  /** Where the next page begins; absent on the last. */
  readonly next: string | undefined;
  /** At most how many flows a page has. */
  readonly limit: number;
}
