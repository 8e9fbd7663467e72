import type { Ratio } from "./ratio.ts";

/** What is known of the pictures of a video flow. Source: TAMS 8.2, `flow-video.json`. */
export interface VideoEssenceParameters {
  /** Pixels in a line. */
  readonly frame_width: number;
  /** Lines. */
  readonly frame_height: number;
  /** Frames in a second; absent if and only if `vfr` is true. */
  readonly frame_rate?: Ratio | undefined;
  /** Whether the rate varies. */
  readonly vfr?: boolean | undefined;
  /** Significant bits of a value. */
  readonly bit_depth?: number | undefined;
  /** How lines were scanned. */
  readonly interlace_mode?:
    | "progressive"
    | "interlaced_tff"
    | "interlaced_bff"
    | "interlaced_psf"
    | undefined;
  /** The space of the colours. */
  readonly colorspace?: "BT601" | "BT709" | "BT2020" | "BT2100" | undefined;
  /** How light becomes numbers. */
  readonly transfer_characteristic?: "SDR" | "HLG" | "PQ" | undefined;
  /** Width to height, as it is shown. */
  readonly aspect_ratio?: Required<Ratio> | undefined;
  /** Width to height of a pixel. */
  readonly pixel_aspect_ratio?: Required<Ratio> | undefined;
  /** What the values are. */
  readonly component_type?: "YCbCr" | "RGB" | undefined;
  /** Of how many columns one has colour. */
  readonly horiz_chroma_subs?: number | undefined;
  /** Of how many lines one has colour. */
  readonly vert_chroma_subs?: number | undefined;
  /** How uncompressed pictures lie in their bytes. */
  readonly unc_parameters?: { readonly unc_type: string } | undefined;
  /** The bytes of an AVC codec string. */
  readonly avc_parameters?:
    | {
        readonly profile: number;
        readonly level: number;
        readonly flags: number;
      }
    | undefined;
  /** Whether its objects need an initialisation object. */
  readonly init_segments?: boolean | undefined;
}

/** What is known of the sound of an audio flow. Source: TAMS 8.2, `flow-audio.json`. */
export interface AudioEssenceParameters {
  /** Samples in a second. */
  readonly sample_rate: number;
  /** How many channels there are. */
  readonly channels: number;
  /** Significant bits of a sample. */
  readonly bit_depth?: number | undefined;
  /** What is known of its coding. */
  readonly codec_parameters?:
    | {
        /** Samples of a coded frame. */
        readonly coded_frame_size?: number | undefined;
        /** MPEG-4's object type. */
        readonly mp4_oti?: number | undefined;
      }
    | undefined;
  /** How uncompressed channels lie in their bytes. */
  readonly unc_parameters?:
    { readonly unc_type: "interleaved" | "planar" | "pairs" } | undefined;
  /** Whether its objects need an initialisation object. */
  readonly init_segments?: boolean | undefined;
}

/** What is known of an image flow. Source: TAMS 8.2, `flow-image.json`. */
export interface ImageEssenceParameters {
  /** Pixels in a line. */
  readonly frame_width: number;
  /** Lines. */
  readonly frame_height: number;
  /** Width to height, as it is shown. */
  readonly aspect_ratio?: Required<Ratio> | undefined;
}

/** What is known of a data flow. Source: TAMS 8.2, `flow-data.json`. */
export interface DataEssenceParameters {
  /** What the data are: a URN. */
  readonly data_type?: string | undefined;
  /** Whether its objects need an initialisation object. */
  readonly init_segments?: boolean | undefined;
}

/** What is known of a flow of flows. Source: TAMS 8.2, `flow-multi.json`. */
export interface MultiEssenceParameters {
  /** Whether its objects need an initialisation object. */
  readonly init_segments?: boolean | undefined;
}
