import type { AudioFrameHeader } from "./audio-frame.ts";
import { BitReader } from "./bit-reader.ts";
import { getOpusSamples, OPUS_SAMPLE_RATE } from "./opus-packet.ts";

/** What stands before a packet of Opus in MPEG-TS, and what the packet tells. */
export interface OpusControlHeader extends AudioFrameHeader {
  /** How many samples are to be dropped at its start. */
  readonly priming: number;
  /** How many samples are to be dropped at its end. */
  readonly remainder: number;
}

const FORMAT = "Opus in MPEG-TS";
const MARK = 0x3ff;

/**
 * Reads the header that a packet of Opus has in MPEG-TS.
 *
 * Source: Opus in MPEG-TS, the draft of the codec's authors, opus_control_header().
 *
 * @param bytes Where the header begins.
 * @param offset Where that is in all that is read, for errors.
 * @param channels How many channels there are, which a packet does not tell.
 * @throws {FormatError} If there is no header, or the packet behind it cannot be.
 */
export function parseOpusControl(
  bytes: Uint8Array,
  offset: number,
  channels: number,
): OpusControlHeader {
  const bits = new BitReader(bytes, { format: FORMAT, offset });
  if (bits.read(11) !== MARK)
    throw bits.createError("no packet begins here", 0);
  const [isStartCut, isEndCut, hasMore] = [
    bits.readFlag(),
    bits.readFlag(),
    bits.readFlag(),
  ];
  bits.skip(2);
  const size = readSize(bits);
  const priming = isStartCut ? bits.read(16) & 0x1fff : 0;
  const remainder = isEndCut ? bits.read(16) & 0x1fff : 0;
  if (hasMore) bits.skip(bits.read(8) * 8);
  const headerBytes = bits.position;
  // Two bytes of the packet tell how many samples it has.
  bits.skip(Math.min(size, 2) * 8);
  const packet = bytes.subarray(headerBytes, headerBytes + size);
  return {
    frameBytes: headerBytes + size,
    headerBytes,
    samples: getOpusSamples(packet),
    sampleRate: OPUS_SAMPLE_RATE,
    channels,
    priming,
    remainder,
  };
}

/** Reads a size that is a sum of bytes, of which all but the last are 255. */
function readSize(bits: BitReader): number {
  let size = 0;
  for (;;) {
    const byte = bits.read(8);
    size += byte;
    if (byte !== 0xff) return size;
  }
}
