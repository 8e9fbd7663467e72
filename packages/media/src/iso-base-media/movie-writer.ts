import {
  encodeBox,
  encodeFullBox,
  text,
  uint16,
  uint32,
  uint64,
  zeros,
} from "./box-writer.ts";

/** A track as its header tells of it. */
export interface TrackHeader {
  /** Its number, from 1 on. */
  readonly id: number;
  /** What it is. */
  readonly kind: "video" | "audio";
  /** Ticks in a second of its media. */
  readonly timescale: number;
  /** How long its media is, in ticks of its own; 0 if that is not known. */
  readonly duration: bigint;
  /** How long it is presented, in ticks of the movie; 0 if that is not known. */
  readonly movieDuration: bigint;
  /** Pixels in a line as it is presented; 0 for sound. */
  readonly width: number;
  /** Lines as it is presented; 0 for sound. */
  readonly height: number;
  /** By how many degrees it is turned clockwise to be shown. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Its `edts` box, if it has one. */
  readonly edits?: Uint8Array | undefined;
  /** The boxes of its sample table. */
  readonly sampleTable: readonly Uint8Array[];
}

/** A movie as its header tells of it. */
export interface MovieHeader {
  /** Ticks in a second of the movie. */
  readonly timescale: number;
  /** Its tracks. */
  readonly tracks: readonly TrackHeader[];
  /** Whether fragments follow. */
  readonly isFragmented: boolean;
}

/**
 * Writes a movie box. No date is in it, so that the same movie has the same bytes.
 *
 * Source: ISO/IEC 14496-12, 8.2 to 8.5 and 8.8.1 to 8.8.3.
 */
export function encodeMovie(movie: MovieHeader): Uint8Array {
  const { timescale, tracks, isFragmented } = movie;
  const duration = tracks.reduce(
    (most, track) => (track.movieDuration > most ? track.movieDuration : most),
    0n,
  );
  const header = encodeFullBox(
    "mvhd",
    { version: 1 },
    zeros(16),
    uint32(timescale),
    uint64(duration),
    // Speed and volume are 1.
    uint32(0x1_0000),
    uint16(0x100),
    zeros(10),
    uint32(...getMatrix(0)),
    zeros(24),
    uint32(tracks.length + 1),
  );
  const extends_ = isFragmented ? [encodeExtends(tracks)] : [];
  return encodeBox("moov", header, ...tracks.map(encodeTrack), ...extends_);
}

/** Writes the sample table of a track whose samples are all in fragments. */
export function encodeEmptySampleTable(description: Uint8Array): Uint8Array[] {
  return [
    description,
    encodeFullBox("stts", {}, uint32(0)),
    encodeFullBox("stsc", {}, uint32(0)),
    encodeFullBox("stsz", {}, uint32(0, 0)),
    encodeFullBox("stco", {}, uint32(0)),
  ];
}

function encodeExtends(tracks: readonly TrackHeader[]): Uint8Array {
  const boxes = tracks.map(({ id }) =>
    encodeFullBox("trex", {}, uint32(id, 1, 0, 0, 0)),
  );
  return encodeBox("mvex", ...boxes);
}

function encodeTrack(track: TrackHeader): Uint8Array {
  const { id, kind, movieDuration, width, height, edits } = track;
  const isSound = kind === "audio";
  const header = encodeFullBox(
    "tkhd",
    // It is enabled, and a part of the movie.
    { version: 1, flags: 3 },
    zeros(16),
    uint32(id, 0),
    uint64(movieDuration),
    zeros(8),
    uint16(0, isSound ? 1 : 0, isSound ? 0x100 : 0, 0),
    uint32(...getMatrix(track.rotation)),
    uint32(width * 0x1_0000, height * 0x1_0000),
  );
  const parts = edits === undefined ? [header] : [header, edits];
  return encodeBox("trak", ...parts, encodeMedia(track));
}

function encodeMedia(track: TrackHeader): Uint8Array {
  const { kind, timescale, duration, sampleTable } = track;
  const isSound = kind === "audio";
  // The language is not known: "und", in 5 bits a letter.
  const header = encodeFullBox(
    "mdhd",
    { version: 1 },
    zeros(16),
    uint32(timescale),
    uint64(duration),
    uint16(0x55c4, 0),
  );
  const handler = encodeFullBox(
    "hdlr",
    {},
    zeros(4),
    text(isSound ? "soun" : "vide"),
    zeros(12),
    text(isSound ? "SoundHandler\0" : "VideoHandler\0"),
  );
  const mediaHeader = isSound
    ? encodeFullBox("smhd", {}, zeros(4))
    : encodeFullBox("vmhd", { flags: 1 }, zeros(8));
  // The data are in this file.
  const place = encodeFullBox("url ", { flags: 1 });
  const reference = encodeFullBox("dref", {}, uint32(1), place);
  return encodeBox(
    "mdia",
    header,
    handler,
    encodeBox(
      "minf",
      mediaHeader,
      encodeBox("dinf", reference),
      encodeBox("stbl", ...sampleTable),
    ),
  );
}

/** Source: ISO/IEC 14496-12, 6.2.2. */
function getMatrix(rotation: 0 | 90 | 180 | 270): number[] {
  const [one, end] = [0x1_0000, 0x4000_0000];
  const [a, b, c, d] = {
    0: [one, 0, 0, one],
    90: [0, one, -one, 0],
    180: [-one, 0, 0, -one],
    270: [0, -one, one, 0],
  }[rotation];
  return [a ?? 0, b ?? 0, 0, c ?? 0, d ?? 0, 0, 0, 0, end];
}
