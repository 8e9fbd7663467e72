import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** What ffprobe found in a track of a sample; checksums are over lines, one for a packet. */
interface TrackFacts {
  /** The codec, as ffprobe names it. */
  readonly codec: string;
  /** Ticks in a second. */
  readonly timescale: number;
  /** How many packets there are. */
  readonly packets: number;
  /** How many of them are key frames. */
  readonly keyFrames: number;
  /** How many bytes they have. */
  readonly bytes: number;
  /** The least time of presentation, in ticks. */
  readonly firstPts: number;
  /** The greatest. */
  readonly lastPts: number;
  readonly ptsMd5: string;
  readonly dtsMd5: string;
  readonly durationMd5: string;
  readonly keyMd5: string;
  readonly payloadMd5: string;
}

/** What is known of a file of `samples/`. */
export interface SampleFacts {
  /** The file. */
  readonly name: string;
  /** How many bytes it has. */
  readonly bytes: number;
  /** Their checksum. */
  readonly sha256: string;
  /** Its tracks. */
  readonly tracks: readonly TrackFacts[];
}

const folder = resolve(import.meta.dirname, "../../../../samples");

/** Gives the path of a sample. */
export function locateSample(name: string): string {
  return resolve(folder, name);
}

/** Reads a sample. */
export function readSample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(locateSample(name)));
}

/** Reads what was found in all samples when they were made. */
export function readSampleFacts(): readonly SampleFacts[] {
  const text = readFileSync(locateSample("facts.json"), "utf8");
  // It was written by scripts/make-samples.mjs, and is in the repository.
  const { files } = JSON.parse(text) as { files: SampleFacts[] };
  return files;
}
