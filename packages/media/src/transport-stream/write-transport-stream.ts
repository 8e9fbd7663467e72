import { concat, from, type Stream, type StreamSource } from "sluice";
import { Muxer } from "./muxer.ts";
import { planMuxer } from "./muxer-plan.ts";
import type {
  TransportStreamInput,
  TransportStreamWriterOptions,
} from "./transport-stream-input.ts";

/**
 * Writes an MPEG transport stream of one program.
 *
 * The packets are written in the order in which they come: {@linkcode interleavePackets}
 * puts those of several sources in the order of decoding. Each becomes one PES packet,
 * with both timestamps where they differ; whoever reads it gets the same payload, PTS and
 * DTS. The tables come first, before each key frame of video, and at least every half
 * second; the clock (PCR) is on each packet of its stream, and between them where they
 * are more than 100 ms apart. An access unit of H.264 or HEVC that lacks its delimiter is
 * given one.
 *
 * What is written can follow other bytes, and be cut at its tables: the first packet of
 * each PID says that counters begin anew. Holds one packet. Closes its source.
 *
 * Source: ISO/IEC 13818-1 (H.222.0); the clock's delay and the delimiters are ffmpeg's.
 *
 * @param packets Access units, those of each stream in the order of decoding.
 * @param options The streams, and how they are written.
 * @returns The bytes, always whole packets of 188.
 * @throws {TypeError} If `packets` cannot be iterated over, or a stream says neither its
 * codec nor its type; at once.
 * @throws {RangeError} If a number is out of bounds, two PIDs are the same, or the map has
 * no room; at once. On reading, if a packet belongs to no stream, is decoded before the
 * one before it or after it is presented, has a time that is no integer, is too long (65
 * kB, but for video), or has no start codes where it should.
 *
 * @example Video in the order of decoding
 * ```ts
 * import { writeTransportStream } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const data = Uint8Array.of(0, 0, 0, 1, 0x65, 0x88);
 * const bytes = await writeTransportStream(
 *   [{ pid: 256, pts: 7200, dts: 3600, data, isRandomAccess: true }],
 *   { streams: [{ pid: 256, codec: "h264" }] },
 * ).toArray();
 *
 * assert.deepEqual(bytes.map((part) => part.length), [188, 188, 188]);
 * ```
 */
export function writeTransportStream(
  packets: StreamSource<TransportStreamInput>,
  options: TransportStreamWriterOptions,
): Stream<Uint8Array> {
  const muxer = new Muxer(planMuxer(options));
  const parts = concat(
    from(packets).flatMap((packet) => muxer.write(packet)),
    muxer.end(),
  );
  return from(parts, options);
}
