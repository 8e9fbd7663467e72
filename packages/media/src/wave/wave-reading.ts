import { FormatError } from "../error/format-error.ts";
import { decodeFormatChunk } from "./format-chunk.ts";
import {
  isUnset,
  malformed,
  readWhole,
  truncated,
  type ChunkStart,
  type RiffReader,
} from "./riff-reader.ts";
import { getWaveFrameBytes, type WaveFormat } from "./wave-format.ts";
import type {
  WaveBlock,
  WaveChunk,
  WaveHeader,
  WaveItem,
} from "./wave-item.ts";

/** How a file is read. */
export interface WaveReadingOptions {
  readonly framesPerBlock: number | undefined;
  /** Whether a fault behind the header is an item. */
  readonly reports: boolean;
  readonly maxChunkBytes: number;
}

/** One pass over a file. */
export class WaveReading {
  readonly #riff: RiffReader;
  readonly #options: WaveReadingOptions;

  constructor(riff: RiffReader, options: WaveReadingOptions) {
    this.#riff = riff;
    this.#options = options;
  }

  async *read(): AsyncGenerator<WaveItem, void, undefined> {
    const { header, sizeBytes } = await this.#readHeader();
    yield header;
    try {
      yield* this.#readBlocks(getWaveFrameBytes(header.format), sizeBytes);
      if (sizeBytes !== undefined) yield* this.#readChunks(sizeBytes);
    } catch (error) {
      if (!this.#options.reports || !(error instanceof FormatError))
        throw error;
      yield this.#toLoss(error, header, sizeBytes);
    }
  }

  async #readHeader(): Promise<{
    header: WaveHeader;
    sizeBytes: number | undefined;
  }> {
    const riff = this.#riff;
    const chunks: WaveChunk[] = [];
    let format: WaveFormat | undefined;
    for (;;) {
      const start = await this.#readStart();
      if (start.id === "data") {
        return this.#toHeader(start, format, chunks);
      }
      if (start.id === "fmt ") {
        format = await this.#readFormat(start);
        continue;
      }
      const chunk = await this.#readChunk(start);
      if (chunk !== undefined) chunks.push(chunk);
      if (chunks.length > MOST_CHUNKS) {
        throw malformed(
          riff.bytes.offset,
          `there are more than ${MOST_CHUNKS} chunks before the samples`,
        );
      }
    }
  }

  async #readStart(): Promise<ChunkStart> {
    const start = await this.#riff.readChunkStart();
    if (start !== undefined) return start;
    const { bytes, end } = this.#riff;
    if (bytes.offset === end) throw malformed(end, "there are no samples");
    throw truncated(bytes.offset, "the file ends before its samples");
  }

  #toHeader(
    start: ChunkStart,
    format: WaveFormat | undefined,
    chunks: readonly WaveChunk[],
  ): { header: WaveHeader; sizeBytes: number | undefined } {
    if (format === undefined) {
      throw malformed(start.offset, "the samples come before their format");
    }
    const { container, bytes, end } = this.#riff;
    const sizeBytes = isUnset(start, end) ? undefined : start.size;
    const header: WaveHeader = {
      kind: "header",
      container,
      format,
      dataOffset: bytes.offset,
      numberOfFrames:
        sizeBytes === undefined
          ? undefined
          : Math.floor(sizeBytes / getWaveFrameBytes(format)),
      chunks,
    };
    return { header, sizeBytes };
  }

  async #readFormat({ offset, size }: ChunkStart): Promise<WaveFormat> {
    if (size === undefined || size > MOST_FORMAT_BYTES) {
      throw malformed(offset, `a 'fmt ' chunk of ${size ?? "unknown"} bytes`);
    }
    const data = await readWhole(this.#riff.bytes, size, "its format");
    await this.#riff.skipPadding(size);
    return decodeFormatChunk(data, offset + 8);
  }

  /** Reads a chunk that is neither; nothing if it only fills space, or repeats the rest. */
  async #readChunk(start: ChunkStart): Promise<WaveChunk | undefined> {
    const { id, offset, size } = start;
    const { bytes } = this.#riff;
    if (size === undefined) {
      throw malformed(offset, `the chunk '${id}' does not know its length`);
    }
    const isWanted = !FILLERS.has(id);
    const isKept = isWanted && size <= this.#options.maxChunkBytes;
    const data = isKept ? await bytes.read(size) : undefined;
    const found = data?.length ?? (await bytes.skip(size));
    if (found < size) {
      throw truncated(
        bytes.offset,
        `the file ends within the chunk '${id}', ${size - found} bytes too early`,
      );
    }
    await this.#riff.skipPadding(size);
    if (!isWanted) return undefined;
    return { kind: "chunk", id, offset: offset + 8, sizeBytes: size, data };
  }

  async *#readBlocks(
    frameBytes: number,
    sizeBytes: number | undefined,
  ): AsyncGenerator<WaveBlock, void, undefined> {
    const { bytes } = this.#riff;
    const wholeBytes =
      sizeBytes === undefined ? Infinity : sizeBytes - (sizeBytes % frameBytes);
    let position = 0;
    while (position * frameBytes < wholeBytes) {
      const ready = await bytes.getReady();
      const wanted =
        this.#options.framesPerBlock ?? Math.floor(ready / frameBytes);
      const length = Math.max(1, wanted) * frameBytes;
      const read = await bytes.read(
        Math.min(length, wholeBytes - position * frameBytes),
      );
      const numberOfFrames = Math.floor(read.length / frameBytes);
      if (numberOfFrames > 0) {
        const data = read.subarray(0, numberOfFrames * frameBytes);
        yield { kind: "block", position, numberOfFrames, data };
        position += numberOfFrames;
      }
      if (ready === 0 || read.length % frameBytes !== 0) {
        this.#checkEnd(read.length % frameBytes, sizeBytes);
        return;
      }
    }
    await this.#checkWhole((sizeBytes ?? 0) % frameBytes, frameBytes);
  }

  /** @throws {FormatError} If the file ends where there should be more. */
  #checkEnd(leftBytes: number, sizeBytes: number | undefined): void {
    if (leftBytes === 0 && sizeBytes === undefined) return;
    const end = this.#riff.bytes.offset;
    if (leftBytes === 0)
      throw truncated(end, "the file ends within its samples");
    throw truncated(end, "the file ends within a frame");
  }

  /** @throws {FormatError} If a part of a frame is left over. */
  async #checkWhole(leftBytes: number, frameBytes: number): Promise<void> {
    if (leftBytes === 0) return;
    const { offset } = this.#riff.bytes;
    await this.#riff.bytes.skip(leftBytes);
    throw malformed(
      offset,
      `the samples end with ${leftBytes} bytes of a frame of ${frameBytes}`,
    );
  }

  async *#readChunks(
    sizeBytes: number,
  ): AsyncGenerator<WaveChunk, void, undefined> {
    await this.#riff.skipPadding(sizeBytes);
    for (;;) {
      const start = await this.#riff.readChunkStart();
      if (start === undefined) break;
      const chunk = await this.#readChunk(start);
      if (chunk !== undefined) yield chunk;
    }
    const { end, bytes } = this.#riff;
    // The padding of the last chunk is often forgotten.
    if (end === undefined || bytes.offset + 1 >= end) return;
    throw truncated(
      bytes.offset,
      `the file ends ${end - bytes.offset} bytes before the end that it names`,
    );
  }

  #toLoss(
    error: FormatError,
    { dataOffset }: WaveHeader,
    sizeBytes: number | undefined,
  ): WaveItem {
    const end =
      this.#riff.end ??
      (sizeBytes === undefined ? undefined : dataOffset + sizeBytes);
    const { offset = this.#riff.bytes.offset } = error;
    return {
      kind: "loss",
      reason: error.code === "MEDIA_TRUNCATED" ? "truncated" : "malformed",
      offset,
      bytes: end === undefined ? undefined : Math.max(0, end - offset),
      problem: error.message,
    };
  }
}

/** The most chunks that a header is read with; real files have a handful. */
const MOST_CHUNKS = 1000;
/** The longest form of a format has 40 bytes, and a few more if it is compressed. */
const MOST_FORMAT_BYTES = 0xffff;
/** Chunks that fill space, or say again what the samples' length says. */
const FILLERS: ReadonlySet<string> = new Set([
  "JUNK",
  "junk",
  "PAD ",
  "FLLR",
  "fact",
]);
