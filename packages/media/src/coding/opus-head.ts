import { FormatError } from "../error/format-error.ts";

/** What a decoder of Opus is told (the identification header, OpusHead). */
export interface OpusHead {
  /** How many channels there are, 1 to 255. */
  readonly channels: number;
  /** How many samples at the start are there only for the decoder to settle, at 48 kHz. */
  readonly preSkip: number;
  /** The sample rate of what was coded; 0 if that is not known. Opus itself has 48 kHz. */
  readonly inputSampleRate: number;
  /** By how much the output is to be louder, in 1/256 dB. */
  readonly outputGain: number;
  /** How channels are told: 0 for mono and stereo, 1 for surround. */
  readonly mappingFamily: number;
  /** Streams, coupled streams, and which of their channels each channel is; empty of family 0. */
  readonly mapping: Uint8Array;
}

const MARK = Uint8Array.from("OpusHead", (letter) => letter.charCodeAt(0));
const HEAD_BYTES = 19;

/** Streams, coupled ones, and their order. Source: RFC 7845, 5.1.1.2, as Vorbis has it. */
const SURROUND: readonly (readonly number[])[] = [
  [],
  [1, 0, 0],
  [1, 1, 0, 1],
  [2, 1, 0, 2, 1],
  [2, 2, 0, 1, 2, 3],
  [3, 2, 0, 4, 1, 2, 3],
  [4, 2, 0, 4, 1, 2, 3, 5],
  [4, 3, 0, 4, 1, 2, 3, 5, 6],
  [5, 3, 0, 6, 1, 2, 3, 4, 5, 7],
];

/**
 * Reads an Opus identification header.
 *
 * Source: RFC 7845, 5.1.
 *
 * @param bytes The header, as Ogg, Matroska and WebCodecs have it.
 * @returns What it says.
 * @throws {FormatError} If it is none, ends too early, or is of an unknown version.
 */
export function decodeOpusHead(bytes: Uint8Array): OpusHead {
  if (MARK.some((letter, at) => bytes[at] !== letter)) {
    throw headError("MEDIA_MALFORMED", 0, "it does not begin with 'OpusHead'");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mappingFamily = bytes[18] ?? 0;
  const channels = bytes[9] ?? 0;
  const size = HEAD_BYTES + (mappingFamily === 0 ? 0 : 2 + channels);
  if (bytes.length < size) {
    const problem = `it should have ${size} bytes, and has ${bytes.length}`;
    throw headError("MEDIA_TRUNCATED", bytes.length, problem);
  }
  const version = view.getUint8(8);
  if (version > 15) throw headError("MEDIA_MALFORMED", 8, `version ${version}`);
  if (channels === 0) {
    throw headError("MEDIA_MALFORMED", 9, "it has no channels");
  }
  return {
    channels,
    preSkip: view.getUint16(10, true),
    inputSampleRate: view.getUint32(12, true),
    outputGain: view.getInt16(16, true),
    mappingFamily,
    mapping: bytes.slice(HEAD_BYTES, size),
  };
}

/**
 * Writes an Opus identification header.
 *
 * Source: RFC 7845, 5.1.
 *
 * @param head What it says. Without a mapping, that of Vorbis is written of up to 8 channels.
 * @returns The header.
 * @throws {RangeError} If there are 0 channels, or more than 2 without a mapping that there is.
 */
export function encodeOpusHead(
  head: Pick<OpusHead, "channels"> & Partial<OpusHead>,
): Uint8Array {
  const { channels, preSkip = 0, inputSampleRate = 48_000 } = head;
  const { mappingFamily = channels > 2 ? 1 : 0, outputGain = 0 } = head;
  const mapping = toMapping(channels, mappingFamily, head.mapping);
  const bytes = new Uint8Array(HEAD_BYTES + mapping.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MARK);
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, inputSampleRate, true);
  view.setInt16(16, outputGain, true);
  view.setUint8(18, mappingFamily);
  bytes.set([...mapping], HEAD_BYTES);
  return bytes;
}

/** @throws {RangeError} If there is no such mapping. */
function toMapping(
  channels: number,
  family: number,
  given: Uint8Array | undefined,
): Iterable<number> & { readonly length: number } {
  const isSimple = family === 0 && (channels === 1 || channels === 2);
  if (isSimple) return [];
  const mapping = given ?? (family === 1 ? SURROUND[channels] : undefined);
  if (channels >= 1 && family > 0 && mapping?.length === 2 + channels) {
    return mapping;
  }
  throw new RangeError(
    `Cannot write an OpusHead of family ${family} with ${channels} channels: it has no such mapping`,
  );
}

function headError(
  code: FormatError["code"],
  offset: number,
  problem: string,
): FormatError {
  return new FormatError({ code, format: "an OpusHead", offset, problem });
}
