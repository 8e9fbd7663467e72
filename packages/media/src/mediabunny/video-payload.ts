import type { VideoCodec } from "mediabunny";
import { toLengthPrefixed } from "../coding/annex-b.ts";
import { encodeAvcConfig } from "../coding/avc-config.ts";
import { encodeHevcConfig } from "../coding/hevc-config.ts";
import { getNalKind, type NalFormat } from "../coding/nal-type.ts";
import {
  joinLengthPrefixed,
  splitAnnexB,
  splitLengthPrefixed,
} from "../coding/nal-units.ts";

/** What the bytes of pictures are made, and what a decoder of them is told. */
export interface VideoPayload {
  readonly decoderConfig: Uint8Array | undefined;
  readonly convert: (data: Uint8Array) => Uint8Array;
}

/** Where in its configuration a codec tells how long the lengths of its units are. */
const lengthPlaces: Record<NalFormat, number> = { H264: 4, H265: 21 };

/**
 * Tells how pictures are put into their normal form: of H.264 and HEVC, each unit behind
 * its length in four bytes. Others stay as they are.
 *
 * Source: ISO/IEC 14496-15, `lengthSizeMinusOne` of avcC and hvcC.
 *
 * @param decoderConfig What the container tells a decoder, if it does.
 * @param first The first picture, if there is one.
 * @throws {FormatError} If neither tells how its units are parted.
 */
export function toVideoPayload(
  codec: VideoCodec | null,
  decoderConfig: Uint8Array | undefined,
  first: Uint8Array | undefined,
): VideoPayload {
  const format = toNalFormat(codec);
  const asItIs = { decoderConfig, convert: (data: Uint8Array) => data };
  if (format === undefined) return asItIs;
  if (decoderConfig === undefined) {
    if (first === undefined) return asItIs;
    const sets = toConfig(splitAnnexB(first), format);
    return { decoderConfig: sets, convert: toLengthPrefixed };
  }
  const place = lengthPlaces[format];
  const flags = decoderConfig[place] ?? 3;
  const lengthBytes = (flags & 3) + 1;
  if (lengthBytes === 4) return asItIs;
  return {
    decoderConfig: decoderConfig.slice().fill(flags | 3, place, place + 1),
    convert: (data) =>
      joinLengthPrefixed(splitLengthPrefixed(data, lengthBytes)),
  };
}

function toNalFormat(codec: VideoCodec | null): NalFormat | undefined {
  if (codec === "avc") return "H264";
  return codec === "hevc" ? "H265" : undefined;
}

/** Makes the configuration of the parameter sets of a stream that has them within. */
function toConfig(
  units: readonly Uint8Array[],
  format: NalFormat,
): Uint8Array | undefined {
  const pick = (kind: string): Uint8Array[] =>
    units.filter((unit) => getNalKind(unit, format) === kind);
  const sequence = pick("sequence-parameters");
  const picture = pick("picture-parameters");
  if (sequence.length === 0) return undefined;
  if (format === "H264") return encodeAvcConfig(sequence, picture);
  const video = pick("video-parameters");
  return encodeHevcConfig({ video, sequence, picture });
}
