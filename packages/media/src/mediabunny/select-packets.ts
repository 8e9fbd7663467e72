import { TimeRange, type Timestamp } from "@sluice/time";
import type { EncodedPacket } from "mediabunny";
import type { PacketWalk, WalkOptions } from "./packet-walk.ts";
import { mostReordered } from "./presentation-order.ts";
import type { TrackTimes } from "./track-times.ts";

/** A packet, and when it is presented. */
export interface TimedPacket {
  readonly packet: EncodedPacket;
  readonly start: Timestamp;
}

/** What is read of a track. */
export interface PacketSelection extends WalkOptions {
  /** Only what is presented within it, by its start; all if there is none. */
  readonly timeRange: TimeRange | undefined;
  /** Whether packets may come in another order than that of presentation. */
  readonly isReordered: boolean;
}

/**
 * Gives packets in the order of decoding.
 *
 * Of a range it reads from the key frame before it until no picture within it can come:
 * none that is presented before 16 others comes after them.
 */
export async function* selectPackets(
  walk: PacketWalk,
  times: TrackTimes,
  selection: PacketSelection,
): AsyncGenerator<TimedPacket, void, undefined> {
  const { timeRange = TimeRange.eternity, isReordered } = selection;
  if (timeRange.isEmpty) return;
  const mostLate = isReordered ? mostReordered : 0;
  const startOf = times.createStarts();
  let late = 0;
  let packet = await findStart(walk, times, selection);
  while (packet !== undefined && late <= mostLate) {
    const start = startOf(packet);
    if (timeRange.contains(start)) yield { packet, start };
    else if (isBehind(start, timeRange)) late += 1;
    packet = await walk.next(packet, selection);
  }
  if (packet === undefined) await walk.checkEnd();
}

function isBehind(start: Timestamp, { end }: TimeRange): boolean {
  return end !== undefined && !start.isBefore(end);
}

async function findStart(
  walk: PacketWalk,
  times: TrackTimes,
  selection: PacketSelection,
): Promise<EncodedPacket | undefined> {
  const start = selection.timeRange?.start;
  if (start === undefined) return walk.first(selection);
  const seconds = times.toQuery(start);
  if (seconds === undefined) return walk.first(selection);
  return walk.findStart(seconds, selection);
}
