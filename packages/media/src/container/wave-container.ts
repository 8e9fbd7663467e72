import { Rate, Timestamp, type TimeRange } from "@sluice/time";
import { stream, type AsyncContextManager, type Stream } from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import { FormatError } from "../error/format-error.ts";
import { findAudioCodec } from "../essence/codec-names.ts";
import type { AudioEssence } from "../essence/essence.ts";
import { createAudioGrain } from "../grain/audio-grain.ts";
import type { AudioFormat } from "../grain/audio-format.ts";
import type { Grain } from "../grain/grain.ts";
import { readWave } from "../wave/read-wave.ts";
import {
  getWaveFrameBytes,
  type WaveFormat,
  type WaveSampleFormat,
} from "../wave/wave-format.ts";
import type { WaveHeader } from "../wave/wave-item.ts";
import type {
  Container,
  GrainIds,
  Track,
  TrackGrainsOptions,
  MediaSource,
} from "./container.ts";
import { checkPositive } from "./check-positive.ts";
import { createGrainIds } from "./grain-ids.ts";
import { readChunks } from "./media-bytes.ts";
import { openWithBytes } from "./open-with-bytes.ts";
import { toStreamOptions } from "./select-grains.ts";

/** How a WAV file is opened as a container. */
export interface WaveContainerOptions {
  /** How many samples each channel of a grain has; the last may have fewer. 2048 by default. */
  readonly grainSamples?: number;
  /** Ends the search for the header, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How many bytes are read at a time, or one grain if that has more. */
const READ_BYTES = 2 ** 20;

const FORMATS: Readonly<Record<WaveSampleFormat, AudioFormat>> = {
  u8: "U8_INTERLEAVED",
  s16: "S16_INTERLEAVED",
  s24: "S24_INTERLEAVED",
  s32: "S32_INTERLEAVED",
  f32: "FLOAT_INTERLEAVED",
  f64: "DOUBLE_INTERLEAVED",
};

/**
 * Opens a WAV file as a container with one track, that begins at 0.
 *
 * Where a grain is in the file is computed: of a time range nothing else is read. A file
 * that has fewer samples than it promises fails behind those that are there.
 *
 * @param source The file: its bytes, a `Blob`, a URL, or a path.
 * @param options How long grains are, and a signal.
 * @returns A manager; its block is given the container.
 * @throws {TypeError} If `source` is none; at once.
 * @throws {RangeError} If `grainSamples` is no positive integer; at once.
 * @throws {UnreadableMediaError} On entering, if the bytes cannot be had.
 * @throws {FormatError} On entering, if the bytes are no WAV file.
 *
 * @example A tenth of a second of a long file
 * ```ts
 * import { openWaveContainer, writeWave } from "@sluice/media";
 * import { TimeRange } from "@sluice/time";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const format = { sampleFormat: "s16", numberOfChannels: 2, sampleRate: 48_000 } as const;
 * const parts = await writeWave([new Uint8Array(192_000)], format).toArray();
 * const file = new Uint8Array(Buffer.concat(parts));
 *
 * await asyncWith(openWaveContainer(file, { grainSamples: 480 }), async ({ tracks }) => {
 *   const timeRange = TimeRange.parse("[0:500000000_0:600000000)");
 *   const grains = await tracks[0]?.getGrains({ timeRange }).toArray();
 *   assert.equal(grains?.length, 10);
 * });
 * ```
 */
export function openWaveContainer(
  source: MediaSource,
  options: WaveContainerOptions = {},
): AsyncContextManager<Container, false> {
  checkPositive("grainSamples", options.grainSamples);
  return openWithBytes(source, options.signal, (bytes) =>
    readWaveContainer(bytes, options),
  );
}

/** Opens one of bytes that are open: see `openWaveContainer`. */
export async function readWaveContainer(
  bytes: SeekableBytes,
  options: WaveContainerOptions = {},
): Promise<Container> {
  const { grainSamples = 2048, signal } = options;
  const header = await readHeader(bytes, signal);
  const samples = new WaveSamples(bytes, header, grainSamples);
  const ids = createGrainIds();
  const track = Object.freeze<Track>({
    number: 1,
    essence: samples.essence,
    timescale: header.format.sampleRate,
    language: undefined,
    label: undefined,
    getGrains: (options: TrackGrainsOptions = {}) =>
      samples.read(options, options.ids ?? ids),
  });
  return Object.freeze({
    contentType: "audio/wav",
    tracks: Object.freeze([track]),
  });
}

async function readHeader(
  bytes: SeekableBytes,
  signal: AbortSignal | undefined,
): Promise<WaveHeader> {
  const items = readWave(readChunks(bytes), { signal, maxChunkBytes: 0 });
  for await (const item of items) {
    if (item.kind === "header") return item;
  }
  // A file without one has failed before.
  throw new TypeError("Cannot open WAV: its first item is no header");
}

/** The samples of a file, which lie one behind the other. */
class WaveSamples {
  readonly essence: AudioEssence;
  readonly #bytes: SeekableBytes;
  readonly #header: WaveHeader;
  readonly #grainSamples: number;
  readonly #frameBytes: number;
  readonly #rate: Rate;
  /** How many frames are there, whatever is promised. */
  readonly #length: number;

  constructor(bytes: SeekableBytes, header: WaveHeader, grainSamples: number) {
    const { format, dataOffset, numberOfFrames = Infinity } = header;
    this.essence = toEssence(format);
    this.#bytes = bytes;
    this.#header = header;
    this.#grainSamples = grainSamples;
    this.#frameBytes = getWaveFrameBytes(format);
    this.#rate = Rate.of(format.sampleRate);
    const left = Math.max(0, bytes.sizeBytes - dataOffset);
    const whole = Math.floor(left / this.#frameBytes);
    this.#length = Math.min(whole, numberOfFrames);
  }

  read(options: TrackGrainsOptions, ids: GrainIds): Stream<Grain> {
    const { timeRange } = options;
    const [first, end] = this.#findPart(timeRange);
    const grains = this.#readPart(first, end, ids, toStreamOptions(options));
    if (timeRange === undefined) return grains;
    return grains.filter(({ originTimestamp }) =>
      timeRange.contains(originTimestamp),
    );
  }

  /** Gives the first frame of the first grain that may be wanted, and where they end. */
  #findPart(timeRange: TimeRange | undefined): [number, number] {
    if (timeRange?.isEmpty === true) return [0, 0];
    const { start, end } = timeRange ?? {};
    const from = start?.toCount(this.#rate, { rounding: "down" }) ?? 0;
    const to = end?.toCount(this.#rate, { rounding: "up" }) ?? Infinity;
    const whole = Math.floor(Math.max(0, from) / this.#grainSamples);
    // The grain that begins in the last instant is wanted too.
    return [whole * this.#grainSamples, to + 1];
  }

  #readPart(
    first: number,
    end: number,
    ids: GrainIds,
    options: Parameters<typeof stream>[1],
  ): Stream<Grain> {
    const size = this.#grainSamples;
    const perRead = Math.max(
      1,
      Math.floor(READ_BYTES / (size * this.#frameBytes)),
    );
    const read = (from: number, to: number) => this.#readFrames(from, to);
    const stop = Math.min(this.#length, end);
    const toGrain = (from: number, data: Uint8Array) =>
      this.#toGrain(from, data, ids);
    const check = () => {
      if (end > this.#length) this.#checkLength();
    };
    const grainBytes = size * this.#frameBytes;
    const length = this.#length;
    return stream<Grain>(async function* ({ guard }) {
      for (let from = first; from < stop; from += perRead * size) {
        const to = Math.min(from + perRead * size, length);
        const data = await guard(read(from, to));
        for (let at = 0; at < data.length; at += grainBytes) {
          const frames = data.subarray(at, at + grainBytes);
          yield toGrain(from + (at / grainBytes) * size, frames);
        }
      }
      check();
    }, options);
  }

  #readFrames(from: number, to: number): Promise<Uint8Array> {
    const { dataOffset } = this.#header;
    return this.#bytes.read(
      dataOffset + from * this.#frameBytes,
      dataOffset + to * this.#frameBytes,
    );
  }

  #toGrain(position: number, data: Uint8Array, ids: GrainIds): Grain {
    const { sampleRate, numberOfChannels, sampleFormat } = this.#header.format;
    const samples = data.length / this.#frameBytes;
    return createAudioGrain({
      ...ids,
      originTimestamp: Timestamp.fromCount(position, this.#rate),
      duration: { numerator: samples, denominator: sampleRate },
      format: FORMATS[sampleFormat],
      channels: numberOfChannels,
      samples,
      sampleRate,
      data,
    });
  }

  /** @throws {FormatError} If the file has fewer samples than it promises. */
  #checkLength(): void {
    const { numberOfFrames = this.#length } = this.#header;
    if (this.#length >= numberOfFrames) return;
    throw new FormatError({
      code: "MEDIA_TRUNCATED",
      format: "WAV",
      offset: this.#bytes.sizeBytes,
      problem: `it should have ${numberOfFrames} samples of each channel, and has ${this.#length}`,
    });
  }
}

function toEssence(format: WaveFormat): AudioEssence {
  const { sampleRate, numberOfChannels, sampleFormat } = format;
  const layout = FORMATS[sampleFormat];
  return {
    kind: "audio",
    codec: findAudioCodec(layout) ?? "audio/x-raw-int",
    sampleRate,
    channels: numberOfChannels,
    format: layout,
    bitDepth:
      format.validBitsPerSample ??
      (getWaveFrameBytes(format) / numberOfChannels) * 8,
  };
}
