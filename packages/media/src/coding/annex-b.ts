import { decodeAvcConfig } from "./avc-config.ts";
import { decodeHevcConfig } from "./hevc-config.ts";
import { getNalKind, type NalFormat } from "./nal-type.ts";
import {
  joinAnnexB,
  joinLengthPrefixed,
  splitAnnexB,
  splitLengthPrefixed,
} from "./nal-units.ts";

/** How an access unit is given start codes. */
export interface AnnexBOptions {
  /** Which codec it is of. */
  readonly format: NalFormat;
  /** The decoder's configuration, an avcC or hvcC record, whose parameter sets are used. */
  readonly decoderConfig?: Uint8Array | undefined;
  /** Whether decoding can begin here, so that parameter sets must be there. */
  readonly isKeyFrame?: boolean | undefined;
}

/**
 * Brings an access unit of H.264 or HEVC with start codes into the normal form: the same
 * NAL units in the same order, each behind its length in four bytes.
 *
 * Source: ISO/IEC 14496-15, 4.3.3; our decision record 64.
 *
 * @param data The access unit, as MPEG-TS and elementary streams have it (Annex B).
 * @returns Its normal form.
 * @throws {FormatError} If there is anything but zeros before the first start code.
 *
 * @example There and back
 * ```ts
 * import { toAnnexB, toLengthPrefixed } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const data = Uint8Array.of(0, 0, 0, 1, 9, 16, 0, 0, 0, 1, 0x41, 7);
 * const normal = toLengthPrefixed(data);
 * assert.deepEqual(normal, Uint8Array.of(0, 0, 0, 2, 9, 16, 0, 0, 0, 2, 0x41, 7));
 * assert.deepEqual(toAnnexB(normal, { format: "H264" }), data);
 * ```
 */
export function toLengthPrefixed(data: Uint8Array): Uint8Array {
  return joinLengthPrefixed(splitAnnexB(data));
}

/**
 * Gives an access unit in the normal form start codes, as MPEG-TS and elementary streams
 * have them (Annex B).
 *
 * A key frame that lacks a sequence parameter set is given those of the configuration,
 * behind its delimiter, if it has one. Nothing else is added: see `writeTransportStream`
 * for delimiters.
 *
 * Source: Rec. ITU-T H.264 and H.265, annex B.
 *
 * @param data The access unit in the normal form.
 * @param options Which codec it is of, and what it may lack.
 * @returns The access unit, with start codes of four bytes.
 * @throws {FormatError} If lengths do not fit, or the configuration cannot be read.
 */
export function toAnnexB(data: Uint8Array, options: AnnexBOptions): Uint8Array {
  const units = splitLengthPrefixed(data);
  const sets = listMissing(units, options);
  if (sets.length === 0) return joinAnnexB(units);
  const [first] = units;
  const isDelimiter =
    first !== undefined && getNalKind(first, options.format) === "delimiter";
  units.splice(isDelimiter ? 1 : 0, 0, ...sets);
  return joinAnnexB(units);
}

/**
 * Whether an access unit has start codes. In the normal form it could begin alike only
 * with a unit of one byte, which is none that comes first.
 */
export function isAnnexB(data: Uint8Array): boolean {
  const [first, second, third, fourth] = data;
  if (first !== 0 || second !== 0) return false;
  return third === 1 || (third === 0 && fourth === 1);
}

/** Gives the parameter sets that a key frame needs, and does not have. */
function listMissing(
  units: readonly Uint8Array[],
  { format, decoderConfig, isKeyFrame }: AnnexBOptions,
): readonly Uint8Array[] {
  if (isKeyFrame !== true || decoderConfig === undefined) return [];
  const hasOwn = units.some(
    (unit) => getNalKind(unit, format) === "sequence-parameters",
  );
  if (hasOwn) return [];
  if (format === "H265") return decodeHevcConfig(decoderConfig).parameterSets;
  const config = decodeAvcConfig(decoderConfig);
  return [
    ...config.sequenceParameterSets,
    ...config.sequenceExtensions,
    ...config.pictureParameterSets,
  ];
}
