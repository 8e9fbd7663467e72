import { decodeAvcConfig } from "./avc-config.ts";
import { BitReader } from "./bit-reader.ts";
import { decodeHevcConfig } from "./hevc-config.ts";
import { getNalKind, type NalFormat } from "./nal-type.ts";
import { readVideoUsability } from "./video-usability.ts";

/** Profiles that say more of colour: Rec. ITU-T H.264, 7.3.2.1.1. */
const highProfiles: ReadonlySet<number> = new Set([
  100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135,
]);

/**
 * Tells how many pictures may be decoded before one that is presented earlier, as the
 * first sequence parameter set of a configuration promises it.
 *
 * Source: Rec. ITU-T H.264, E.2.1 (`max_num_reorder_frames`), and H.265, 7.4.3.2.1
 * (`sps_max_num_reorder_pics`).
 *
 * @param format Which codec it is of.
 * @param decoderConfig The decoder's configuration, an avcC or hvcC record.
 * @returns The number; absent if there is no promise.
 * @throws {FormatError} If the configuration cannot be read.
 */
export function findReorderDepth(
  format: NalFormat,
  decoderConfig: Uint8Array,
): number | undefined {
  const [unit] =
    format === "H264"
      ? decodeAvcConfig(decoderConfig).sequenceParameterSets
      : decodeHevcConfig(decoderConfig).parameterSets.filter(
          (set) => getNalKind(set, format) === "sequence-parameters",
        );
  if (unit === undefined) return undefined;
  const bits = new BitReader(unit, {
    format: "a sequence parameter set",
    isEscaped: true,
  });
  return format === "H264" ? readAvcDepth(bits) : readHevcDepth(bits);
}

function readHevcDepth(bits: BitReader): number | undefined {
  bits.skip(16 + 4);
  const layers = bits.read(3) + 1;
  bits.skip(1 + 96);
  // What lower layers say of themselves comes first, and is rare.
  if (layers > 1) return undefined;
  bits.readUnsigned();
  if (bits.readUnsigned() === 3) bits.skip(1);
  skipUnsigned(bits, 2);
  if (bits.readFlag()) skipUnsigned(bits, 4);
  // Depths of luma and chroma, bits of the order, whether there is more than one layer.
  skipUnsigned(bits, 3);
  bits.skip(1);
  bits.readUnsigned();
  return bits.readUnsigned();
}

function readAvcDepth(bits: BitReader): number | undefined {
  bits.skip(8);
  const profile = bits.read(8);
  bits.skip(16);
  bits.readUnsigned();
  if (highProfiles.has(profile)) skipColours(bits);
  bits.readUnsigned();
  const orderType = bits.readUnsigned();
  // Type 2: pictures are presented as they are decoded.
  if (orderType === 2) return 0;
  if (orderType === 0) bits.readUnsigned();
  else skipCycle(bits);
  bits.readUnsigned();
  bits.skip(1);
  skipUnsigned(bits, 2);
  if (!bits.readFlag()) bits.skip(1);
  bits.skip(1);
  if (bits.readFlag()) skipUnsigned(bits, 4);
  return bits.readFlag() ? readRestriction(bits) : undefined;
}

function skipColours(bits: BitReader): void {
  const chromaFormat = bits.readUnsigned();
  if (chromaFormat === 3) bits.skip(1);
  skipUnsigned(bits, 2);
  bits.skip(1);
  if (!bits.readFlag()) return;
  const lists = chromaFormat === 3 ? 12 : 8;
  for (let list = 0; list < lists; list++) {
    if (bits.readFlag()) skipScalingList(bits, list < 6 ? 16 : 64);
  }
}

function skipScalingList(bits: BitReader, size: number): void {
  let [last, next] = [8, 8];
  for (let at = 0; at < size && next !== 0; at++) {
    next = (last + bits.readSigned() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipCycle(bits: BitReader): void {
  bits.skip(1);
  bits.readSigned();
  bits.readSigned();
  for (let count = bits.readUnsigned(); count > 0; count--) bits.readSigned();
}

/** Passes over the VUI up to its end, where the number is. */
function readRestriction(bits: BitReader): number | undefined {
  readVideoUsability(bits);
  if (bits.readFlag()) bits.skip(65);
  const [hasNal, hasVcl] = [skipBuffer(bits), skipBuffer(bits)];
  if (hasNal || hasVcl) bits.skip(1);
  bits.skip(1);
  if (!bits.readFlag()) return undefined;
  bits.skip(1);
  skipUnsigned(bits, 4);
  return bits.readUnsigned();
}

/** Passes over how a buffer is filled, if that is told. */
function skipBuffer(bits: BitReader): boolean {
  const isTold = bits.readFlag();
  if (!isTold) return false;
  const count = bits.readUnsigned() + 1;
  bits.skip(8);
  for (let at = 0; at < count; at++) {
    skipUnsigned(bits, 2);
    bits.skip(1);
  }
  bits.skip(20);
  return true;
}

function skipUnsigned(bits: BitReader, count: number): void {
  for (let at = 0; at < count; at++) bits.readUnsigned();
}
