import { wrap } from "./timeline.ts";

/** What every PES packet begins with: a prefix, the stream_id and the length. */
export const PES_START_BYTES = 6;

/** The stream_id of packets that only fill space. */
export const PADDING_STREAM = 0xbe;

/** Those whose payload follows at once, without timestamps. */
const BARE_STREAMS: ReadonlySet<number> = new Set([
  0xbc,
  PADDING_STREAM,
  0xbf,
  0xf0,
  0xf1,
  0xf2,
  0xf8,
  0xff,
]);

/** The header of a PES packet. */
export interface PesHeader {
  readonly streamId: number;
  /** In 33 bits. */
  readonly pts: number | undefined;
  /** In 33 bits. */
  readonly dts: number | undefined;
  /** Where the payload begins. */
  readonly length: number;
}

/** Whether a PES packet begins here, as far as there are bytes. */
export function startsPes(bytes: Uint8Array): boolean {
  const [zero = 0, otherZero = 0, one = 1] = bytes;
  return bytes.length > 0 && zero === 0 && otherZero === 0 && one === 1;
}

/**
 * Reads the header of a PES packet.
 *
 * Source: ISO/IEC 13818-1, 2.4.3.6.
 *
 * @param bytes The packet, from its first byte on.
 * @returns The header; nothing, if it cannot be right.
 */
export function decodePesHeader(bytes: Uint8Array): PesHeader | undefined {
  if (bytes.length < PES_START_BYTES || !startsPes(bytes)) return undefined;
  const streamId = bytes[3] ?? 0;
  if (BARE_STREAMS.has(streamId)) {
    return { streamId, pts: undefined, dts: undefined, length: 6 };
  }
  return decodeExtension(bytes, streamId);
}

/** Reads the part of a header that most streams have. */
function decodeExtension(
  bytes: Uint8Array,
  streamId: number,
): PesHeader | undefined {
  const [marks = 0, flags = 0, rest = 0] = bytes.subarray(6, 9);
  const length = 9 + rest;
  if (marks >> 6 !== 2 || bytes.length < length) return undefined;
  const times = decodeTimes(bytes.subarray(9, length), flags >> 6);
  return times && { streamId, ...times, length };
}

/** Reads what two flags say is there: both timestamps, the first, or none. */
function decodeTimes(
  bytes: Uint8Array,
  flags: number,
): Pick<PesHeader, "pts" | "dts"> | undefined {
  if (flags === 0) return { pts: undefined, dts: undefined };
  if (flags === 1) return undefined;
  const pts = decodeTimestamp(bytes, 0, flags);
  const dts = flags === 3 ? decodeTimestamp(bytes, 5, 1) : pts;
  return pts === undefined || dts === undefined ? undefined : { pts, dts };
}

/** Writes a timestamp of 33 bits as its five bytes. */
function encodeTimestamp(
  bytes: Uint8Array,
  at: number,
  time: number,
  mark: number,
): void {
  const high = Math.floor(time / 2 ** 30);
  bytes[at] = (mark << 4) | (high << 1) | 1;
  bytes[at + 1] = (time >>> 22) & 0xff;
  bytes[at + 2] = ((time >>> 14) & 0xfe) | 1;
  bytes[at + 3] = (time >>> 7) & 0xff;
  bytes[at + 4] = ((time << 1) & 0xfe) | 1;
}

/** Reads five bytes with a timestamp; nothing, if their marks are wrong. */
function decodeTimestamp(
  bytes: Uint8Array,
  at: number,
  mark: number,
): number | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(at, at + 5);
  if (a >> 4 !== mark || (a & c & e & 1) !== 1) return undefined;
  const low = (b << 22) | ((c >> 1) << 15) | (d << 7) | (e >> 1);
  return ((a >> 1) & 7) * 2 ** 30 + low;
}

/** The most that a packet's length can say. */
const MOST_BYTES = 0xffff;

/**
 * Writes the header of a PES packet.
 *
 * @param streamId What kind of stream it is.
 * @param times In 1/90000 s; their 33 bits are written.
 * @param payloadBytes How many bytes follow.
 * @throws {RangeError} If there are more than a length can say, and it is no video, which
 * may leave it open.
 */
export function encodePesHeader(
  streamId: number,
  times: Times,
  payloadBytes: number,
): Uint8Array {
  const stamps = encodeTimes(times);
  const length = 3 + stamps.length + payloadBytes;
  const isVideo = streamId >> 4 === 0xe;
  if (length > MOST_BYTES && !isVideo) {
    throw new RangeError(
      `Cannot write a packet of ${payloadBytes} bytes: only one of video may have more than ${MOST_BYTES - 3 - stamps.length}`,
    );
  }
  const shown = length > MOST_BYTES ? 0 : length;
  return Uint8Array.of(
    ...[0, 0, 1, streamId, shown >> 8, shown & 0xff],
    streamId === PRIVATE_STREAM ? 0x80 : ALIGNED,
    // Flags: neither timestamp, the first, or both.
    [0, 0x80, 0xc0][stamps.length / 5] ?? 0,
    stamps.length,
    ...stamps,
  );
}

function encodeTimes({ pts, dts = pts }: Times): Uint8Array {
  if (pts === undefined || dts === undefined) return new Uint8Array(0);
  const hasDts = dts !== pts;
  const stamps = new Uint8Array(hasDts ? 10 : 5);
  encodeTimestamp(stamps, 0, wrap(pts), hasDts ? 3 : 2);
  if (hasDts) encodeTimestamp(stamps, 5, wrap(dts), 1);
  return stamps;
}

interface Times {
  readonly pts?: number | undefined;
  readonly dts?: number | undefined;
}

const PRIVATE_STREAM = 0xbd;
/** The payload begins with an access unit. */
const ALIGNED = 0x84;
