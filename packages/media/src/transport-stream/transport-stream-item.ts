import type { TransportStreamCodec } from "./stream-type.ts";

/** The programs of a stream, as its program association table has them. */
export interface TransportStreamPrograms {
  /** Tells it from the other items. */
  readonly kind: "programs";
  /** The stream's own number. */
  readonly transportStreamId: number;
  /** The table's version, 0 to 31. */
  readonly version: number;
  /** The programs that it names. */
  readonly programs: readonly {
    /** The program's number; not 0, which is that of the network. */
    readonly number: number;
    /** The PID of its map. */
    readonly pid: number;
  }[];
}

/** One of the streams of a program. */
export interface ElementaryStream {
  /** The PID of its packets. */
  readonly pid: number;
  /** What it carries, as ISO/IEC 13818-1, table 2-34 numbers it. */
  readonly streamType: number;
  /** What it carries, by name; absent if it is private, or not known here. */
  readonly codec: TransportStreamCodec | undefined;
  /** Its language, of three letters, if it says so. */
  readonly language: string | undefined;
  /** Its descriptors, one after the other, as they are. */
  readonly descriptors: Uint8Array;
}

/** A program's map: told when it is first there, and whenever it changes. */
export interface TransportStreamProgram {
  /** Tells it from the other items. */
  readonly kind: "program";
  /** The program's number. */
  readonly number: number;
  /** The PID of this map. */
  readonly pid: number;
  /** The table's version, 0 to 31. */
  readonly version: number;
  /** The PID whose packets carry the program's clock; 8191 if none does. */
  readonly pcrPid: number;
  /** The program's own descriptors, as they are. */
  readonly descriptors: Uint8Array;
  /** Its streams. */
  readonly streams: readonly ElementaryStream[];
}

/** A packet of an elementary stream (a PES packet). */
export interface TransportStreamPacket {
  /** Tells it from the other items. */
  readonly kind: "packet";
  /** Which stream it belongs to. */
  readonly pid: number;
  /** The stream's kind, if a map has told it yet. */
  readonly streamType: number | undefined;
  /** The stream's kind, by name. */
  readonly codec: TransportStreamCodec | undefined;
  /** The stream_id of its header: 0xE0 and more for video, 0xC0 and more for audio. */
  readonly streamId: number;
  /** When it is presented, in 1/90000 s, unwrapped; always a safe integer. */
  readonly pts: number | undefined;
  /** When it is decoded, in 1/90000 s, unwrapped; as `pts` where that is all there is. */
  readonly dts: number | undefined;
  /** Its payload, of its own memory. */
  readonly data: Uint8Array;
  /** Whether it is marked as a place to begin with. */
  readonly isRandomAccess: boolean;
  /** Whether the sender says that counters or clocks begin anew here. */
  readonly isDiscontinuous: boolean;
  /** Whether all of it is there, as far as can be known. */
  readonly isComplete: boolean;
  /** Where it begins in the file. */
  readonly offset: number;
}

/** A reading of a program's clock (a PCR). */
export interface TransportStreamClock {
  /** Tells it from the other items. */
  readonly kind: "clock";
  /** Which PID carries it. */
  readonly pid: number;
  /** The time in 1/27000000 s, unwrapped along with the program's timestamps. */
  readonly pcr: number;
  /** Whether the sender says that the clock begins anew here. */
  readonly isDiscontinuous: boolean;
  /** Where its packet begins in the file. */
  readonly offset: number;
}

/** A section of a table that is neither of the two above: SCTE 35, DVB's tables. */
export interface TransportStreamSection {
  /** Tells it from the other items. */
  readonly kind: "section";
  /** Which PID carries it. */
  readonly pid: number;
  /** The stream's kind, if it is listed in a map. */
  readonly streamType: number | undefined;
  /** Its first byte. */
  readonly tableId: number;
  /** All of it, from the first byte on. Its checksum was right, if it has one. */
  readonly data: Uint8Array;
  /** Where its first packet begins in the file. */
  readonly offset: number;
}

/**
 * Why something was lost.
 *
 * - `sync`: bytes that belong to no packet.
 * - `flagged`: a packet that its sender or receiver marked as damaged.
 * - `packet`: a packet whose adaptation field is longer than itself.
 * - `continuity`: packets that are missing on a PID.
 * - `start`: payload whose beginning was not there, as at the start of a recording.
 * - `header`: a PES packet with a header that cannot be right.
 * - `length`: payload behind the end that its header gives.
 * - `size`: a PES packet above the limit.
 * - `section`: a section of a table that is cut short, or whose checksum is wrong.
 * - `scrambled`: payload that is encrypted.
 * - `end`: a packet that the end of the file cuts off.
 */
export type TransportStreamLossReason =
  | "sync"
  | "flagged"
  | "packet"
  | "continuity"
  | "start"
  | "header"
  | "length"
  | "size"
  | "section"
  | "scrambled"
  | "end";

/** Something that is missing, or is there and could not be used. */
export interface TransportStreamLoss {
  /** Tells it from the other items. */
  readonly kind: "loss";
  /** Why. */
  readonly reason: TransportStreamLossReason;
  /** Where it begins in the file; of missing packets, where the next one is. */
  readonly offset: number;
  /** How many bytes were there and are not given; 0 for packets that are missing. */
  readonly bytes: number;
  /** Which PID it is about, if one. */
  readonly pid: number | undefined;
  /** How many packets are missing (`continuity`), as far as a counter to 16 can tell. */
  readonly packets: number;
}

/** What a transport stream has, in the order in which it is complete. */
export type TransportStreamItem =
  | TransportStreamPrograms
  | TransportStreamProgram
  | TransportStreamPacket
  | TransportStreamClock
  | TransportStreamSection
  | TransportStreamLoss;
