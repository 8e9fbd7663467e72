import type { Grain } from "@sluice/media";
import type { Timestamp } from "@sluice/time";

/**
 * Moves a grain on its flow's timeline.
 *
 * @throws {RangeError} If it goes beyond what a timestamp holds.
 */
export function moveGrain(grain: Grain, offset: Timestamp): Grain {
  if (offset.nanoseconds === 0n) return grain;
  const moved = {
    originTimestamp: grain.originTimestamp.add(offset),
    syncTimestamp: grain.syncTimestamp.add(offset),
  };
  if (grain.kind !== "coded-video") return Object.freeze({ ...grain, ...moved });
  const decodeTimestamp = grain.decodeTimestamp?.add(offset);
  return Object.freeze({ ...grain, ...moved, decodeTimestamp });
}
