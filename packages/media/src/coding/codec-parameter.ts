import { decodeAacConfig } from "./aac-config.ts";
import { decodeAvcConfig } from "./avc-config.ts";
import { decodeHevcConfig } from "./hevc-config.ts";

/**
 * Spells a codec in detail, out of its decoder's configuration: `avc1.64001f`,
 * `hev1.1.6.L93.90`, `mp4a.40.2`.
 *
 * HEVC is spelled `hev1`, as there may be parameter sets in the stream.
 *
 * Source: RFC 6381, 3.3; ISO/IEC 14496-15, annex E.
 *
 * @param codec A flow's codec: `video/h264`, `video/h265` or `audio/aac`.
 * @param decoderConfig Its decoder's configuration: an avcC or hvcC record, or an
 * AudioSpecificConfig.
 * @returns The spelling; absent for any other codec.
 * @throws {FormatError} If the configuration cannot be read.
 *
 * @example Low-complexity AAC
 * ```ts
 * import { findCodecParameter } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const parameter = findCodecParameter("audio/aac", Uint8Array.of(0x11, 0x90));
 * assert.equal(parameter, "mp4a.40.2");
 * ```
 */
export function findCodecParameter(
  codec: string,
  decoderConfig: Uint8Array,
): string | undefined {
  switch (codec) {
    case "video/h264":
      return formatAvc(decoderConfig);
    case "video/h265":
      return formatHevc(decoderConfig);
    case "audio/aac":
      return `mp4a.40.${decodeAacConfig(decoderConfig).objectType}`;
    default:
      return undefined;
  }
}

function formatAvc(record: Uint8Array): string {
  const { profile, compatibility, level } = decodeAvcConfig(record);
  const hex = [profile, compatibility, level].map((byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return `avc1.${hex.join("")}`;
}

function formatHevc(record: Uint8Array): string {
  const { profile } = decodeHevcConfig(record);
  const [first = 0] = profile;
  const space = ["", "A", "B", "C"][first >> 6] ?? "";
  const tier = (first & 0x20) === 0 ? "L" : "H";
  const constraints = [...profile.subarray(5, 11)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    "hev1",
    `${space}${first & 0x1f}`,
    reverseBits(profile.subarray(1, 5)).toString(16).toUpperCase(),
    `${tier}${profile[11] ?? 0}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join(".");
}

/** Gives 32 bits from the last to the first. */
function reverseBits(bytes: Uint8Array): number {
  let value = 0;
  for (let bit = 31; bit >= 0; bit--) {
    value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  }
  return value;
}
