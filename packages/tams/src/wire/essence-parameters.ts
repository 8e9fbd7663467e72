import { z } from "zod";
import {
  fullRatioSchema,
  ratioSchema,
  type FullRatio,
  type Ratio,
} from "./ratio.ts";

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
  readonly aspect_ratio?: FullRatio | undefined;
  /** Width to height of a pixel. */
  readonly pixel_aspect_ratio?: FullRatio | undefined;
  /** What the values are. */
  readonly component_type?: "YCbCr" | "RGB" | undefined;
  /** Of how many columns one has colour. */
  readonly horiz_chroma_subs?: number | undefined;
  /** Of how many lines one has colour. */
  readonly vert_chroma_subs?: number | undefined;
  /** How uncompressed pictures lie in their bytes. */
  readonly unc_parameters?:
    | {
        /** The packing's name. */
        readonly unc_type: (typeof packings)[number];
      }
    | undefined;
  /** The bytes of an AVC codec string. */
  readonly avc_parameters?:
    | {
        /** profile_idc. */
        readonly profile: number;
        /** level_idc. */
        readonly level: number;
        /** The constraint flags. */
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
    | {
        /** The packing's name. */
        readonly unc_type: "interleaved" | "planar" | "pairs";
      }
    | undefined;
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
  readonly aspect_ratio?: FullRatio | undefined;
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

const positive = z.int().min(1);

/** How uncompressed pictures can lie in their bytes. */
const packings = [
  "planar",
  "YUYV",
  "UYVY",
  "AYUV",
  "v210",
  "v216",
  "RGB",
  "RGBx",
  "xRGB",
  "BGRx",
  "xBGR",
  "RGBA",
  "ARGB",
  "BGRA",
  "ABGR",
  "alpha",
] as const;

/** Source: TAMS 8.2, `flow-video.json`: nothing else may stand in it. */
export const videoEssenceParametersSchema: z.ZodType<VideoEssenceParameters> = z
  .strictObject({
    frame_width: positive,
    frame_height: positive,
    frame_rate: ratioSchema.optional(),
    vfr: z.boolean().optional(),
    bit_depth: positive.optional(),
    interlace_mode: z
      .enum([
        "progressive",
        "interlaced_tff",
        "interlaced_bff",
        "interlaced_psf",
      ])
      .optional(),
    colorspace: z.enum(["BT601", "BT709", "BT2020", "BT2100"]).optional(),
    transfer_characteristic: z.enum(["SDR", "HLG", "PQ"]).optional(),
    aspect_ratio: fullRatioSchema.optional(),
    pixel_aspect_ratio: fullRatioSchema.optional(),
    component_type: z.enum(["YCbCr", "RGB"]).optional(),
    horiz_chroma_subs: positive.optional(),
    vert_chroma_subs: positive.optional(),
    unc_parameters: z.looseObject({ unc_type: z.enum(packings) }).optional(),
    avc_parameters: z
      .looseObject({ profile: z.int(), level: z.int(), flags: z.int() })
      .optional(),
    init_segments: z.boolean().optional(),
  })
  .refine((essence) => (essence.vfr === true) !== "frame_rate" in essence, {
    error: "must have a frame_rate, or vfr as true, and not both",
    path: ["frame_rate"],
  });

/** Source: TAMS 8.2, `flow-audio.json`: nothing else may stand in it. */
export const audioEssenceParametersSchema: z.ZodType<AudioEssenceParameters> =
  z.strictObject({
    sample_rate: positive,
    channels: positive,
    bit_depth: positive.optional(),
    codec_parameters: z
      .looseObject({
        coded_frame_size: z.int().optional(),
        mp4_oti: z.int().optional(),
      })
      .optional(),
    unc_parameters: z
      .looseObject({ unc_type: z.enum(["interleaved", "planar", "pairs"]) })
      .optional(),
    init_segments: z.boolean().optional(),
  });

/** Source: TAMS 8.2, `flow-image.json`: nothing else may stand in it. */
export const imageEssenceParametersSchema: z.ZodType<ImageEssenceParameters> =
  z.strictObject({
    frame_width: positive,
    frame_height: positive,
    aspect_ratio: fullRatioSchema.optional(),
  });

/** Source: TAMS 8.2, `flow-data.json`: nothing else may stand in it. */
export const dataEssenceParametersSchema: z.ZodType<DataEssenceParameters> =
  z.strictObject({
    data_type: z.string().optional(),
    init_segments: z.boolean().optional(),
  });

/** Source: TAMS 8.2, `flow-multi.json`: nothing else may stand in it. */
export const multiEssenceParametersSchema: z.ZodType<MultiEssenceParameters> =
  z.strictObject({ init_segments: z.boolean().optional() });
