import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { AudioEssence, VideoEssence } from "../essence/essence.ts";
import type { CodedAudioGrain } from "../grain/coded-audio-grain.ts";
import type { CodedVideoGrain } from "../grain/coded-video-grain.ts";
import { encodeBox, text } from "../iso-base-media/box-writer.ts";
import { encodeEditList } from "../iso-base-media/edit-list.ts";
import { describePresentation } from "../iso-base-media/init-writer.ts";
import type { TrackHeader } from "../iso-base-media/movie-writer.ts";
import { takeSampleDescription } from "../iso-base-media/sample-description.ts";
import {
  encodeSampleTable,
  type SampleEntry,
} from "../iso-base-media/sample-table.ts";
import { writeDescribingMovie } from "../mediabunny/write-describing-movie.ts";
import { addDuration, toFrameDuration } from "../object/add-duration.ts";
import { findPromisedDelay } from "../object/picture-timer.ts";
import { findEdit, findFirstShown } from "./find-edit.ts";
import type { ExportBounds } from "./export-bounds.ts";
import {
  SampleLog,
  type LoggedSample,
  type TrackTiming,
} from "./sample-log.ts";
import { toPresentation } from "./select-pictures.ts";
import { getEnd } from "./select-sound.ts";

/** What MP4 can hold: coded pictures and coded sound. */
export type MovieGrain = CodedVideoGrain | CodedAudioGrain;

/** A chunk is written when it is as long as that, or has as many bytes. */
const [chunkNanoseconds, chunkBytes] = [500_000_000n, 2 ** 22] as const;

/** A track of an MP4 file that is being written. */
export class MovieTrackWriter {
  readonly #essence: VideoEssence | AudioEssence;
  readonly #log = new SampleLog();
  #description: Uint8Array | undefined;
  /** What waits to be written as a chunk. */
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #chunkStart: bigint | undefined;
  #timing: TrackTiming | undefined;

  constructor(essence: VideoEssence | AudioEssence) {
    this.#essence = essence;
  }

  /** Takes a grain; it waits until `takeChunk`. */
  async add(grain: MovieGrain): Promise<void> {
    this.#description ??= takeSampleDescription(
      await writeDescribingMovie(this.#essence, grain.data),
      this.#essence.kind === "video" ? this.#essence.colour : undefined,
    );
    const sample = this.#toSample(grain);
    this.#log.samples.push(sample);
    this.#waiting.push(grain.data);
    this.#waitingBytes += grain.data.length;
    this.#chunkStart ??= sample.presentation;
  }

  /** Whether what waits is to be written now. */
  get hasChunk(): boolean {
    const last = this.#log.samples.at(-1);
    if (last === undefined || this.#chunkStart === undefined) return false;
    const length = last.end - this.#chunkStart;
    return length >= chunkNanoseconds || this.#waitingBytes >= chunkBytes;
  }

  /**
   * Gives what waits as a box.
   *
   * @param offset Where it will be in the file.
   */
  takeChunk(offset: number): Uint8Array[] {
    if (this.#waiting.length === 0) return [];
    const head = encodeBox("mdat");
    new DataView(head.buffer).setUint32(0, head.length + this.#waitingBytes);
    const parts = [head, ...this.#waiting];
    this.#log.chunks.push({
      offset: offset + head.length,
      count: this.#waiting.length,
    });
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#chunkStart = undefined;
    return parts;
  }

  /** Ticks in a second, now that all is known. */
  get timescale(): number {
    return this.#time().timescale;
  }

  /** When the first within the bounds is presented, in nanoseconds. */
  findFirstShown(bounds: ExportBounds): bigint | undefined {
    const isPicture = this.#essence.kind === "video";
    return findFirstShown(this.#log.samples, bounds, isPicture);
  }

  /**
   * Writes what the movie says of the track.
   *
   * @param id Its number.
   * @param edit Which part of it is presented, and on what clock.
   * @param shift By how many bytes all chunks have moved.
   */
  encode(id: number, edit: MovieEdit, shift: number): TrackHeader {
    const timing = this.#time();
    const { timescale } = timing;
    const { samples, chunks } = this.#log;
    const isPicture = this.#essence.kind === "video";
    const found = findEdit({ samples, timing, isPicture, ...edit });
    // Some readers know the end of sound by its last sample only.
    const entries = isPicture
      ? timing.entries
      : cutLast(timing.entries, found.mediaEnd);
    return {
      id,
      timescale,
      duration: sumDurations(entries),
      movieDuration: found.delay + found.duration,
      ...describePresentation(this.#essence),
      edits: encodeEditList(found),
      sampleTable: encodeSampleTable(
        this.#description ?? encodeBox("stsd"),
        entries,
        chunks.map(({ offset, count }) => ({ offset: offset + shift, count })),
      ),
    };
  }

  #time(): TrackTiming {
    this.#timing ??= this.#log.time(...this.#findClock());
    return this.#timing;
  }

  #findClock(): [number | undefined, number] {
    const essence = this.#essence;
    if (essence.kind === "audio") return [essence.sampleRate, 0];
    const timescale = essence.rate?.numerator;
    const second = timescale ?? 1;
    return [timescale, Number(findPromisedDelay(essence, second)) / second];
  }

  #toSample(grain: MovieGrain): LoggedSample {
    const { length: size } = grain.data;
    if (grain.kind === "coded-audio") {
      const presentation = grain.originTimestamp.nanoseconds;
      const end = getEnd(grain).nanoseconds;
      return { presentation, decode: presentation, end, size, isSync: true };
    }
    const time = toPresentation(grain);
    const isFirst = this.#log.samples.length === 0;
    return {
      presentation: time.nanoseconds,
      decode: grain.decodeTimestamp?.nanoseconds,
      end: addDuration(time, this.#findDuration(grain)).nanoseconds,
      size,
      isSync: isFirst || grain.isKeyFrame === true,
    };
  }

  #findDuration(
    picture: CodedVideoGrain,
  ): NonNullable<CodedVideoGrain["duration"]> {
    const rate =
      this.#essence.kind === "video" ? this.#essence.rate : undefined;
    const duration = picture.duration ?? (rate && toFrameDuration(rate));
    if (duration !== undefined) return duration;
    throw new UnsupportedMediaError(
      "MP4",
      `nothing tells how long the picture at ${picture.originTimestamp} lasts`,
    );
  }
}

function sumDurations(entries: readonly SampleEntry[]): bigint {
  return entries.reduce((sum, { duration }) => sum + BigInt(duration), 0n);
}

/** Makes the last entry end there, if it would end later. */
function cutLast(
  entries: readonly SampleEntry[],
  end: bigint,
): readonly SampleEntry[] {
  const last = entries.at(-1);
  const rest = Number(end - sumDurations(entries.slice(0, -1)));
  if (last === undefined || rest <= 0 || rest >= last.duration) return entries;
  return [...entries.slice(0, -1), { ...last, duration: rest }];
}

/** What is to be presented, and on what clock. */
export interface MovieEdit {
  readonly bounds: ExportBounds;
  /** The instant at which the movie begins, in nanoseconds. */
  readonly zero: bigint;
  /** Ticks in a second of the movie. */
  readonly movieTimescale: number;
}

/** Writes the first box of a file. */
export function encodeFileType(): Uint8Array {
  return encodeBox(
    "ftyp",
    text("isom"),
    Uint8Array.of(0, 0, 2, 0),
    text("isomiso2avc1mp41"),
  );
}
