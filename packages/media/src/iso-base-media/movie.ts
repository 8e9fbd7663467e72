import {
  findBox,
  getBox,
  listBoxes,
  malformed,
  type Box,
  type BoxBytes,
} from "./box.ts";
import { FullBox } from "./full-box.ts";

/** What a fragment's samples have where it does not say otherwise (`trex`). */
export interface SampleDefaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/** A track of a movie. */
export interface MovieTrack {
  /** Its number. */
  readonly id: number;
  /** What it is: `vide`, `soun`, or another. */
  readonly handler: string;
  /** Ticks in a second. */
  readonly timescale: number;
  /** The type of its first sample entry: `avc1`, `mp4a`, ... */
  readonly sampleEntry: string;
  /** How many bytes tell the length of a unit of H.264 or HEVC; 4 for other codecs. */
  readonly lengthBytes: number;
  /** What is added to a time of its media to have that of its presentation, in ticks. */
  readonly presentationShift: bigint;
  /** What its fragments take for granted. */
  readonly defaults: SampleDefaults;
}

/**
 * Reads the tracks of the first movie box among bytes.
 *
 * Source: ISO/IEC 14496-12, 8.2 to 8.8. An edit list may begin with nothing (which delays
 * the track) and then has one part of the media, at its own speed.
 *
 * @returns The tracks; absent if there is no movie box.
 * @throws {FormatError} If a box is missing or cut off, or an edit list has more parts.
 */
export function readMovie(file: BoxBytes): MovieTrack[] | undefined {
  for (const box of listBoxes(file)) {
    if (box.type !== "moov") continue;
    const header = new FullBox(file, getBox(file, box, "mvhd"));
    header.skip(header.version === 0 ? 8 : 16);
    const movie = { box, timescale: header.uint32() };
    const tracks: MovieTrack[] = [];
    for (const child of listBoxes(file, box.body, box.end)) {
      if (child.type === "trak") tracks.push(readTrack(file, movie, child));
    }
    return tracks;
  }
  return undefined;
}

/** A movie box, and the ticks in a second of its edit lists. */
interface Movie {
  readonly box: Box;
  readonly timescale: number;
}

function readTrack(file: BoxBytes, movie: Movie, trak: Box): MovieTrack {
  const header = new FullBox(file, getBox(file, trak, "tkhd"));
  header.skip(header.version === 0 ? 8 : 16);
  const id = header.uint32();
  const media = new FullBox(file, getBox(file, trak, "mdia", "mdhd"));
  media.skip(media.version === 0 ? 8 : 16);
  const timescale = media.uint32();
  if (timescale === 0) throw malformed(trak.start, "a timescale of 0");
  const handler = getBox(file, trak, "mdia", "hdlr");
  const entry = findSampleEntry(file, trak);
  return {
    id,
    handler: readText(file, handler.body + 8),
    timescale,
    sampleEntry: entry.type,
    lengthBytes: readLengthBytes(file, entry),
    presentationShift: readShift(file, movie, trak, timescale),
    defaults: readDefaults(file, movie.box, id),
  };
}

function readText({ bytes }: BoxBytes, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function findSampleEntry(file: BoxBytes, trak: Box): Box {
  const path = ["mdia", "minf", "stbl", "stsd"] as const;
  const description = getBox(file, trak, ...path);
  const [entry] = listBoxes(file, description.body + 8, description.end);
  if (entry !== undefined) return entry;
  throw malformed(description.start, "a track without a sample entry");
}

/** Where the boxes within a sample entry of pictures begin. */
const pictureFields = 78;

/** Source: ISO/IEC 14496-15, `lengthSizeMinusOne` of avcC and hvcC. */
function readLengthBytes(file: BoxBytes, entry: Box): number {
  if (!/^(avc|hvc|hev)\d$/.test(entry.type)) return 4;
  for (const box of listBoxes(file, entry.body + pictureFields, entry.end)) {
    const place = { avcC: 4, hvcC: 21 }[box.type];
    if (place === undefined) continue;
    return ((file.bytes[box.body + place] ?? 3) & 3) + 1;
  }
  return 4;
}

function readShift(
  file: BoxBytes,
  { timescale: movieTimescale }: Movie,
  trak: Box,
  timescale: number,
): bigint {
  const box = findBox(file, trak, "edts", "elst");
  if (box === undefined) return 0n;
  const list = new FullBox(file, box);
  let delay = 0n;
  let mediaTime: bigint | undefined;
  for (let left = list.uint32(); left > 0; left--) {
    const duration = list.long();
    const time = list.version === 0 ? BigInt(list.int32()) : list.int64();
    const speed = list.uint32();
    if (time === -1n && mediaTime === undefined) delay += duration;
    else if (mediaTime === undefined && speed === 0x1_0000) mediaTime = time;
    else throw malformed(box.start, "an edit list of several parts");
  }
  const delayTicks =
    (delay * BigInt(timescale) + BigInt(movieTimescale) / 2n) /
    BigInt(movieTimescale || 1);
  return delayTicks - (mediaTime ?? 0n);
}

function readDefaults(file: BoxBytes, movie: Box, id: number): SampleDefaults {
  const extends_ = findBox(file, movie, "mvex");
  if (extends_ === undefined) return { duration: 0, size: 0, flags: 0 };
  for (const box of listBoxes(file, extends_.body, extends_.end)) {
    if (box.type !== "trex") continue;
    const fields = new FullBox(file, box);
    if (fields.uint32() !== id) continue;
    fields.skip(4);
    const [duration, size, flags] = [
      fields.uint32(),
      fields.uint32(),
      fields.uint32(),
    ];
    return { duration, size, flags };
  }
  return { duration: 0, size: 0, flags: 0 };
}
