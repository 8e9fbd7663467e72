import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";
import type { Rational } from "../grain/rational.ts";
import type { TimedPacket } from "./select-packets.ts";
import type { TrackTimes } from "./track-times.ts";

/** Whose a grain is. */
export interface GrainOwner {
  /** The source: a UUID. */
  readonly sourceId: string;
  /** The flow: a UUID. */
  readonly flowId: string;
}

/** What a track is, and how its packets become grains. */
export interface TrackContent {
  readonly essence: Essence;
  readonly times: TrackTimes;
  /** Whether packets may come in another order than that of presentation. */
  readonly isReordered: boolean;
  /** Makes what makes grains of packets that are read one after the other. */
  createGrains(): (timed: TimedPacket, owner: GrainOwner) => Grain;
  /** Tells how long a packet lasts, in seconds, if that is known. */
  measure(timed: TimedPacket): Rational | undefined;
}
