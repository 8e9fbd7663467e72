import { z } from "zod";
import { chooseSchema } from "./choose-schema.ts";
import { errorBodySchema, type ErrorBody } from "./error-body.ts";
import { getUrlSchema, type GetUrl } from "./get-url.ts";
import { timerangeSchema, timestampSchema } from "./time-text.ts";

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
    | readonly {
        /** The URL. */
        readonly url: string;
        /** Its name among the URLs of the object. */
        readonly label: string;
      }[]
    | undefined;
}

/** A segment that was not registered, among others. Source: `flow-segment-bulk-failure.json`. */
export interface FailedSegment {
  /** Its object. */
  readonly object_id: string;
  /** Its range. */
  readonly timerange?: string | undefined;
  /** Why. */
  readonly error?: ErrorBody | undefined;
}

/** What is answered if some of several segments were not registered. */
export interface SegmentFailure {
  /** Those. */
  readonly failed_segments: readonly FailedSegment[];
}

const common = {
  object_id: z.string(),
  timerange: timerangeSchema,
  ts_offset: timestampSchema.optional(),
  last_duration: timestampSchema.optional(),
  object_timerange: timerangeSchema.optional(),
  sample_offset: z.int().optional(),
  sample_count: z.int().optional(),
  key_frame_count: z.int().optional(),
};

/** Source: TAMS 8.2, `flow-segment.json`. */
export const segmentSchema: z.ZodType<Segment> = z.looseObject({
  ...common,
  get_urls: z.array(getUrlSchema).optional(),
  init_object: z
    .strictObject({
      object_id: z.string(),
      get_urls: z.array(getUrlSchema).optional(),
    })
    .optional(),
});

/** Source: TAMS 8.2, `flow-segment-post.json`. */
export const segmentPostSchema: z.ZodType<SegmentPost> = z.looseObject({
  ...common,
  init_object_id: z.string().optional(),
  get_urls: z
    .array(z.looseObject({ url: z.string(), label: z.string() }))
    .optional(),
});

/** One segment, or several: what `POST /flows/{flowId}/segments` takes. */
export const segmentPostsSchema: z.ZodType<
  SegmentPost | readonly SegmentPost[]
> = chooseSchema<SegmentPost | readonly SegmentPost[]>((posts) =>
  Array.isArray(posts) ? z.array(segmentPostSchema) : segmentPostSchema,
);

/** Source: TAMS 8.2, `flow-segment-bulk-failure.json`. */
export const segmentFailureSchema: z.ZodType<SegmentFailure> = z.looseObject({
  failed_segments: z.array(
    z.looseObject({
      object_id: z.string(),
      timerange: timerangeSchema.optional(),
      error: errorBodySchema.optional(),
    }),
  ),
});
