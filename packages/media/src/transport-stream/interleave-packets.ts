import {
  from,
  stream,
  type Stream,
  type StreamScope,
  type StreamSource,
} from "sluice";
import type { TransportStreamInput } from "./transport-stream-input.ts";

/**
 * Puts the packets of several sources in the order of decoding.
 *
 * Of packets with the same time, that of the source which was given first comes first;
 * one without a time goes before all others. Holds one packet of each source, and waits
 * for all of them. Closes the sources.
 *
 * @param sources The packets of one stream each, in the order of decoding.
 * @returns All packets.
 * @throws {TypeError} If one cannot be iterated over; at once.
 *
 * @example Picture and sound
 * ```ts
 * import { interleavePackets } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const data = Uint8Array.of(0);
 * const packets = interleavePackets(
 *   [{ pid: 256, pts: 0, data }, { pid: 256, pts: 3600, data }],
 *   [{ pid: 257, pts: 1920, data }],
 * );
 *
 * assert.deepEqual(await packets.map(({ pts }) => pts).toArray(), [0, 1920, 3600]);
 * ```
 */
export function interleavePackets(
  ...sources: readonly StreamSource<TransportStreamInput>[]
): Stream<TransportStreamInput> {
  const streams = sources.map((source) => from(source));
  const merged = stream<TransportStreamInput>(({ guard }) =>
    mergePackets(streams, guard),
  );
  const close = () => Promise.all(streams.map((source) => source.return()));
  return merged.onClose(close, { when: "before" });
}

async function* mergePackets(
  streams: readonly Stream<TransportStreamInput>[],
  guard: StreamScope["guard"],
): AsyncGenerator<TransportStreamInput, void, undefined> {
  const heads: Head[] = [];
  for (const source of streams) {
    const { done, value } = await guard(source.next());
    if (done !== true) heads.push({ source, packet: value });
  }
  for (let head = findFirst(heads); head !== undefined;) {
    yield head.packet;
    const { done, value } = await guard(head.source.next());
    if (done === true) heads.splice(heads.indexOf(head), 1);
    else head.packet = value;
    head = findFirst(heads);
  }
}

/** A source, and its next packet. */
interface Head {
  readonly source: Stream<TransportStreamInput>;
  packet: TransportStreamInput;
}

function findFirst(heads: readonly Head[]): Head | undefined {
  let first: Head | undefined;
  for (const head of heads) {
    if (first === undefined || getTime(head) < getTime(first)) first = head;
  }
  return first;
}

function getTime({ packet }: Head): number {
  return packet.dts ?? packet.pts ?? -Infinity;
}
