import type { UnitRole } from "./unit-syntax.ts";

/** The codecs whose access units are made of NAL units. */
export type NalFormat = "H264" | "H265";

/** What a NAL unit is, as far as it matters to who stores it. */
export type NalKind =
  | "delimiter"
  | "video-parameters"
  | "sequence-parameters"
  | "picture-parameters"
  | "key-picture"
  | "picture"
  | "before-picture"
  | "other";

/** What each kind of unit is, where access units are to be told apart. */
export const UNIT_ROLES: Readonly<Record<NalKind, UnitRole>> = {
  delimiter: "delimiter",
  "video-parameters": "before",
  "sequence-parameters": "before",
  "picture-parameters": "before",
  "before-picture": "before",
  "key-picture": "picture",
  picture: "picture",
  other: "other",
};

/**
 * Tells what a NAL unit is.
 *
 * A key picture is one that decoding can begin with: IDR of H.264; IDR, CRA and BLA of
 * HEVC. What can only be before the pictures of an access unit (supplemental information
 * and the like) is told from what may be anywhere.
 *
 * Source: Rec. ITU-T H.264, table 7-1 and 7.4.1.2.3; H.265, table 7-1 and 7.4.2.4.4.
 */
export function getNalKind(unit: Uint8Array, format: NalFormat): NalKind {
  const [first = 0] = unit;
  return format === "H264"
    ? getAvcKind(first & 0x1f)
    : getHevcKind((first >> 1) & 0x3f);
}

const AVC_KINDS: ReadonlyMap<number, NalKind> = new Map([
  [5, "key-picture"],
  [6, "before-picture"],
  [7, "sequence-parameters"],
  [8, "picture-parameters"],
  [9, "delimiter"],
]);

function getAvcKind(type: number): NalKind {
  if (type >= 1 && type <= 4) return "picture";
  if (type >= 14 && type <= 18) return "before-picture";
  return AVC_KINDS.get(type) ?? "other";
}

const HEVC_KINDS: ReadonlyMap<number, NalKind> = new Map([
  [32, "video-parameters"],
  [33, "sequence-parameters"],
  [34, "picture-parameters"],
  [35, "delimiter"],
  [39, "before-picture"],
]);

function getHevcKind(type: number): NalKind {
  if (type >= 16 && type <= 23) return "key-picture";
  if (type < 32) return "picture";
  const isReserved = (type >= 41 && type <= 44) || (type >= 48 && type <= 55);
  return isReserved ? "before-picture" : (HEVC_KINDS.get(type) ?? "other");
}
