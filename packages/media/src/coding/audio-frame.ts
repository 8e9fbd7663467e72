import { FormatError } from "../error/format-error.ts";

/** What the header of a frame of coded sound tells. */
export interface AudioFrameHeader {
  /** How long the frame is, header included, in bytes. */
  readonly frameBytes: number;
  /** How many of them are a header that is not part of the normal form. */
  readonly headerBytes: number;
  /** How many samples each channel has. */
  readonly samples: number;
  /** How many samples there are in a second. */
  readonly sampleRate: number;
  /** How many channels there are. */
  readonly channels: number;
}

/** A frame of coded sound, found among others. */
export interface AudioFrame<Header extends AudioFrameHeader> {
  /** What its header tells. */
  readonly header: Header;
  /** The frame in the normal form: a view, without a header that does not belong to it. */
  readonly data: Uint8Array;
}

/**
 * Cuts bytes into frames that follow each other without a gap.
 *
 * @throws {FormatError} If there is no frame where one should be, or the last is cut off.
 */
export function splitFrames<Header extends AudioFrameHeader>(
  data: Uint8Array,
  format: string,
  parse: (bytes: Uint8Array, offset: number) => Header,
): AudioFrame<Header>[] {
  const frames: AudioFrame<Header>[] = [];
  for (let at = 0; at < data.length;) {
    const header = parse(data.subarray(at), at);
    const end = at + header.frameBytes;
    if (end > data.length) {
      throw new FormatError({
        code: "MEDIA_TRUNCATED",
        format,
        offset: data.length,
        problem: `a frame should have ${header.frameBytes} bytes, and has ${data.length - at}`,
      });
    }
    frames.push({ header, data: data.subarray(at + header.headerBytes, end) });
    at = end;
  }
  return frames;
}
