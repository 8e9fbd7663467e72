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
