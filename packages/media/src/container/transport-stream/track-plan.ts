import type { Essence } from "../../essence/essence.ts";
import type { Grain } from "../../grain/grain.ts";
import type {
  ElementaryStream,
  TransportStreamPacket,
} from "../../transport-stream/transport-stream-item.ts";
import type { GrainIds } from "../container.ts";
import type { LostPart } from "./lost-part.ts";

/** What makes grains of the packets of one stream, in one pass. */
export interface TrackReading {
  /**
   * Takes a packet, and gives what is whole by it, while it is asked for.
   *
   * @throws {FormatError} Behind all that is right.
   */
  push(packet: TransportStreamPacket): Iterable<Grain | LostPart>;
  /** Gives what is left: nothing more will come. */
  end(): Iterable<Grain | LostPart>;
}

/** What was found out of a stream, so that it can be read. */
export interface TrackPlan {
  /** The stream. */
  readonly stream: ElementaryStream;
  /** What its grains have in common. */
  readonly essence: Essence;
  /** Begins to read it. */
  readonly createReading: (ids: GrainIds) => TrackReading;
}

/** What finds out, by the beginning of a file, how a stream is read. */
export interface TrackProbe {
  /** Whether enough was seen. */
  readonly isDone: boolean;
  /** Takes a packet. */
  push(packet: TransportStreamPacket): void;
  /** Tells what was found out; nothing, if that is too little. */
  toPlan(): TrackPlan | undefined;
}
