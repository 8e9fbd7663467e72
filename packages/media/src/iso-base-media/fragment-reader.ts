import { findBox, getBox, listBoxes, malformed, truncated } from "./box.ts";
import type { Box, BoxBytes } from "./box.ts";
import { FullBox } from "./full-box.ts";
import type { MovieTrack, SampleDefaults } from "./movie.ts";
import type { MovieSample } from "./sample.ts";

/** Source: ISO/IEC 14496-12, 8.8.3.1: sample_is_non_sync_sample. */
const NON_SYNC = 0x1_0000;

/**
 * Reads the samples of a track out of all fragments among bytes, in the order of decoding.
 *
 * Their data are views of the bytes.
 *
 * Source: ISO/IEC 14496-12, 8.8.
 *
 * @returns The samples; absent if there is no fragment at all.
 * @throws {FormatError} If a box is missing or cut off, or a sample is not within the bytes.
 */
export function readFragments(
  file: BoxBytes,
  track: MovieTrack,
): MovieSample[] | undefined {
  const reader = new FragmentReader(file, track);
  let isFragmented = false;
  for (const box of listBoxes(file)) {
    if (box.type !== "moof") continue;
    isFragmented = true;
    reader.readFragment(box);
  }
  return isFragmented ? reader.samples : undefined;
}

/** Where the samples of a run are, and what they have in common. */
interface RunState {
  readonly defaults: SampleDefaults;
  readonly base: number;
  /** Where the next sample is. */
  at: number;
}

class FragmentReader {
  readonly samples: MovieSample[] = [];
  readonly #file: BoxBytes;
  readonly #track: MovieTrack;
  /** When the next sample is decoded. */
  #time = 0n;

  constructor(file: BoxBytes, track: MovieTrack) {
    this.#file = file;
    this.#track = track;
  }

  readFragment(moof: Box): void {
    for (const box of listBoxes(this.#file, moof.body, moof.end)) {
      if (box.type !== "traf") continue;
      const header = new FullBox(this.#file, getBox(this.#file, box, "tfhd"));
      if (header.uint32() !== this.#track.id) continue;
      this.#readTrackFragment(moof, box, header);
    }
  }

  #readTrackFragment(moof: Box, traf: Box, header: FullBox): void {
    const { flags } = header;
    const base = flags & 0x1 ? Number(header.uint64()) : moof.start;
    if (flags & 0x2) header.skip(4);
    const { duration, size, flags: sampleFlags } = this.#track.defaults;
    const defaults = {
      duration: flags & 0x8 ? header.uint32() : duration,
      size: flags & 0x10 ? header.uint32() : size,
      flags: flags & 0x20 ? header.uint32() : sampleFlags,
    };
    const time = findBox(this.#file, traf, "tfdt");
    if (time !== undefined) this.#time = new FullBox(this.#file, time).long();
    const state = { defaults, base, at: base };
    for (const box of listBoxes(this.#file, traf.body, traf.end)) {
      if (box.type === "trun") this.#readRun(box, state);
    }
  }

  #readRun(box: Box, state: RunState): void {
    const run = new FullBox(this.#file, box);
    const count = run.uint32();
    if (run.flags & 0x1) state.at = state.base + run.int32();
    const first = run.flags & 0x4 ? run.uint32() : undefined;
    for (let index = 0; index < count; index++) {
      const flags = index === 0 ? first : undefined;
      this.#readSample(run, state, flags);
    }
  }

  #readSample(run: FullBox, state: RunState, first: number | undefined): void {
    const { defaults } = state;
    const { flags: has } = run;
    const duration = has & 0x100 ? run.uint32() : defaults.duration;
    const size = has & 0x200 ? run.uint32() : defaults.size;
    const own = has & 0x400 ? run.uint32() : defaults.flags;
    const flags = first ?? own;
    const offset = readOffset(run, (has & 0x800) !== 0);
    const decodeTime = this.#time;
    this.samples.push({
      decodeTime,
      presentationTime: decodeTime + BigInt(offset),
      duration,
      isSync: (flags & NON_SYNC) === 0,
      data: this.#take(state.at, size),
    });
    state.at += size;
    this.#time += BigInt(duration);
  }

  #take(at: number, size: number): Uint8Array {
    const { bytes } = this.#file;
    if (at < 0) throw malformed(0, `a sample at byte ${at}`);
    if (at + size > bytes.length) {
      throw truncated(bytes.length, "the bytes end within a sample");
    }
    return bytes.subarray(at, at + size);
  }
}

function readOffset(run: FullBox, isThere: boolean): number {
  if (!isThere) return 0;
  return run.version === 0 ? run.uint32() : run.int32();
}
