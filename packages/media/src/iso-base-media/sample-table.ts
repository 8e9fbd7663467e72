import { encodeFullBox, uint32, uint32List, uint64 } from "./box-writer.ts";
import { joinBytes } from "../bytes/join-bytes.ts";

/** What a table says of a sample. */
export interface SampleEntry {
  /** Ticks until the next is decoded. */
  readonly duration: number;
  /** Ticks from when it is decoded to when it is presented; not below 0. */
  readonly offset: number;
  /** Its bytes. */
  readonly size: number;
  /** Whether decoding can begin with it. */
  readonly isSync: boolean;
}

/** Samples that follow each other in the file. */
export interface SampleChunk {
  /** Where the first begins in the file. */
  readonly offset: number;
  /** How many there are. */
  readonly count: number;
}

/**
 * Writes the table of a track's samples.
 *
 * Source: ISO/IEC 14496-12, 8.5 to 8.7.
 *
 * @param description The box `stsd`.
 * @param samples In the order of decoding.
 * @param chunks In the order of the file.
 */
export function encodeSampleTable(
  description: Uint8Array,
  samples: readonly SampleEntry[],
  chunks: readonly SampleChunk[],
): Uint8Array[] {
  const boxes = [
    description,
    encodeRuns("stts", samples, ({ duration }) => duration),
  ];
  if (samples.some(({ offset }) => offset !== 0)) {
    boxes.push(encodeRuns("ctts", samples, ({ offset }) => offset));
  }
  const sync = samples.flatMap(({ isSync }, index) =>
    isSync ? [index + 1] : [],
  );
  if (sync.length < samples.length) {
    boxes.push(
      encodeFullBox("stss", {}, uint32(sync.length), uint32List(sync)),
    );
  }
  const sizes = uint32List(samples.map(({ size }) => size));
  boxes.push(
    encodeChunkRuns(chunks),
    encodeFullBox("stsz", {}, uint32(0, samples.length), sizes),
    encodeOffsets(chunks),
  );
  return boxes;
}

/** Writes pairs of a count, and what so many samples have in common. */
function encodeRuns(
  type: string,
  samples: readonly SampleEntry[],
  getValue: (sample: SampleEntry) => number,
): Uint8Array {
  const runs: number[] = [];
  for (const sample of samples) {
    const value = getValue(sample);
    const last = runs.length - 1;
    if (runs[last] === value) runs[last - 1] = (runs[last - 1] ?? 0) + 1;
    else runs.push(1, value);
  }
  return encodeFullBox(type, {}, uint32(runs.length / 2), uint32List(runs));
}

function encodeChunkRuns(chunks: readonly SampleChunk[]): Uint8Array {
  const runs: number[] = [];
  let last: number | undefined;
  for (const [index, { count }] of chunks.entries()) {
    // All samples have the first description.
    if (count !== last) runs.push(index + 1, count, 1);
    last = count;
  }
  return encodeFullBox("stsc", {}, uint32(runs.length / 3), uint32List(runs));
}

/** In 64 bits where the file has more than 4 GiB. */
function encodeOffsets(chunks: readonly SampleChunk[]): Uint8Array {
  const offsets = chunks.map(({ offset }) => offset);
  const count = uint32(offsets.length);
  if (offsets.every((offset) => offset <= 0xffff_ffff)) {
    return encodeFullBox("stco", {}, count, uint32List(offsets));
  }
  return encodeFullBox("co64", {}, count, joinBytes(offsets.map(uint64)));
}
