import {
  concat,
  from,
  type Stream,
  type StreamOptions,
  type StreamSource,
} from "sluice";
import { Demuxer } from "./demuxer.ts";
import type { TransportStreamItem } from "./transport-stream-item.ts";

/** How a transport stream is read. */
export interface TransportStreamReaderOptions extends StreamOptions {
  /** Up to how many bytes a PES packet may have; 16 MiB by default. A longer one is lost. */
  readonly maxPacketBytes?: number;
  /** Whether readings of clocks (PCR) are items; false by default. */
  readonly clocks?: boolean;
}

/**
 * Reads an MPEG transport stream: its tables, and the packets of all its streams.
 *
 * All PIDs are read in one pass; programs and their maps are told as they come, and again
 * when they change. Timestamps are whole numbers of 1/90000 s, safe integers of type
 * `number`: the wrap of their 33 bits is taken out for all streams of a program together,
 * in the order of decoding. A program that begins within a minute before the wrap begins
 * below zero. The 33 bits are the rest of division by 2 ** 33.
 *
 * Nothing is lost in silence. Where bytes are missing or in between, the reader finds the
 * next packets and goes on; each loss is an item, in its place, and a packet that lacks
 * something is not `isComplete`. Packets of 188, 192 and 204 bytes are told apart.
 *
 * Items come in the order in which they are complete: a packet of no given length, as
 * those of video, is when the next begins. Holds a packet of each PID, up to
 * `maxPacketBytes`. The bytes that are given are its own. Closes its source.
 *
 * Source: ISO/IEC 13818-1 (H.222.0).
 *
 * @param source Chunks of bytes, of any length.
 * @param options See there.
 * @returns The items. A source without a byte has none.
 * @throws {TypeError} If `source` cannot be iterated over; at once. On reading, if it
 * gives something else than `Uint8Array`.
 * @throws {RangeError} If `maxPacketBytes` is no positive integer; at once.
 * @throws {FormatError} If the first MiB has no packets in a row; on reading.
 *
 * @example What a stream has
 * ```ts
 * import { readTransportStream, writeTransportStream } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const data = Uint8Array.of(1, 2, 3);
 * const bytes = writeTransportStream([{ pid: 256, pts: 3600, data }], {
 *   streams: [{ pid: 256, codec: "mpeg-audio" }],
 * });
 *
 * for await (const item of readTransportStream(bytes)) {
 *   if (item.kind === "packet") assert.deepEqual(item.data, data);
 *   if (item.kind === "loss") throw new Error(`Lost: ${item.reason}`);
 * }
 * ```
 */
export function readTransportStream(
  source: StreamSource<Uint8Array>,
  options: TransportStreamReaderOptions = {},
): Stream<TransportStreamItem> {
  const { maxPacketBytes = 2 ** 24, clocks = false } = options;
  if (!Number.isSafeInteger(maxPacketBytes) || maxPacketBytes < 1) {
    throw new RangeError(
      `Cannot take ${maxPacketBytes} as maxPacketBytes: it is no positive integer`,
    );
  }
  const demuxer = new Demuxer({ maxPacketBytes, clocks });
  const items = concat(
    from(source).flatMap((chunk) => demuxer.push(chunk)),
    demuxer.end(),
  );
  return from(items, options);
}
