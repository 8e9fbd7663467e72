import { z } from "zod";
import { flowCollectionSchema, type FlowCollectionItem } from "./collection.ts";
import {
  containerMappingSchema,
  type ContainerMapping,
} from "./container-mapping.ts";
import {
  audioEssenceParametersSchema,
  dataEssenceParametersSchema,
  imageEssenceParametersSchema,
  multiEssenceParametersSchema,
  videoEssenceParametersSchema,
  type AudioEssenceParameters,
  type DataEssenceParameters,
  type ImageEssenceParameters,
  type MultiEssenceParameters,
  type VideoEssenceParameters,
} from "./essence-parameters.ts";
import { chooseSchema } from "./choose-schema.ts";
import { mediaTypeSchema } from "./mime-type.ts";
import { ratioSchema, type Ratio } from "./ratio.ts";
import { tagsSchema, type Tags } from "./tags.ts";
import { dateTimeSchema, timerangeSchema } from "./time-text.ts";
import { uuidSchema } from "./uuid.ts";

/** What a flow is doing, in the words of who writes it. */
export type FlowStatus =
  | "awaiting_content"
  | "ingesting"
  | "replication_in_progress"
  | "closed_complete";

/** What flows of all formats have. Source: TAMS 8.2, `flow-common.json`. */
export interface FlowCommon {
  /** Its id: a UUID. */
  readonly id: string;
  /** Its source's id: a UUID. */
  readonly source_id: string;
  /** A short name. */
  readonly label?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
  /** Who made it. */
  readonly created_by?: string | undefined;
  /** Who changed its metadata last. */
  readonly updated_by?: string | undefined;
  /** Names and values. */
  readonly tags?: Tags | undefined;
  /** Another text after each change of the metadata. */
  readonly metadata_version?: string | undefined;
  /** How many lossy codings are behind it. */
  readonly generation?: number | undefined;
  /** When it was made. */
  readonly created?: string | undefined;
  /** When its metadata were changed last. */
  readonly metadata_updated?: string | undefined;
  /** When its segments were changed last. */
  readonly segments_updated?: string | undefined;
  /** What it is doing. */
  readonly status?: FlowStatus | undefined;
  /** Whether nothing of it may be changed, but this. */
  readonly read_only?: boolean | undefined;
  /** The highest bit rate of its segments, in 1000 bit/s. */
  readonly max_bit_rate?: number | undefined;
  /** From when to when there are samples; told only to who asks. */
  readonly timerange?: string | undefined;
  /** The flows that it collects. */
  readonly flow_collection?: readonly FlowCollectionItem[] | undefined;
  /** The flows that collect it: derived. */
  readonly collected_by?: readonly string[] | undefined;
}

/** The technical part of all formats. Source: TAMS 8.2, `flow-technical.json`. */
export interface FlowTechnical {
  /** How it is coded: a MIME type. */
  readonly codec?: string | undefined;
  /** What its segments' objects are: a MIME type; absent if it has no segments of its own. */
  readonly container?: string | undefined;
  /** The mean bit rate of its segments, in 1000 bit/s. */
  readonly avg_bit_rate?: number | undefined;
  /** About how long a segment is, in seconds. */
  readonly segment_duration?: Ratio | undefined;
  /** Where its essence is in its container. */
  readonly container_mapping?: ContainerMapping | undefined;
}

/** The technical part of a video flow. */
export interface VideoTechnical extends FlowTechnical {
  /** What it is of. */
  readonly format: "urn:x-nmos:format:video";
  readonly codec: string;
  /** What is known of it apart from its coding. */
  readonly essence_parameters: VideoEssenceParameters;
}

/** The technical part of an audio flow. */
export interface AudioTechnical extends FlowTechnical {
  /** What it is of. */
  readonly format: "urn:x-nmos:format:audio";
  readonly codec: string;
  /** What is known of it apart from its coding. */
  readonly essence_parameters: AudioEssenceParameters;
}

/** The technical part of an image flow. */
export interface ImageTechnical extends FlowTechnical {
  /** What it is of. */
  readonly format: "urn:x-tam:format:image";
  readonly codec: string;
  /** What is known of it apart from its coding. */
  readonly essence_parameters: ImageEssenceParameters;
}

/** The technical part of a data flow. */
export interface DataTechnical extends FlowTechnical {
  /** What it is of. */
  readonly format: "urn:x-nmos:format:data";
  readonly codec: string;
  /** What is known of it apart from its coding. */
  readonly essence_parameters: DataEssenceParameters;
}

/** The technical part of a flow of flows. */
export interface MultiTechnical extends FlowTechnical {
  /** What it is of. */
  readonly format: "urn:x-nmos:format:multi";
  /** What is known of it apart from its coding. */
  readonly essence_parameters?: MultiEssenceParameters | undefined;
}

/** The technical part of a flow of one format: what a profile holds. */
export type MonoTechnical =
  VideoTechnical | AudioTechnical | ImageTechnical | DataTechnical;

/** The technical part of any flow. */
export type AnyTechnical = MonoTechnical | MultiTechnical;

/** A flow that was made after a profile names it. */
export interface ProfileLink {
  /** The profile's id: a UUID. */
  readonly profile_id?: string | undefined;
}

/**
 * A flow: one way in which a source is coded, on a timeline without end.
 *
 * Source: TAMS 8.2, `flow-get.json`.
 */
export type Flow = FlowCommon & ProfileLink & AnyTechnical;

/**
 * What a flow is made of, or changed to: all of its metadata; what is absent is taken away.
 * With a `profile_id`, the profile has the technical part.
 *
 * Source: TAMS 8.2, `flow-put.json`.
 */
export type FlowPut =
  | Flow
  | (FlowCommon & {
      /** The profile's id: a UUID. */
      readonly profile_id: string;
      /** The profile tells it. */
      readonly format?: undefined;
    });

/** Source: TAMS 8.2, `flow-status.json`. */
export const flowStatusSchema: z.ZodType<FlowStatus> = z.enum([
  "awaiting_content",
  "ingesting",
  "replication_in_progress",
  "closed_complete",
]);

const wholeNumber = z.int().min(0);

const common = {
  id: uuidSchema,
  source_id: uuidSchema,
  label: z.string().optional(),
  description: z.string().optional(),
  created_by: z.string().optional(),
  updated_by: z.string().optional(),
  tags: tagsSchema.optional(),
  metadata_version: z.string().optional(),
  generation: wholeNumber.optional(),
  created: dateTimeSchema.optional(),
  metadata_updated: dateTimeSchema.optional(),
  segments_updated: dateTimeSchema.optional(),
  status: flowStatusSchema.optional(),
  read_only: z.boolean().optional(),
  max_bit_rate: wholeNumber.optional(),
  timerange: timerangeSchema.optional(),
  flow_collection: flowCollectionSchema.optional(),
  collected_by: z.array(uuidSchema).optional(),
};

const technical = {
  codec: mediaTypeSchema.optional(),
  container: mediaTypeSchema.optional(),
  avg_bit_rate: wholeNumber.optional(),
  segment_duration: ratioSchema.optional(),
  container_mapping: containerMappingSchema.optional(),
};

const video = {
  ...technical,
  format: z.literal("urn:x-nmos:format:video"),
  codec: mediaTypeSchema,
  essence_parameters: videoEssenceParametersSchema,
};
const audio = {
  ...technical,
  format: z.literal("urn:x-nmos:format:audio"),
  codec: mediaTypeSchema,
  essence_parameters: audioEssenceParametersSchema,
};
const image = {
  ...technical,
  format: z.literal("urn:x-tam:format:image"),
  codec: mediaTypeSchema,
  essence_parameters: imageEssenceParametersSchema,
};
const data = {
  ...technical,
  format: z.literal("urn:x-nmos:format:data"),
  codec: mediaTypeSchema,
  essence_parameters: dataEssenceParametersSchema,
};
const multi = {
  ...technical,
  format: z.literal("urn:x-nmos:format:multi"),
  essence_parameters: multiEssenceParametersSchema.optional(),
};

/** The technical part of a profile. Source: TAMS 8.2, `profile.json`. */
export const monoTechnicalSchema: z.ZodType<MonoTechnical> =
  z.discriminatedUnion("format", [
    z.looseObject(video),
    z.looseObject(audio),
    z.looseObject(image),
    z.looseObject(data),
  ]);

const linked = { ...common, profile_id: uuidSchema.optional() };

/** Source: TAMS 8.2, `flow-get.json`. */
export const flowSchema: z.ZodType<Flow> = z.discriminatedUnion("format", [
  z.looseObject({ ...linked, ...video }),
  z.looseObject({ ...linked, ...audio }),
  z.looseObject({ ...linked, ...image }),
  z.looseObject({ ...linked, ...data }),
  z.looseObject({ ...linked, ...multi }),
]);

const profiledFlowSchema: z.ZodType<Exclude<FlowPut, Flow>> = z.looseObject({
  ...common,
  profile_id: uuidSchema,
  format: z.undefined().optional(),
});

/**
 * A flow with its technical part, or with a profile's instead. An empty `profile_id` beside
 * a technical part takes the link to a profile away.
 *
 * Source: TAMS 8.2, `flow-put.json`, and the text of `PUT /flows/{flowId}`.
 */
export const flowPutSchema: z.ZodType<FlowPut> = z.preprocess(
  unlink,
  chooseSchema<FlowPut>((flow) =>
    hasFormat(flow) ? flowSchema : profiledFlowSchema,
  ),
);

function hasFormat(flow: unknown): boolean {
  return (
    typeof flow !== "object" ||
    flow === null ||
    "format" in flow ||
    !("profile_id" in flow)
  );
}

function unlink(flow: unknown): unknown {
  if (typeof flow !== "object" || flow === null) return flow;
  if (!("profile_id" in flow) || flow.profile_id !== "") return flow;
  const { profile_id: _, ...rest } = flow;
  return rest;
}
