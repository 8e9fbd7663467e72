import { z } from "zod";
/** Where the essence of a flow is in a container that holds several. */
export interface ContainerMapping {
  /** Which track of the container, from 0. */
  readonly track_index?: number | undefined;
  /** Which track of this format, from 0. */
  readonly format_track_index?: number | undefined;
  /** Which channels of an audio track. */
  readonly audio_track?:
    | {
        /** The channels by number, from 0. */
        readonly channel_numbers?: readonly number[] | undefined;
        /** The first and the last of them: `0_1`. */
        readonly channel_range?: string | undefined;
      }
    | undefined;
  /** Where it is in MPEG-TS. */
  readonly mp2ts_container?:
    | {
        /** Its packet identifier. */
        readonly pid?: number | undefined;
      }
    | undefined;
  /** Where it is in MXF. */
  readonly mxf_container?:
    | {
        /** The package's UMID or UUID, as URN. */
        readonly package_uid?: string | undefined;
        /** The track's id in the package. */
        readonly track_id?: number | undefined;
      }
    | undefined;
  /** Where it is in MP4 and its relatives. */
  readonly isobmff_container?:
    | {
        /** The track's id. */
        readonly track_id?: number | undefined;
      }
    | undefined;
}

const wholeNumber = z.int().min(0);

/** Source: TAMS 8.2, `container-mapping.json`. */
export const containerMappingSchema: z.ZodType<ContainerMapping> =
  z.looseObject({
    track_index: wholeNumber.optional(),
    format_track_index: wholeNumber.optional(),
    audio_track: z
      .looseObject({
        channel_numbers: z.array(wholeNumber).min(1).optional(),
        channel_range: z
          .string()
          .regex(/^\d+_\d+$/, {
            error: "is no range of channels: write it as in '0_1'",
          })
          .optional(),
      })
      .optional(),
    mp2ts_container: z.looseObject({ pid: z.int().optional() }).optional(),
    mxf_container: z
      .looseObject({
        package_uid: z
          .string()
          .regex(
            /^urn:smpte:umid:[\da-fA-F]{8}(.[\da-fA-F]{8}){7}$|^urn:uuid:[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/,
            { error: "is no URN of a UMID or a UUID" },
          )
          .optional(),
        track_id: z.int().optional(),
      })
      .optional(),
    isobmff_container: z
      .looseObject({ track_id: z.int().optional() })
      .optional(),
  });
