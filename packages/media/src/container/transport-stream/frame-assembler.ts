import type { Timestamp } from "@sluice/time";
import type { AudioFrameHeader } from "../../coding/audio-frame.ts";
import { ByteList } from "../../coding/byte-list.ts";
import { FormatError } from "../../error/format-error.ts";
import type { TransportStreamPacket } from "../../transport-stream/transport-stream-item.ts";
import { SampleTimes } from "./sample-times.ts";
import type { LostPart } from "./lost-part.ts";

/** A frame of coded sound. */
export interface SoundFrame {
  /** Tells it from what is lost. */
  readonly kind: "frame";
  /** What its header tells. */
  readonly header: SoundFrameHeader;
  /** The frame in the normal form. */
  readonly data: Uint8Array;
  /** The frame as it is in the stream, with its header. */
  readonly whole: Uint8Array;
  /** When it is presented. */
  readonly start: Timestamp;
}

/** What the header of a frame tells, and what not every codec has. */
export interface SoundFrameHeader extends AudioFrameHeader {
  /** Whether it is a part of the frame before it. */
  readonly isDependent?: boolean;
  /** How many samples at its start are for the decoder. */
  readonly priming?: number;
  /** How many samples at its end only fill it. */
  readonly remainder?: number;
}

/** Reads the header of a frame that begins with the first of some bytes. */
export type FrameParser = (
  bytes: Uint8Array,
  offset: number,
) => SoundFrameHeader;

/** More than the longest frame of all, and what is behind it, have. */
const MOST_BYTES = 2 ** 16;

/**
 * Makes frames of sound of the packets of a stream: a packet has several mostly, and one
 * may go on in the next.
 *
 * The time of a packet is that of the first frame that begins in it. Holds a frame, and
 * what there is of the next.
 */
export class FrameAssembler {
  readonly #parse: FrameParser;
  readonly #times = new SampleTimes();
  #rest: Uint8Array = new Uint8Array(0);
  /** How many bytes were before the rest. */
  #before = 0;
  /** Where packets with a time begin, in the same count. */
  #marks: { readonly at: number; readonly pts: number }[] = [];
  /** Whether a frame begins where the rest does. */
  #isInStep = false;
  #hasBegun = false;
  #open: SoundFrame | undefined;

  constructor(parse: FrameParser) {
    this.#parse = parse;
  }

  /** Takes a packet. */
  push(packet: TransportStreamPacket): (SoundFrame | LostPart)[] {
    const { data, pts, isComplete, offset } = packet;
    if (!isComplete) {
      const bytes = this.#rest.length + data.length;
      this.#drop(bytes);
      return [this.#lose(offset, bytes, "frames lack a part of their bytes")];
    }
    if (pts !== undefined) {
      this.#marks.push({ at: this.#before + this.#rest.length, pts });
    }
    const parts: (SoundFrame | LostPart)[] = [];
    const list = new ByteList(this.#rest);
    list.append(data);
    this.#take(list.toBytes(), offset, parts);
    return parts;
  }

  /** Gives what is left: nothing more will come. */
  end(): (SoundFrame | LostPart)[] {
    const parts: (SoundFrame | LostPart)[] = [];
    if (this.#open !== undefined) parts.push(this.#open);
    this.#open = undefined;
    const { length } = this.#rest;
    if (length > 0) {
      parts.push(this.#lose(this.#offset, length, "the last frame is cut off"));
    }
    this.#drop(length);
    return parts;
  }

  /** Where the last packet begins in the file. */
  #offset = 0;

  #take(
    bytes: Uint8Array,
    offset: number,
    parts: (SoundFrame | LostPart)[],
  ): void {
    this.#offset = offset;
    let at = 0;
    for (;;) {
      const found = findFrame(bytes, at, this.#parse, this.#isInStep);
      const skipped = found.at - at;
      if (skipped > 0) {
        parts.push(this.#lose(offset, skipped, "bytes belong to no frame"));
        this.#isInStep = false;
      }
      at = found.at;
      if (found.header === undefined) break;
      this.#isInStep = true;
      this.#give(bytes, at, found.header, parts);
      at += found.header.frameBytes;
    }
    this.#rest = bytes.slice(at);
    this.#before += at;
    if (this.#rest.length <= MOST_BYTES) return;
    const { length } = this.#rest;
    this.#drop(length);
    parts.push(this.#lose(offset, length, "bytes belong to no frame"));
  }

  #give(
    bytes: Uint8Array,
    at: number,
    header: SoundFrameHeader,
    parts: (SoundFrame | LostPart)[],
  ): void {
    const { frameBytes, headerBytes, isDependent = false } = header;
    const pts = this.#takeMark(this.#before + at);
    const data = bytes.subarray(at + headerBytes, at + frameBytes);
    const open = this.#open;
    if (isDependent) {
      // What it adds to is lost, or it is.
      if (open !== undefined) this.#open = join(open, data);
      return;
    }
    const start = this.#times.next(pts, header);
    if (start === undefined) {
      parts.push(this.#lose(this.#offset, frameBytes, "no time was told yet"));
      return;
    }
    this.#hasBegun = true;
    if (open !== undefined) parts.push(open);
    const whole = bytes.subarray(at, at + frameBytes);
    this.#open = { kind: "frame", header, data, whole, start };
  }

  /** Gives the time of the last packet that begins up to a place. */
  #takeMark(place: number): number | undefined {
    let pts: number | undefined;
    while (this.#marks[0] !== undefined && this.#marks[0].at <= place) {
      pts = this.#marks.shift()?.pts;
    }
    return pts;
  }

  #drop(bytes: number): void {
    this.#before += bytes;
    this.#rest = new Uint8Array(0);
    this.#marks = [];
    this.#isInStep = false;
    this.#times.forget();
  }

  #lose(offset: number, bytes: number, problem: string): LostPart {
    return { kind: "lost", isStart: !this.#hasBegun, offset, bytes, problem };
  }
}

/**
 * Finds the next frame that is whole. Where none was before it, the next one must be where
 * it ends: chance makes single headers.
 *
 * @returns Where it begins, and its header; no header, if more bytes are needed.
 */
function findFrame(
  bytes: Uint8Array,
  from: number,
  parse: FrameParser,
  isInStep: boolean,
): { readonly at: number; readonly header: SoundFrameHeader | undefined } {
  for (let at = from; at < bytes.length; at++) {
    const header = tryParse(bytes, at, parse);
    if (header === "malformed") continue;
    const end = header === "truncated" ? Infinity : at + header.frameBytes;
    if (header === "truncated" || end > bytes.length) {
      return { at, header: undefined };
    }
    const isSure = at === from && isInStep;
    if (isSure || tryParse(bytes, end, parse) !== "malformed") {
      return { at, header };
    }
  }
  return { at: bytes.length, header: undefined };
}

function tryParse(
  bytes: Uint8Array,
  at: number,
  parse: FrameParser,
): SoundFrameHeader | "malformed" | "truncated" {
  try {
    return parse(bytes.subarray(at), at);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return error.code === "MEDIA_TRUNCATED" ? "truncated" : "malformed";
  }
}

function join(frame: SoundFrame, data: Uint8Array): SoundFrame {
  const list = new ByteList(frame.data);
  list.append(data);
  return { ...frame, data: list.toBytes() };
}
