import type { Timestamp } from "@sluice/time";
import { Rate } from "@sluice/time";
import { AsyncExitStack } from "sluice";
import type { Essence } from "../essence/essence.ts";
import type { MediaSource, Track } from "./container.ts";
import { endOf, readFacts } from "./grain-facts.ts";
import { enterContainer, type OpenContainerOptions } from "./open-container.ts";

/** What a file of media is, and has. */
export interface MediaReport {
  /** Its MIME type: `video/mp4`, `video/mp2t`, `audio/wav`, ... */
  readonly contentType: string;
  /** How many bytes it has. */
  readonly sizeBytes: number;
  /** Its tracks, in the container's order. */
  readonly tracks: readonly TrackReport[];
}

/** What a track of a file is, and has. */
export interface TrackReport {
  /** Its number in the container. */
  readonly number: number;
  /** What its grains have in common. */
  readonly essence: Essence;
  /** Ticks in a second of the container's clock. */
  readonly timescale: number;
  /** Its language (ISO 639-2), if that is told. */
  readonly language: string | undefined;
  /** Its name, if it has one. */
  readonly label: string | undefined;
  /** How many grains it has. */
  readonly grainCount: number;
  /** When the first of them is presented; absent if there is none. */
  readonly start: Timestamp | undefined;
  /** How long it takes from there to the end of the last. */
  readonly duration: Timestamp | undefined;
  /** How many bytes its payloads have, as the container has them. */
  readonly payloadBytes: number;
  /** Bits in a second of its payloads, on average, to the nearest whole number. */
  readonly bitsPerSecond: number | undefined;
  /** When pictures are presented that decoding can begin with; of sound, each can. */
  readonly keyFrames: readonly Timestamp[];
}

/**
 * Tells what a file of media is, and what it has.
 *
 * Each track is read once, one after the other, without its payloads where the container
 * allows it (MP4, MOV, Matroska, WebM); of other files all is read. Holds one grain at a
 * time, and an instant for each key frame. Whatever it opened is closed.
 *
 * @param source The file: its bytes, a `Blob`, a URL, or a path.
 * @param options As those of `openContainer`.
 * @returns A report, which is frozen.
 * @throws {TypeError} If the source is none.
 * @throws As `openContainer`, and as reading all grains.
 *
 * @example What a recording has
 * ```ts
 * import { inspect, writeWave } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const format = {
 *   sampleFormat: "s16",
 *   numberOfChannels: 2,
 *   sampleRate: 48_000,
 * } as const;
 * const chunks = await writeWave([new Uint8Array(192_000)], format).toArray();
 *
 * const report = await inspect(Buffer.concat(chunks));
 * assert.equal(report.contentType, "audio/wav");
 * assert.equal(`${report.tracks[0]?.duration}`, "1:0");
 * ```
 */
export async function inspect(
  source: MediaSource,
  options?: OpenContainerOptions,
): Promise<MediaReport> {
  const stack = new AsyncExitStack();
  try {
    const { container, sizeBytes } = await enterContainer(
      stack,
      source,
      options,
    );
    const tracks: TrackReport[] = [];
    for (const track of container.tracks) tracks.push(await report(track));
    const { contentType } = container;
    return Object.freeze({
      contentType,
      sizeBytes,
      tracks: Object.freeze(tracks),
    });
  } finally {
    await stack.aclose();
  }
}

async function report(track: Track): Promise<TrackReport> {
  const isVideo = track.essence.kind === "video";
  const keyFrames: Timestamp[] = [];
  let [grainCount, payloadBytes] = [0, 0];
  let start: Timestamp | undefined;
  let end: Timestamp | undefined;
  await readFacts(track).forEach((facts) => {
    grainCount += 1;
    payloadBytes += facts.sizeBytes;
    if (facts.isKey && isVideo) keyFrames.push(facts.start);
    start = start?.isBefore(facts.start) ? start : facts.start;
    const after = endOf(facts);
    end = end?.isAfter(after) ? end : after;
  });
  const duration = start && end && toDuration(end.subtract(start), track);
  const { number, essence, timescale, language, label } = track;
  return Object.freeze({
    number,
    essence,
    timescale,
    language,
    label,
    grainCount,
    start,
    duration,
    payloadBytes,
    bitsPerSecond: toBitRate(payloadBytes, duration),
    keyFrames: Object.freeze(keyFrames),
  });
}

/** Takes out what was lost where two instants were rounded. */
function toDuration(length: Timestamp, { essence }: Track): Timestamp {
  if (essence.kind === "audio")
    return length.normalise(Rate.of(essence.sampleRate));
  const rate = essence.kind === "video" ? essence.rate : undefined;
  return rate === undefined ? length : length.normalise(rate);
}

function toBitRate(
  bytes: number,
  duration: Timestamp | undefined,
): number | undefined {
  if (duration === undefined || duration.nanoseconds === 0n) return undefined;
  return Math.round((bytes * 8e9) / Number(duration.nanoseconds));
}
