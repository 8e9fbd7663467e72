import type { Timestamp } from "@sluice/time";
import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";
import type { TimedPacket } from "./select-packets.ts";
import type { TrackTimes } from "./track-times.ts";

/** Whose a grain is. */
export interface GrainOwner {
  /** The source: a UUID. */
  readonly sourceId: string;
  /** The flow: a UUID. */
  readonly flowId: string;
}

/** What a grain of any kind is made of. */
export interface GrainPlace extends GrainOwner {
  readonly data: Uint8Array;
  readonly originTimestamp: Timestamp;
}

/** What a track is, and how its packets become grains. */
export interface TrackContent {
  readonly essence: Essence;
  readonly times: TrackTimes;
  /** Whether packets may come in another order than that of presentation. */
  readonly isReordered: boolean;
  /** Makes what makes grains of packets that are read one after the other. */
  createGrains(): (timed: TimedPacket, owner: GrainOwner) => Grain;
}
