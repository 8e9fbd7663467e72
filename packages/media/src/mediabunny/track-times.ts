import type { Timestamp } from "@sluice/time";
import type { EncodedPacket } from "mediabunny";
import type { TickClock } from "./exact-time.ts";
import type { FrameGrid } from "./frame-grid.ts";

/** Tells when packets of a track are presented. */
export interface TrackTimes {
  /** Ticks of the container. */
  readonly clock: TickClock;
  /** Whether packets tell it only if they have their data. */
  readonly needsData: boolean;
  /** Makes what tells it of packets that are read one after the other. */
  createStarts(): (packet: EncodedPacket) => Timestamp;
  /**
   * Makes seconds to look a packet up with that is not after the one presented at `time`;
   * nothing if that is to be the first.
   */
  toQuery(time: Timestamp): number | undefined;
}

/**
 * Makes the times of a track whose packets each tell their own.
 *
 * @param grid Where they are exactly, if the clock is coarser than that.
 * @param delay By how much they are late, if the container says so.
 */
export function createTrackTimes(
  clock: TickClock,
  grid?: FrameGrid,
  delay?: Timestamp,
): TrackTimes {
  return {
    clock,
    needsData: false,
    createStarts: () => (packet) => {
      const tick = clock.toTicks(packet.timestamp);
      const start = grid?.toTimestamp(tick) ?? clock.toTimestamp(tick);
      return delay === undefined ? start : start.subtract(delay);
    },
    toQuery: (time) => {
      const late = delay === undefined ? time : time.add(delay);
      // What is on the grid may be a tick earlier than it says.
      return (
        clock.toQuery(late) + (grid === undefined ? 0 : 1 / clock.timescale)
      );
    },
  };
}
