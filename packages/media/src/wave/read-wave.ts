import {
  from,
  stream,
  type Stream,
  type StreamOptions,
  type StreamSource,
} from "sluice";
import { ByteReader } from "./byte-reader.ts";
import { RiffReader } from "./riff-reader.ts";
import { checkInteger } from "./wave-format.ts";
import type { WaveItem } from "./wave-item.ts";
import { WaveReading } from "./wave-reading.ts";

/** How a WAV file is read. */
export interface WaveReaderOptions extends StreamOptions {
  /**
   * How many frames a block has; the last may have fewer. By default as many as the
   * source's chunk holds, which copies next to nothing.
   */
  readonly framesPerBlock?: number;
  /**
   * What becomes of a fault behind the first sample: it is thrown (the default), or
   * told by a last item of kind `loss`. All whole frames before it are given first in
   * either case.
   */
  readonly damage?: "throw" | "report";
  /** Up to how many bytes other chunks are kept; 1 MiB by default. */
  readonly maxChunkBytes?: number;
}

/**
 * Reads a WAV file: its header, and then its samples, block by block.
 *
 * Takes integers of 8 to 32 bits and floating numbers of 32 and 64, with the extensible
 * format or without; RIFF, and RF64 and BW64 for more than 4 GiB. Where the header does
 * not know its length, as of a recording or a pipe (0 or 0xFFFFFFFF), the samples go on
 * to the end. What follows the file's own end is not read.
 *
 * The first item is the header. Positions of blocks are exact frame counts. Holds one
 * chunk of the source, and of other chunks at most `maxChunkBytes` at a time (those
 * before the samples are given with the header, all at once). Closes its source.
 *
 * Source: Microsoft and IBM, Multimedia Programming Interface 1.0 (RIFF, WAVE);
 * WAVEFORMATEXTENSIBLE; EBU Tech 3306 (RF64); ITU-R BS.2088 (BW64).
 *
 * @param source Chunks of bytes, of any length.
 * @param options See there.
 * @returns The items, in the order of the file.
 * @throws {TypeError} If `source` cannot be iterated over; at once. On reading, if it
 * gives something else than `Uint8Array`.
 * @throws {RangeError} If a number among the options is no positive integer; at once.
 * @throws {FormatError} If the bytes are no WAV file, are damaged, or end too early; on
 * reading.
 *
 * @example Read it block by block
 * ```ts
 * import { readWave, writeWave } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const bytes = writeWave([new Uint8Array(4000)], {
 *   sampleFormat: "s16",
 *   numberOfChannels: 2,
 *   sampleRate: 48000,
 * });
 *
 * const positions: number[] = [];
 * for await (const item of readWave(bytes, { framesPerBlock: 400 })) {
 *   if (item.kind === "block") positions.push(item.position);
 * }
 * assert.deepEqual(positions, [0, 400, 800]);
 * ```
 */
export function readWave(
  source: StreamSource<Uint8Array>,
  options: WaveReaderOptions = {},
): Stream<WaveItem> {
  const { framesPerBlock, maxChunkBytes = 0x100000 } = options;
  const most = Number.MAX_SAFE_INTEGER;
  checkInteger("framesPerBlock", framesPerBlock ?? 1, 1, most);
  checkInteger("maxChunkBytes", maxChunkBytes, 0, most);
  const reports = options.damage === "report";
  const settings = { framesPerBlock, maxChunkBytes, reports };
  const chunks = from(source);
  const read = stream<WaveItem>(async function* ({ guard }) {
    const bytes = new ByteReader(chunks, guard);
    const riff = await RiffReader.open(bytes);
    yield* new WaveReading(riff, settings).read();
  }, options);
  return read.onClose(() => chunks.return(), { when: "before" });
}
