import { parseAvcSequence, type AvcSequence } from "./avc-sequence.ts";
import { BitReader } from "./bit-reader.ts";
import { FormatError } from "../error/format-error.ts";
import { getNalKind, UNIT_ROLES } from "./nal-type.ts";
import { joinLengthPrefixed, withoutZeros } from "./nal-units.ts";
import type { PictureMark, UnitRole, UnitSyntax } from "./unit-syntax.ts";

/** The number of SEI payloads that say that decoding can begin. */
const RECOVERY_POINT = 6;

/**
 * Tells access units of H.264 apart.
 *
 * A picture begins with the slice of its first macroblock: slices in any order (which only
 * the Extended and Baseline profiles have, and nobody uses) are not looked for.
 *
 * Source: Rec. ITU-T H.264, 7.4.1.2.3 and 7.3.3.
 */
export class AvcSyntax implements UnitSyntax {
  #sequence: AvcSequence | undefined;

  getRole(unit: Uint8Array): UnitRole {
    const kind = getNalKind(unit, "H264");
    if (kind === "sequence-parameters") {
      this.#sequence = tryRead(() => parseAvcSequence(unit));
    }
    const role = UNIT_ROLES[kind];
    return role === "picture" && !isFirstPart(unit) ? "other" : role;
  }

  getMark(unit: Uint8Array): PictureMark {
    const isKey = getNalKind(unit, "H264") === "key-picture";
    const sequence = this.#sequence;
    const frame = { number: 0, field: undefined, isKey };
    if (sequence?.isInterlaced !== true) return frame;
    return tryRead(() => ({ ...readField(unit, sequence), isKey })) ?? frame;
  }

  isRecoveryPoint(unit: Uint8Array): boolean {
    const [first = 0] = unit;
    if ((first & 0x1f) !== 6) return false;
    return listInformation(unit).includes(RECOVERY_POINT);
  }

  join(units: readonly Uint8Array[]): Uint8Array {
    return joinLengthPrefixed(units.map(withoutZeros));
  }
}

/** Reads which frame a slice is of, and which field of it. */
function readField(
  unit: Uint8Array,
  sequence: AvcSequence,
): Omit<PictureMark, "isKey"> {
  const bits = new BitReader(unit.subarray(1), {
    format: "a slice of H.264",
    offset: 1,
    isEscaped: true,
  });
  // The first macroblock, the kind of slice, and its parameter set.
  for (let at = 0; at < 3; at++) bits.readUnsigned();
  if (sequence.hasSeparatePlanes) bits.skip(2);
  const number = bits.read(sequence.frameNumberBits);
  const isField = bits.readFlag();
  if (!isField) return { number, field: undefined };
  return { number, field: bits.readFlag() ? "bottom" : "top" };
}

/** What is damaged is told by who decodes it: here it only tells nothing. */
function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/**
 * Whether a slice is a picture's first: the number of its first macroblock is 0, in one
 * bit. Partitions B and C of a slice have another number at this place.
 */
function isFirstPart(unit: Uint8Array): boolean {
  const [first = 0, second = 0] = unit;
  const type = first & 0x1f;
  return type !== 3 && type !== 4 && (second & 0x80) !== 0;
}

/** Lists the kinds of supplemental information in a unit; nothing that is cut off. */
function listInformation(unit: Uint8Array): number[] {
  const kinds: number[] = [];
  for (let at = 1; at + 2 < unit.length;) {
    const [kind, behind] = readNumber(unit, at);
    const [size, start] = readNumber(unit, behind);
    kinds.push(kind);
    at = start + size;
  }
  return kinds;
}

/** Reads a number that is a sum of bytes, of which all but the last are 255. */
function readNumber(unit: Uint8Array, from: number): [number, number] {
  let at = from;
  while (unit[at] === 0xff) at += 1;
  return [(at - from) * 0xff + (unit[at] ?? 0), at + 1];
}
