import {
  concat,
  from,
  type Stream,
  type StreamOptions,
  type StreamSource,
} from "sluice";
import { getWaveFrameBytes, type WaveFormat } from "./wave-format.ts";
import {
  encodeChunk,
  encodeWaveHeader,
  type WaveHeaderOptions,
} from "./wave-header.ts";

/** How a WAV file is written. */
export interface WaveWriterOptions extends WaveHeaderOptions, StreamOptions {}

/**
 * Writes a WAV file: the head, and then the samples as they come.
 *
 * With `numberOfFrames` the head is exact from the start, in 64 bits if it has to be.
 * Without, it says that the length is not known, which most readers take, ours too; to
 * mend a file afterwards, write {@linkcode encodeWaveHeader} over its head.
 *
 * The bytes of the blocks are passed on and not copied, and may be cut anywhere. Holds
 * nothing. Closes its source.
 *
 * @param blocks The samples, channels interleaved, little endian.
 * @param format What the file says of its sound.
 * @param options How many frames there are, what else is in the file, and those of a
 * stream.
 * @returns The file's bytes.
 * @throws {TypeError} If `blocks` cannot be iterated over, the format is none that can be
 * written, or chunks are to follow samples whose number is not known; at once.
 * @throws {RangeError} If a number is out of bounds; at once. On reading, if the blocks
 * have another number of frames than was promised, or end within one.
 *
 * @example A second of silence
 * ```ts
 * import { writeWave } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const silence = new Uint8Array(96000);
 * const file = writeWave(
 *   [silence],
 *   { sampleFormat: "s16", numberOfChannels: 1, sampleRate: 48000 },
 *   { numberOfFrames: 48000 },
 * );
 *
 * const [head, samples] = await file.toArray();
 * assert.equal(head?.length, 44);
 * assert.equal(samples, silence);
 * ```
 */
export function writeWave(
  blocks: StreamSource<Uint8Array>,
  format: WaveFormat,
  options: WaveWriterOptions = {},
): Stream<Uint8Array> {
  const head = encodeWaveHeader(format, options);
  const count = new SampleCount(format, options.numberOfFrames);
  const samples = from(blocks).tap((block) => {
    count.add(block);
  });
  const { trailingChunks = [] } = options;
  const file = concat(
    [head],
    samples,
    lazily(() => count.end()),
    lazily(() => trailingChunks.map(encodeChunk)),
  );
  return from(file, options);
}

/** How many bytes of samples have come, beside how many there should be. */
class SampleCount {
  readonly #frameBytes: number;
  readonly #numberOfFrames: number | undefined;
  #bytes = 0;

  constructor(format: WaveFormat, numberOfFrames: number | undefined) {
    this.#frameBytes = getWaveFrameBytes(format);
    this.#numberOfFrames = numberOfFrames;
  }

  add(block: unknown): void {
    if (!(block instanceof Uint8Array)) {
      throw new TypeError(
        "Cannot write samples: the source gave something that is no Uint8Array",
      );
    }
    this.#bytes += block.length;
    const promised = this.#numberOfFrames ?? Infinity;
    if (this.#bytes > promised * this.#frameBytes) this.#refuse();
  }

  /** Gives the padding that belongs behind the samples. */
  end(): Uint8Array[] {
    const length = this.#bytes;
    if (length % this.#frameBytes !== 0) {
      throw new RangeError(
        `Cannot end WAV after ${length} bytes of samples: a frame has ${this.#frameBytes}`,
      );
    }
    if (this.#numberOfFrames === undefined) return [];
    if (length !== this.#numberOfFrames * this.#frameBytes) this.#refuse();
    return length % 2 === 0 ? [] : [new Uint8Array(1)];
  }

  #refuse(): never {
    throw new RangeError(
      `Cannot write ${this.#bytes / this.#frameBytes} frames of WAV: its head promises ${this.#numberOfFrames}`,
    );
  }
}

/** Makes items when they are read. */
function* lazily<T>(create: () => readonly T[]): Generator<T, void, undefined> {
  yield* create();
}
