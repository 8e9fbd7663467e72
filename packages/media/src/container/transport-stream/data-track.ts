import { createDataGrain } from "../../grain/data-grain.ts";
import type { Grain } from "../../grain/grain.ts";
import type {
  ElementaryStream,
  TransportStreamPacket,
} from "../../transport-stream/transport-stream-item.ts";
import type { GrainIds } from "../container.ts";
import type { LostPart } from "./lost-part.ts";
import { transportStreamClock } from "./picture-clock.ts";
import type { TrackPlan, TrackReading } from "./track-plan.ts";

/**
 * Makes the plan of a stream of timed metadata (ID3): a packet is a grain, whose format is
 * the stream's type.
 *
 * Source: Apple, Timed Metadata for HTTP Live Streaming.
 */
export function createDataPlan(stream: ElementaryStream): TrackPlan {
  return {
    stream,
    essence: { kind: "data", codec: "application/x-id3" },
    createReading: (ids) => new DataReading(ids),
  };
}

class DataReading implements TrackReading {
  readonly #ids: GrainIds;

  constructor(ids: GrainIds) {
    this.#ids = ids;
  }

  push(packet: TransportStreamPacket): (Grain | LostPart)[] {
    const { data, pts, isComplete, offset } = packet;
    if (!isComplete || pts === undefined) {
      const problem = isComplete
        ? "no time is told"
        : "metadata lack a part of their bytes";
      const bytes = data.length;
      return [{ kind: "lost", isStart: false, offset, bytes, problem }];
    }
    const originTimestamp = transportStreamClock.toTimestamp(pts);
    const grain = { ...this.#ids, originTimestamp, data };
    return [createDataGrain({ ...grain, format: "0x15" })];
  }

  end(): [] {
    return [];
  }
}
