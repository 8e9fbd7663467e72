import { findCodec, findLanguage } from "./stream-type.ts";
import type {
  ElementaryStream,
  TransportStreamProgram,
  TransportStreamPrograms,
} from "./transport-stream-item.ts";

/** The table_id of the program association table. */
export const PROGRAMS_TABLE = 0x00;
/** The table_id of a program's map. */
export const PROGRAM_TABLE = 0x02;

/** What comes before the loops of a section of the long form. */
const HEAD_BYTES = 8;
const CRC_BYTES = 4;

/** A part of the program association table, which may have several. */
export interface ProgramsSection extends TransportStreamPrograms {
  readonly section: number;
  readonly lastSection: number;
}

/**
 * Whether a section holds now, and not only next.
 *
 * Source: ISO/IEC 13818-1, 2.4.4.5, current_next_indicator.
 */
export function isCurrent(section: Uint8Array): boolean {
  return ((section[5] ?? 0) & 1) === 1;
}

/**
 * Reads a section of the program association table.
 *
 * Source: ISO/IEC 13818-1, 2.4.4.3.
 */
export function decodePrograms(
  section: Uint8Array,
): ProgramsSection | undefined {
  const end = section.length - CRC_BYTES;
  if (section[0] !== PROGRAMS_TABLE || (end - HEAD_BYTES) % 4 !== 0) {
    return undefined;
  }
  const view = toView(section);
  const programs: { number: number; pid: number }[] = [];
  for (let at = HEAD_BYTES; at < end; at += 4) {
    const number = view.getUint16(at);
    const pid = view.getUint16(at + 2) & 0x1fff;
    // Number 0 names the network's own table.
    if (number !== 0) programs.push({ number, pid });
  }
  return {
    kind: "programs",
    transportStreamId: view.getUint16(3),
    version: decodeVersion(section),
    programs,
    section: view.getUint8(6),
    lastSection: view.getUint8(7),
  };
}

/**
 * Reads a program's map.
 *
 * Source: ISO/IEC 13818-1, 2.4.4.8.
 */
export function decodeProgram(
  section: Uint8Array,
  pid: number,
): TransportStreamProgram | undefined {
  const end = section.length - CRC_BYTES;
  if (section[0] !== PROGRAM_TABLE || end < HEAD_BYTES + 4) return undefined;
  const view = toView(section);
  const first = HEAD_BYTES + 4 + (view.getUint16(HEAD_BYTES + 2) & 0x0fff);
  const streams = decodeStreams(section, first, end);
  if (streams === undefined) return undefined;
  return {
    kind: "program",
    number: view.getUint16(3),
    pid,
    version: decodeVersion(section),
    pcrPid: view.getUint16(HEAD_BYTES) & 0x1fff,
    descriptors: section.slice(HEAD_BYTES + 4, first),
    streams,
  };
}

function decodeStreams(
  section: Uint8Array,
  first: number,
  end: number,
): ElementaryStream[] | undefined {
  const view = toView(section);
  const streams: ElementaryStream[] = [];
  let at = first;
  while (at + 5 <= end) {
    const streamType = view.getUint8(at);
    const length = view.getUint16(at + 3) & 0x0fff;
    const next = at + 5 + length;
    if (next > end) return undefined;
    const descriptors = section.slice(at + 5, next);
    streams.push({
      pid: view.getUint16(at + 1) & 0x1fff,
      streamType,
      codec: findCodec(streamType, descriptors),
      language: findLanguage(descriptors),
      descriptors,
    });
    at = next;
  }
  return at === end ? streams : undefined;
}

function decodeVersion(section: Uint8Array): number {
  return ((section[5] ?? 0) >> 1) & 0x1f;
}

function toView(section: Uint8Array): DataView {
  return new DataView(section.buffer, section.byteOffset, section.length);
}
