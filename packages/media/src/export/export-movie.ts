import { from, type Stream, type StreamScope } from "sluice";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { AudioEssence, VideoEssence } from "../essence/essence.ts";
import { encodeMovie } from "../iso-base-media/movie-writer.ts";
import { tryDescribe } from "../mediabunny/described-essence.ts";
import type { Grain } from "../grain/grain.ts";
import type { ExportBounds } from "./export-bounds.ts";
import type { ExportTrack } from "./export-track.ts";
import {
  encodeFileType,
  MovieTrackWriter,
  type MovieGrain,
} from "./movie-track.ts";
import { selectPictures, toPresentation } from "./select-pictures.ts";
import { selectSound, type SoundGrain } from "./select-sound.ts";

/** The most ticks in a second that a movie can have. */
const highestTimescale = 0xffff_ffffn;

/**
 * Checks that MP4 can hold all tracks.
 *
 * @throws {UnsupportedMediaError} If it cannot hold one.
 */
export function checkMovieTracks(tracks: readonly ExportTrack[]): void {
  for (const { essence } of tracks) {
    const described = tryDescribe(essence);
    if (typeof described !== "string") continue;
    throw new UnsupportedMediaError("MP4", described);
  }
}

/**
 * Writes an MP4 file: what is before the bounds and needed to decode is in it, and hidden by
 * an edit list.
 *
 * @param tracks Flows that MP4 can hold.
 * @param bounds From where to where.
 * @param isFastStart Whether what tells of the samples comes first; all of them are held then.
 */
export async function* exportMovie(
  tracks: readonly ExportTrack[],
  bounds: ExportBounds,
  isFastStart: boolean,
  guard: StreamScope["guard"],
): AsyncGenerator<Uint8Array, void, undefined> {
  const sources = tracks.map((track) => openSource(track, bounds, guard));
  const type = encodeFileType();
  const data = writeChunks(sources, type.length);
  const writers = sources.map(({ writer }) => writer);
  if (!isFastStart) {
    yield type;
    yield* data;
    yield encodeTracks(writers, bounds, 0);
    return;
  }
  const parts: Uint8Array[] = [];
  for await (const part of data) parts.push(part);
  const { length } = encodeTracks(writers, bounds, 0);
  const movie = encodeTracks(writers, bounds, length);
  const isLonger = movie.length !== length;
  yield type;
  // Offsets that are just beyond 4 GiB now take more room.
  yield isLonger ? encodeTracks(writers, bounds, movie.length) : movie;
  yield* parts;
}

/** The grains of a track that are needed, and what writes them. */
interface Source {
  readonly grains: AsyncGenerator<MovieGrain, void, undefined>;
  readonly writer: MovieTrackWriter;
  next: MovieGrain | undefined;
}

function openSource(
  { essence, grains }: ExportTrack,
  bounds: ExportBounds,
  guard: StreamScope["guard"],
): Source {
  const stream: Stream<Grain> = from(grains);
  // Other essences have been refused.
  const writer = new MovieTrackWriter(essence as VideoEssence | AudioEssence);
  const selected =
    essence.kind === "video"
      ? selectPictures(stream, bounds, guard)
      : codedOnly(selectSound(stream, bounds, guard));
  return { grains: selected, writer, next: undefined };
}

async function* codedOnly(
  grains: AsyncIterable<SoundGrain>,
): AsyncGenerator<MovieGrain, void, undefined> {
  for await (const grain of grains) {
    if (grain.kind === "audio") {
      throw new TypeError(
        "Cannot export a grain of kind audio among coded sound",
      );
    }
    yield grain;
  }
}

async function* writeChunks(
  sources: readonly Source[],
  start: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let offset = start;
  for (const source of sources) await advance(source);
  for (let source = findFirst(sources); source; source = findFirst(sources)) {
    const { writer, next } = source;
    if (next !== undefined) await writer.add(next);
    await advance(source);
    if (source.next !== undefined && !writer.hasChunk) continue;
    for (const part of writer.takeChunk(offset)) {
      offset += part.length;
      yield part;
    }
  }
}

async function advance(source: Source): Promise<void> {
  const { done, value } = await source.grains.next();
  source.next = done === true ? undefined : value;
}

/** Finds the track whose next grain is the earliest. */
function findFirst(sources: readonly Source[]): Source | undefined {
  let first: Source | undefined;
  for (const source of sources) {
    if (source.next === undefined) continue;
    if (
      first?.next === undefined ||
      getTime(source.next) < getTime(first.next)
    ) {
      first = source;
    }
  }
  return first;
}

function getTime(grain: MovieGrain): bigint {
  const time =
    grain.kind === "coded-video"
      ? toPresentation(grain)
      : grain.originTimestamp;
  return time.nanoseconds;
}

function encodeTracks(
  writers: readonly MovieTrackWriter[],
  bounds: ExportBounds,
  shift: number,
): Uint8Array {
  const movieTimescale = findMovieTimescale(writers);
  const zero = bounds.start?.nanoseconds ?? findStart(writers, bounds);
  const edit = { bounds, zero, movieTimescale };
  const tracks = writers.map((writer, index) =>
    writer.encode(index + 1, edit, shift),
  );
  return encodeMovie({
    timescale: movieTimescale,
    tracks,
    isFragmented: false,
  });
}

function findStart(
  writers: readonly MovieTrackWriter[],
  bounds: ExportBounds,
): bigint {
  let start: bigint | undefined;
  for (const writer of writers) {
    const first = writer.findFirstShown(bounds);
    if (first === undefined) continue;
    if (start === undefined || first < start) start = first;
  }
  return start ?? 0n;
}

/** Finds a timescale in which the ticks of all tracks are whole, if there is one. */
function findMovieTimescale(writers: readonly MovieTrackWriter[]): number {
  let common = 1n;
  for (const { timescale } of writers) {
    const ticks = BigInt(timescale);
    const multiple = (common * ticks) / findDivisor(common, ticks);
    if (multiple <= highestTimescale) common = multiple;
  }
  return Number(common);
}

function findDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : findDivisor(b, a % b);
}
