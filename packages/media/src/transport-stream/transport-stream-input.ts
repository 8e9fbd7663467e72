import type { StreamOptions } from "sluice";
import type { TransportStreamCodec } from "./stream-type.ts";

/** A packet to be written; those that a reader gives are some. */
export interface TransportStreamInput {
  /** Which stream it belongs to: one of those in the options. */
  readonly pid: number;
  /** When it is presented, in 1/90000 s; of any size, its 33 bits are written. */
  readonly pts?: number | undefined;
  /** When it is decoded, not later than that; by default as `pts`. */
  readonly dts?: number | undefined;
  /** One access unit. That of H.264 and HEVC has start codes, as Annex B has it. */
  readonly data: Uint8Array;
  /** Whether one can begin here: a key frame. */
  readonly isRandomAccess?: boolean;
  /** Whether times or counters begin anew here. */
  readonly isDiscontinuous?: boolean;
}

/** A stream to be written. */
export interface TransportStreamTrack {
  /** The PID of its packets, 32 to 8190. */
  readonly pid: number;
  /** What it carries, by name; or `streamType`. */
  readonly codec?: TransportStreamCodec | undefined;
  /** What it carries, by number; by default that of the codec. */
  readonly streamType?: number;
  /** The stream_id of its packets; by default one for its kind, counted up. */
  readonly streamId?: number;
  /** Its language, in three letters. */
  readonly language?: string | undefined;
  /** Other descriptors, one after the other; by default what its codec needs. */
  readonly descriptors?: Uint8Array;
}

/** How a transport stream is written. */
export interface TransportStreamWriterOptions extends StreamOptions {
  /** The streams, in the order of the program's map; at least one. */
  readonly streams: readonly TransportStreamTrack[];
  /** The PID whose packets carry the clock; by default that of the first video, or the first. */
  readonly pcrPid?: number;
  /** The PID of the program's map; 4096 by default. */
  readonly mapPid?: number;
  /** The program's number; 1 by default. */
  readonly programNumber?: number;
  /** The stream's own number; 1 by default. */
  readonly transportStreamId?: number;
  /**
   * How often the tables are repeated, in milliseconds of decoding time, beside before each
   * key frame of video; 500 by default, as DVB allows.
   */
  readonly tableIntervalMs?: number;
  /** How far the clock is behind decoding, in 1/90000 s; 63000 (0.7 s) by default, as ffmpeg's. */
  readonly clockDelay?: number;
  /**
   * Whether the first packet of each PID says that counters begin anew, so that what is
   * written can follow other bytes; true by default.
   */
  readonly beginsAnew?: boolean;
  /**
   * Whether an access unit of H.264 or HEVC that has no delimiter is given one, as the
   * standard wants it; `keep` leaves all bytes as they are. `add` by default.
   */
  readonly delimiters?: "add" | "keep";
}
