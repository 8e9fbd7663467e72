import { getNalKind, UNIT_ROLES } from "./nal-type.ts";
import { joinLengthPrefixed, withoutZeros } from "./nal-units.ts";
import type { PictureMark, UnitRole, UnitSyntax } from "./unit-syntax.ts";

/**
 * Tells access units of HEVC apart: those of the base layer, and what belongs to them.
 *
 * Source: Rec. ITU-T H.265, 7.4.2.4.4.
 */
export class HevcSyntax implements UnitSyntax {
  getRole(unit: Uint8Array): UnitRole {
    // Other layers belong to the picture before them.
    if (getLayer(unit) > 0) return "other";
    const role = UNIT_ROLES[getNalKind(unit, "H265")];
    const isFirstPart = ((unit[2] ?? 0) & 0x80) !== 0;
    return role === "picture" && !isFirstPart ? "other" : role;
  }

  getMark(unit: Uint8Array): PictureMark {
    const isKey = getNalKind(unit, "H265") === "key-picture";
    return { number: 0, field: undefined, isKey };
  }

  /** Every picture that decoding can begin with says so itself. */
  isRecoveryPoint(): boolean {
    return false;
  }

  join(units: readonly Uint8Array[]): Uint8Array {
    return joinLengthPrefixed(units.map(withoutZeros));
  }
}

function getLayer(unit: Uint8Array): number {
  const [first = 0, second = 0] = unit;
  return ((first & 1) << 5) | (second >> 3);
}
