import { FormatError } from "../error/format-error.ts";

/** How many bytes tell the length of a unit in the normal form. */
const NORMAL_LENGTH_BYTES = 4;

/**
 * Cuts a stream of bytes with start codes (Annex B) into its NAL units.
 *
 * The zeros before a start code and at the end belong to no unit, and are left out: no
 * unit ends with one.
 *
 * Source: Rec. ITU-T H.264 and H.265, annex B.
 *
 * @param data One access unit or several, of H.264 or HEVC.
 * @returns The units, without their start codes: views of `data`.
 * @throws {FormatError} If there is anything but zeros before the first start code.
 *
 * @example Two units
 * ```ts
 * import { splitAnnexB } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const units = splitAnnexB(Uint8Array.of(0, 0, 0, 1, 9, 16, 0, 0, 1, 104, 7));
 * assert.deepEqual(units, [Uint8Array.of(9, 16), Uint8Array.of(104, 7)]);
 * ```
 */
export function splitAnnexB(data: Uint8Array): Uint8Array[] {
  const found = findStartCode(data, 0);
  checkZeros(data, found);
  return splitStartCodes(data)
    .map(withoutZeros)
    .filter((unit) => unit.length > 0);
}

/**
 * Cuts a stream of bytes with start codes into what is behind each of them, with the zeros
 * that follow. What is before the first is left out.
 *
 * Source: ISO/IEC 13818-2, 5.2.3 (next_start_code), and the same in H.264 and HEVC.
 */
export function splitStartCodes(data: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  for (let at = findStartCode(data, 0); at < data.length;) {
    const start = at + 3;
    at = findStartCode(data, start);
    units.push(data.subarray(start, at));
  }
  return units;
}

/** Takes the zeros off that follow a NAL unit, and are not part of it. */
export function withoutZeros(unit: Uint8Array): Uint8Array {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}

/**
 * Joins NAL units with a start code of four bytes before each.
 *
 * @param units The units.
 * @returns The bytes.
 */
export function joinAnnexB(units: readonly Uint8Array[]): Uint8Array {
  return joinUnits(units, () => 1);
}

/**
 * Cuts an access unit in which each NAL unit follows its length.
 *
 * Source: ISO/IEC 14496-15, 4.3.3 (NALUnitLength).
 *
 * @param data The access unit.
 * @param lengthBytes How many bytes a length has, 1 to 4: 4 in the normal form, and what
 * the decoder configuration says in a file.
 * @returns The units: views of `data`.
 * @throws {FormatError} If a unit is empty, or goes on beyond the end.
 */
export function splitLengthPrefixed(
  data: Uint8Array,
  lengthBytes: number = NORMAL_LENGTH_BYTES,
): Uint8Array[] {
  const units: Uint8Array[] = [];
  for (let at = 0; at < data.length;) {
    const start = at + lengthBytes;
    if (start > data.length) {
      throw unitError(
        "MEDIA_TRUNCATED",
        data.length,
        "it ends within a length",
      );
    }
    const length = data
      .subarray(at, start)
      .reduce((value, byte) => value * 256 + byte, 0);
    if (length === 0) throw unitError("MEDIA_MALFORMED", at, "a unit is empty");
    if (start + length > data.length) {
      const problem = `a unit should have ${length} bytes, and has ${data.length - start}`;
      throw unitError("MEDIA_TRUNCATED", data.length, problem);
    }
    units.push(data.subarray(start, start + length));
    at = start + length;
  }
  return units;
}

/**
 * Joins NAL units with the length of each, in four bytes, before it: the normal form.
 *
 * @param units The units.
 * @returns The bytes.
 */
export function joinLengthPrefixed(units: readonly Uint8Array[]): Uint8Array {
  return joinUnits(units, (unit) => unit.length);
}

function joinUnits(
  units: readonly Uint8Array[],
  getPrefix: (unit: Uint8Array) => number,
): Uint8Array {
  const size = units.reduce((sum, unit) => sum + 4 + unit.length, 0);
  const joined = new Uint8Array(size);
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, getPrefix(unit));
    joined.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return joined;
}

/** Finds the next start code of three bytes; the end, if there is none. */
export function findStartCode(data: Uint8Array, from: number): number {
  for (let at = from + 2; at < data.length;) {
    const byte = data[at] ?? 0;
    if (byte > 1) at += 3;
    else if (byte === 0) at += 1;
    else if (data[at - 1] === 0 && data[at - 2] === 0) return at - 2;
    else at += 3;
  }
  return data.length;
}

/** @throws {FormatError} If there is something before the first start code. */
function checkZeros(data: Uint8Array, end: number): void {
  const found = data.subarray(0, end).findIndex((byte) => byte !== 0);
  if (found < 0) return;
  throw unitError(
    "MEDIA_MALFORMED",
    found,
    "there are bytes before the first start code",
  );
}

function unitError(
  code: FormatError["code"],
  offset: number,
  problem: string,
): FormatError {
  return new FormatError({ code, format: "NAL units", offset, problem });
}
