import type { GetUrl } from "./get-url.ts";

/** What segments have, read or written. Source: TAMS 8.2, `flow-segment.json`. */
export interface SegmentCommon {
  /** Which object its samples are in. */
  readonly object_id: string;
  /** From when to when it is on the flow's timeline, in the words of who made it. */
  readonly timerange: string;
  /** A flow's instant less the object's; `0:0` if it is absent. */
  readonly ts_offset?: string | undefined;
  /** The end of `timerange` less the last sample's instant. */
  readonly last_duration?: string | undefined;
  /** From when to when the object's samples are, on its own timeline. */
  readonly object_timerange?: string | undefined;
  /** How many samples of the object are before; older than `object_timerange`. */
  readonly sample_offset?: number | undefined;
  /** How many samples there are; older than `object_timerange`. */
  readonly sample_count?: number | undefined;
  /** How many key frames the object has. */
  readonly key_frame_count?: number | undefined;
}

/** A segment: a stretch of a flow's timeline, and the object that it is in. */
export interface Segment extends SegmentCommon {
  /** Where the object can be read. */
  readonly get_urls?: readonly GetUrl[] | undefined;
  /** What is read before the object. */
  readonly init_object?:
    | {
        /** The initialisation object's id. */
        readonly object_id: string;
        /** Where it can be read. */
        readonly get_urls?: readonly GetUrl[] | undefined;
      }
    | undefined;
}

/** A segment to be registered. Source: TAMS 8.2, `flow-segment-post.json`. */
export interface SegmentPost extends SegmentCommon {
  /** The initialisation object that the object needs. */
  readonly init_object_id?: string | undefined;
  /** Where an object that the service does not look after can be read. */
  readonly get_urls?:
    readonly { readonly url: string; readonly label: string }[] | undefined;
}

/** A segment that was not registered, among others. Source: `flow-segment-bulk-failure.json`. */
export interface FailedSegment {
  /** Its object. */
  readonly object_id: string;
  /** Its range. */
  readonly timerange?: string | undefined;
  /** Why. */
  readonly error: ErrorBody;
}

/** How a refusal is written. Source: TAMS 8.2, `error.json`. */
export interface ErrorBody {
  /** Which kind, in one word. */
  readonly type: string;
  /** What is wrong, in a sentence. */
  readonly summary: string;
  /** When. */
  readonly time: string;
  /** Where; the store never tells. */
  readonly traceback?: readonly string[] | undefined;
}
