import { computeCrc } from "./crc.ts";
import { PROGRAM_TABLE, PROGRAMS_TABLE } from "./program-tables.ts";

/** What a map says of one stream. */
export interface MapEntry {
  readonly pid: number;
  readonly streamType: number;
  readonly descriptors: Uint8Array;
}

/** The most bytes that follow the length of a section of these tables. */
const MOST_BYTES = 1021;

/** Writes the program association table, of one program. */
export function encodePrograms(
  transportStreamId: number,
  programNumber: number,
  mapPid: number,
): Uint8Array {
  return encodeSection(PROGRAMS_TABLE, transportStreamId, [
    ...to16(programNumber),
    ...to16(0xe000 | mapPid),
  ]);
}

/**
 * Writes a program's map.
 *
 * @throws {RangeError} If it does not fit into a section.
 */
export function encodeProgram(
  programNumber: number,
  pcrPid: number,
  entries: readonly MapEntry[],
): Uint8Array {
  const streams = entries.flatMap(({ pid, streamType, descriptors }) => [
    streamType,
    ...to16(0xe000 | pid),
    ...to16(0xf000 | descriptors.length),
    ...descriptors,
  ]);
  return encodeSection(PROGRAM_TABLE, programNumber, [
    ...to16(0xe000 | pcrPid),
    ...to16(0xf000),
    ...streams,
  ]);
}

/** Source: ISO/IEC 13818-1, 2.4.4: version 0, which holds now, one section of one. */
function encodeSection(
  tableId: number,
  number: number,
  body: readonly number[],
): Uint8Array {
  const length = 5 + body.length + 4;
  if (length > MOST_BYTES) {
    throw new RangeError(
      `Cannot write a program's map of ${length} bytes: there is room for ${MOST_BYTES}`,
    );
  }
  const section = Uint8Array.of(
    tableId,
    ...to16(0xb000 | length),
    ...to16(number),
    0xc1,
    0,
    0,
    ...body,
    0,
    0,
    0,
    0,
  );
  const crc = computeCrc(section.subarray(0, -4));
  new DataView(section.buffer).setUint32(section.length - 4, crc);
  return section;
}

function to16(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
