import { Timestamp, type TimeRange } from "@sluice/time";
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
  const { timeRange, isReordered } = selection;
  if (timeRange?.isEmpty === true) return;
  const mostLate = isReordered ? mostReordered : 0;
  const startOf = times.createStarts();
  let late = 0;
  let packet = await findStart(walk, times, selection);
  while (packet !== undefined && late <= mostLate) {
    const start = startOf(packet);
    if (timeRange === undefined || timeRange.contains(start)) {
      yield { packet, start };
    } else if (timeRange.end !== undefined && !start.isBefore(timeRange.end)) {
      late += 1;
    }
    packet = await walk.next(packet, selection);
  }
}

async function findStart(
  walk: PacketWalk,
  times: TrackTimes,
  selection: PacketSelection,
): Promise<EncodedPacket | undefined> {
  const start = selection.timeRange?.start;
  if (start === undefined) return await walk.first(selection);
  const seconds = times.toQuery(start);
  if (seconds === undefined) return await walk.first(selection);
  return await walk.findStart(seconds, selection);
}
