import { parseAvcSequence } from "./avc-sequence.ts";
import { BitReader } from "./bit-reader.ts";
import { ByteList } from "./byte-list.ts";

/** What a decoder of H.264 is told (an avcC record). */
export interface AvcConfig {
  /** The profile's number: 100 for High. */
  readonly profile: number;
  /** The constraints beside the profile: the byte behind it. */
  readonly compatibility: number;
  /** Ten times the level: 31 for 3.1. */
  readonly level: number;
  /** How many bytes tell the length of a NAL unit: 4 in the normal form. */
  readonly lengthBytes: number;
  /** The sequence parameter sets: NAL units. */
  readonly sequenceParameterSets: readonly Uint8Array[];
  /** The picture parameter sets: NAL units. */
  readonly pictureParameterSets: readonly Uint8Array[];
  /** Extensions of sequence parameter sets: NAL units. */
  readonly sequenceExtensions: readonly Uint8Array[];
}

/** Profiles whose record goes on: ISO/IEC 14496-15, 5.3.3.1. */
const HIGH_PROFILES: ReadonlySet<number> = new Set([100, 110, 122, 144]);

/**
 * Reads an AVCDecoderConfigurationRecord.
 *
 * Source: ISO/IEC 14496-15, 5.3.3.1.
 *
 * @param bytes The record, as MP4 (avcC) and Matroska have it.
 * @returns What it says; the parameter sets are views of `bytes`.
 * @throws {FormatError} If it ends too early, or is of another version.
 */
export function decodeAvcConfig(bytes: Uint8Array): AvcConfig {
  const bits = new BitReader(bytes, { format: "an avcC record" });
  const version = bits.read(8);
  if (version !== 1) throw bits.createError(`it has version ${version}`);
  const [profile, compatibility, level] = [
    bits.read(8),
    bits.read(8),
    bits.read(8),
  ];
  bits.skip(6);
  const lengthBytes = bits.read(2) + 1;
  bits.skip(3);
  const sequenceParameterSets = readUnits(bytes, bits, bits.read(5));
  const pictureParameterSets = readUnits(bytes, bits, bits.read(8));
  // Many files of high profiles end here.
  const goesOn = HIGH_PROFILES.has(profile) && bits.left >= 32;
  if (goesOn) bits.skip(24);
  return {
    profile,
    compatibility,
    level,
    lengthBytes,
    sequenceParameterSets,
    pictureParameterSets,
    sequenceExtensions: goesOn ? readUnits(bytes, bits, bits.read(8)) : [],
  };
}

/**
 * Makes an AVCDecoderConfigurationRecord out of parameter sets; lengths have 4 bytes.
 *
 * Source: ISO/IEC 14496-15, 5.3.3.1.
 *
 * @param sequenceParameterSets NAL units, at least one; profile and level are the first's.
 * @param pictureParameterSets NAL units.
 * @returns The record.
 * @throws {RangeError} If there is no sequence parameter set, more than 31 of them, or more
 * than 255 picture parameter sets.
 * @throws {FormatError} If the first cannot be read.
 */
export function encodeAvcConfig(
  sequenceParameterSets: readonly Uint8Array[],
  pictureParameterSets: readonly Uint8Array[],
): Uint8Array {
  const [first] = sequenceParameterSets;
  if (
    first === undefined ||
    sequenceParameterSets.length > 31 ||
    pictureParameterSets.length > 255
  ) {
    throw new RangeError(
      `Cannot make an avcC record with ${sequenceParameterSets.length} sequence and ${pictureParameterSets.length} picture parameter sets: it takes 1 to 31 and at most 255`,
    );
  }
  const sequence = parseAvcSequence(first);
  const { profile, compatibility, level } = sequence;
  const list = new ByteList([1, profile, compatibility, level, 0xff]);
  list.append([0xe0 | sequenceParameterSets.length]);
  appendUnits(list, sequenceParameterSets);
  list.append([pictureParameterSets.length]);
  appendUnits(list, pictureParameterSets);
  if (HIGH_PROFILES.has(profile)) {
    const { chromaFormat, lumaBits, chromaBits } = sequence;
    list.append([0xfc | chromaFormat, 0xf8 | (lumaBits - 8)]);
    list.append([0xf8 | (chromaBits - 8), 0]);
  }
  return list.toBytes();
}

function readUnits(
  bytes: Uint8Array,
  bits: BitReader,
  count: number,
): Uint8Array[] {
  return Array.from({ length: count }, () => {
    const length = bits.read(16);
    const start = bits.position;
    bits.skip(length * 8);
    return bytes.subarray(start, start + length);
  });
}

function appendUnits(list: ByteList, units: readonly Uint8Array[]): void {
  for (const unit of units) {
    list.append([unit.length >> 8, unit.length & 0xff]);
    list.append(unit);
  }
}
