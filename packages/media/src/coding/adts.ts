import {
  decodeAacConfig,
  encodeAacConfig,
  findSampleRateIndex,
  getSampleRate,
} from "./aac-config.ts";
import {
  splitFrames,
  type AudioFrame,
  type AudioFrameHeader,
} from "./audio-frame.ts";
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";

/** What the header of a frame of AAC in ADTS tells. */
export interface AdtsHeader extends AudioFrameHeader {
  /** Of which MPEG it says to be. */
  readonly mpegVersion: 2 | 4;
  /** The kind of AAC: 2 for low complexity. */
  readonly objectType: number;
  /** Which loudspeakers: 1 to 7. */
  readonly channelConfiguration: number;
  /** The private, original and home bits, and the two of copyright. */
  readonly flags: number;
  /** How full the decoder's buffer is; 2047 if that varies. */
  readonly bufferFullness: number;
  /** Its checksum, if it has one. */
  readonly checksum: number | undefined;
}

/** A frame of AAC out of ADTS: its header, and what is behind it. */
export type AdtsFrame = AudioFrame<AdtsHeader>;

const FORMAT = "ADTS";
const SYNC = 0xfff;
const [HEADER_BYTES, CHECKSUM_BYTES] = [7, 2] as const;
/** A frame has 13 bits for its length. */
const MOST_BYTES = 0x1fff;
const SAMPLES = 1024;
const VARIABLE = 0x7ff;

/**
 * Reads the header of a frame of AAC in ADTS.
 *
 * Source: ISO/IEC 13818-7, 6.2; ISO/IEC 14496-3, 1.A.2.2.
 *
 * @param bytes Where a frame begins; the header has 7 bytes, or 9 with a checksum.
 * @param offset Where that is in all that is read, for errors; 0 by default.
 * @returns What it tells.
 * @throws {FormatError} If there is no header, or it says what cannot be; also if the frame
 * has several blocks, or tells its channels within, which is not read here.
 */
export function parseAdtsHeader(bytes: Uint8Array, offset = 0): AdtsHeader {
  const bits = new BitReader(bytes, { format: FORMAT, offset });
  if (bits.read(12) !== SYNC) throw bits.createError("no frame begins here", 0);
  const mpegVersion = bits.readFlag() ? 2 : 4;
  const layer = bits.read(2);
  if (layer !== 0) throw bits.createError(`a frame is of layer ${layer}`);
  const hasChecksum = !bits.readFlag();
  const objectType = bits.read(2) + 1;
  const sampleRate = readSampleRate(bits);
  const privateBit = bits.read(1);
  const channelConfiguration = bits.read(3);
  if (channelConfiguration === 0) {
    throw bits.createError("a frame tells its channels in its own blocks");
  }
  const flags = privateBit * 16 + bits.read(4);
  const headerBytes = HEADER_BYTES + (hasChecksum ? CHECKSUM_BYTES : 0);
  const { frameBytes, bufferFullness } = readExtent(bits, headerBytes);
  return {
    frameBytes,
    headerBytes,
    samples: SAMPLES,
    sampleRate,
    channels: channelConfiguration === 7 ? 8 : channelConfiguration,
    mpegVersion,
    objectType,
    channelConfiguration,
    flags,
    bufferFullness,
    checksum: hasChecksum ? bits.read(16) : undefined,
  };
}

/**
 * Cuts ADTS into its frames, and takes their headers off: the normal form of AAC.
 *
 * Source: ISO/IEC 13818-7, 6.2; ISO/IEC 14496-3, 1.A.2.2.
 *
 * @param data Whole frames, one behind the other.
 * @returns The frames, in order; their data are views.
 * @throws {FormatError} If there is no frame where one should be, or the last is cut off.
 *
 * @example A header, taken off and put back
 * ```ts
 * import { joinAdts, splitAdts } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const data = Uint8Array.of(0xff, 0xf1, 0x4c, 0x80, 1, 0x3f, 0xfc, 7, 8);
 * const [frame] = splitAdts(data);
 * assert.deepEqual(frame?.data, Uint8Array.of(7, 8));
 * assert.deepEqual(frame && joinAdts(frame), data);
 * ```
 */
export function splitAdts(data: Uint8Array): AdtsFrame[] {
  return splitFrames(data, FORMAT, parseAdtsHeader);
}

/**
 * Puts a frame's own header back, checksum included.
 *
 * @param frame The header, and what is behind it. The header's length and its frame's are
 * not looked at.
 * @returns The frame in ADTS.
 * @throws {RangeError} If it is longer than ADTS can say, or has a rate that ADTS has not.
 */
export function joinAdts(frame: {
  readonly header: Omit<
    AdtsHeader,
    "frameBytes" | "headerBytes" | "samples" | "channels"
  >;
  readonly data: Uint8Array;
}): Uint8Array {
  const { header, data } = frame;
  const { checksum } = header;
  const headerBytes =
    HEADER_BYTES + (checksum === undefined ? 0 : CHECKSUM_BYTES);
  const frameBytes = headerBytes + data.length;
  const index = findSampleRateIndex(header.sampleRate);
  if (frameBytes > MOST_BYTES) {
    throw new RangeError(
      `Cannot write a frame of ${frameBytes} bytes as ADTS: it takes at most ${MOST_BYTES}`,
    );
  }
  if (index < 0) {
    throw new RangeError(
      `Cannot write ADTS of ${header.sampleRate} samples in a second: it has no number for that`,
    );
  }
  const bits = new BitWriter();
  bits
    .write(SYNC, 12)
    .write(header.mpegVersion === 2 ? 1 : 0, 1)
    .write(0, 2);
  bits.write(checksum === undefined ? 1 : 0, 1);
  bits.write(header.objectType - 1, 2).write(index, 4);
  bits.write(header.flags >> 4, 1).write(header.channelConfiguration, 3);
  bits.write(header.flags, 4).write(frameBytes, 13);
  bits.write(header.bufferFullness, 11).write(0, 2);
  if (checksum !== undefined) bits.write(checksum, 16);
  const joined = new Uint8Array(frameBytes);
  joined.set(bits.toBytes());
  joined.set(data, headerBytes);
  return joined;
}

/**
 * Gives a frame of AAC in the normal form a header, as MPEG-TS and elementary streams have
 * it. SBR and PS are not told in it: decoders find them in the frames.
 *
 * @param data The frame, without a header.
 * @param decoderConfig The AudioSpecificConfig.
 * @returns The frame in ADTS, without a checksum.
 * @throws {FormatError} If the configuration cannot be read.
 * @throws {RangeError} If ADTS cannot say it: a kind above 4, a rate or channels without a
 * number, or more than 8191 bytes.
 */
export function toAdts(
  data: Uint8Array,
  decoderConfig: Uint8Array,
): Uint8Array {
  const config = decodeAacConfig(decoderConfig);
  const { coreObjectType, channelConfiguration, coreSampleRate } = config;
  if (
    coreObjectType > 4 ||
    channelConfiguration < 1 ||
    channelConfiguration > 7 ||
    config.coreFrameSamples !== SAMPLES
  ) {
    throw new RangeError(
      `Cannot write AAC of kind ${coreObjectType} with channel configuration ${channelConfiguration} and frames of ${config.coreFrameSamples} samples as ADTS: it takes 1 to 4, 1 to 7, and ${SAMPLES}`,
    );
  }
  return joinAdts({
    data,
    header: {
      mpegVersion: 4,
      objectType: coreObjectType,
      sampleRate: coreSampleRate,
      channelConfiguration,
      flags: 0,
      bufferFullness: VARIABLE,
      checksum: undefined,
    },
  });
}

/**
 * Makes the AudioSpecificConfig of frames that came as ADTS.
 *
 * @param header The header of one of them.
 * @returns The configuration.
 */
export function toAacConfig(header: AdtsHeader): Uint8Array {
  return encodeAacConfig({
    objectType: header.objectType,
    coreSampleRate: header.sampleRate,
    channelConfiguration: header.channelConfiguration,
  });
}

/** Reads how long a frame is, and that it has one block. */
function readExtent(
  bits: BitReader,
  headerBytes: number,
): Pick<AdtsHeader, "frameBytes" | "bufferFullness"> {
  const frameBytes = bits.read(13);
  const bufferFullness = bits.read(11);
  const blocks = bits.read(2) + 1;
  if (blocks > 1) throw bits.createError(`a frame has ${blocks} blocks`);
  if (frameBytes < headerBytes) {
    throw bits.createError(`a frame has ${frameBytes} bytes`);
  }
  return { frameBytes, bufferFullness };
}

function readSampleRate(bits: BitReader): number {
  const index = bits.read(4);
  const rate = getSampleRate(index);
  if (rate !== undefined) return rate;
  throw bits.createError(`there is no sample rate number ${index}`);
}
