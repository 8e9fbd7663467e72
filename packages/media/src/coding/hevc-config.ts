import { BitReader } from "./bit-reader.ts";
import { ByteList } from "./byte-list.ts";
import { parseHevcSequence, type HevcProfile } from "./hevc-sequence.ts";

/** What a decoder of HEVC is told (an hvcC record). */
export interface HevcConfig {
  /** Profile, tier and level: the 12 bytes of them. */
  readonly profile: HevcProfile;
  /** How many bytes tell the length of a NAL unit: 4 in the normal form. */
  readonly lengthBytes: number;
  /** The parameter sets (and whatever else there is) in order: NAL units. */
  readonly parameterSets: readonly Uint8Array[];
}

/** The parameter sets that a record is made of: NAL units. */
export interface HevcParameterSets {
  /** Those of the video (VPS). */
  readonly video: readonly Uint8Array[];
  /** Those of sequences (SPS), at least one. */
  readonly sequence: readonly Uint8Array[];
  /** Those of pictures (PPS). */
  readonly picture: readonly Uint8Array[];
}

const PROFILE_BYTES = 12;

/**
 * Reads an HEVCDecoderConfigurationRecord.
 *
 * Source: ISO/IEC 14496-15, 8.3.3.1.
 *
 * @param bytes The record, as MP4 (hvcC) and Matroska have it.
 * @returns What it says; the parameter sets are views of `bytes`.
 * @throws {FormatError} If it ends too early, or is of another version.
 */
export function decodeHevcConfig(bytes: Uint8Array): HevcConfig {
  const bits = new BitReader(bytes, { format: "an hvcC record" });
  const version = bits.read(8);
  // Before the standard was done, 0 was written.
  if (version > 1) throw bits.createError(`it has version ${version}`);
  bits.skip(PROFILE_BYTES * 8);
  const profile = bytes.slice(1, 1 + PROFILE_BYTES);
  // Segmentation, parallelism, chroma, depths, rate, and of layers how they are nested.
  bits.skip(16 + 8 + 8 + 8 + 8 + 16 + 6);
  const lengthBytes = bits.read(2) + 1;
  const parameterSets: Uint8Array[] = [];
  for (let arrays = bits.read(8); arrays > 0; arrays--) {
    bits.skip(8);
    for (let count = bits.read(16); count > 0; count--) {
      const length = bits.read(16);
      const start = bits.position;
      bits.skip(length * 8);
      parameterSets.push(bytes.subarray(start, start + length));
    }
  }
  return { profile, lengthBytes, parameterSets };
}

/**
 * Makes an HEVCDecoderConfigurationRecord out of parameter sets; lengths have 4 bytes. It
 * says that there may be others in the stream.
 *
 * Source: ISO/IEC 14496-15, 8.3.3.1.
 *
 * @param sets The parameter sets; profile and level are those of the first of sequences.
 * @returns The record.
 * @throws {RangeError} If there is none of sequences.
 * @throws {FormatError} If that cannot be read.
 */
export function encodeHevcConfig(sets: HevcParameterSets): Uint8Array {
  const [first] = sets.sequence;
  if (first === undefined) {
    throw new RangeError(
      "Cannot make an hvcC record: there is no sequence parameter set",
    );
  }
  const sequence = parseHevcSequence(first);
  const list = new ByteList([1]);
  list.append(sequence.profile);
  const { chromaFormat, lumaBits, chromaBits, layers, isNested } = sequence;
  list.append([0xf0, 0, 0xfc, 0xfc | chromaFormat]);
  list.append([0xf8 | (lumaBits - 8), 0xf8 | (chromaBits - 8), 0, 0]);
  list.append([(layers << 3) | (isNested ? 4 : 0) | 3]);
  const arrays = [
    [32, sets.video],
    [33, sets.sequence],
    [34, sets.picture],
  ] as const;
  const filled = arrays.filter(([, units]) => units.length > 0);
  list.append([filled.length]);
  for (const [type, units] of filled) {
    list.append([type, units.length >> 8, units.length & 0xff]);
    for (const unit of units) {
      list.append([unit.length >> 8, unit.length & 0xff]);
      list.append(unit);
    }
  }
  return list.toBytes();
}
