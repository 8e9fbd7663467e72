import type { FlowCollectionItem } from "./collection.ts";
import type { ContainerMapping } from "./container-mapping.ts";
import type {
  AudioEssenceParameters,
  DataEssenceParameters,
  ImageEssenceParameters,
  MultiEssenceParameters,
  VideoEssenceParameters,
} from "./essence-parameters.ts";
import type { Ratio } from "./ratio.ts";
import type { Tags } from "./tags.ts";

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
  readonly format: "urn:x-nmos:format:video";
  readonly codec: string;
  readonly essence_parameters: VideoEssenceParameters;
}

/** The technical part of an audio flow. */
export interface AudioTechnical extends FlowTechnical {
  readonly format: "urn:x-nmos:format:audio";
  readonly codec: string;
  readonly essence_parameters: AudioEssenceParameters;
}

/** The technical part of an image flow. */
export interface ImageTechnical extends FlowTechnical {
  readonly format: "urn:x-tam:format:image";
  readonly codec: string;
  readonly essence_parameters: ImageEssenceParameters;
}

/** The technical part of a data flow. */
export interface DataTechnical extends FlowTechnical {
  readonly format: "urn:x-nmos:format:data";
  readonly codec: string;
  readonly essence_parameters: DataEssenceParameters;
}

/** The technical part of a flow of flows. */
export interface MultiTechnical extends FlowTechnical {
  readonly format: "urn:x-nmos:format:multi";
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
  | (FlowCommon & { readonly profile_id: string; readonly format?: undefined });
