import { Timestamp } from "@sluice/time";
import type { Stream } from "sluice";
import type { Grain } from "../grain/grain.ts";
import type { Rational } from "../grain/rational.ts";
import type { Track } from "./container.ts";

/** What a report counts of a grain. */
export interface GrainFacts {
  /** When it is presented. */
  readonly start: Timestamp;
  /** How long, in seconds; absent if that is not known. */
  readonly duration: Rational | undefined;
  /** How many bytes its payload has, as the container has it. */
  readonly sizeBytes: number;
  /** Whether decoding can begin with it. */
  readonly isKey: boolean;
}

/** Names the method of a track that can tell of grains without their payloads. */
export const listFacts: unique symbol = Symbol("listFacts");

/** A track that can. */
export interface DescribedTrack extends Track {
  [listFacts](): Stream<GrainFacts>;
}

/** Tells of the grains of a track: without their payloads, if the container allows it. */
export function readFacts(track: Track): Stream<GrainFacts> {
  const hasFacts = (track: Track): track is DescribedTrack =>
    listFacts in track;
  if (hasFacts(track)) return track[listFacts]();
  return track.getGrains().map(toFacts);
}

function toFacts(grain: Grain): GrainFacts {
  const { originTimestamp: start, duration, data } = grain;
  const isKey = grain.kind !== "coded-video" || grain.isKeyFrame === true;
  return { start, duration, sizeBytes: data.byteLength, isKey };
}

/** Tells when a grain has been presented: at its start, if nobody knows. */
export function endOf({ start, duration }: GrainFacts): Timestamp {
  if (duration === undefined) return start;
  const { numerator, denominator } = duration;
  const length = (BigInt(numerator) * 1_000_000_000n) / BigInt(denominator);
  return start.add(Timestamp.fromNanoseconds(length));
}
