import type { Grain } from "@sluice/media";
import { CountRange, TimeRange, Timestamp, type Rate } from "@sluice/time";
import type { Stream } from "sluice";
import { MissingMediaError } from "../error/missing-media-error.ts";
import { CoveredCounts, toTimeRange } from "./covered-counts.ts";
import { getGrainStart } from "./grain-span.ts";
import type { LoadedSegment } from "./segment-loader.ts";
import { createSelector, selectGrains } from "./select-grains.ts";

/** Where a flow's counts begin, and how fast they go on. */
export interface CountScale {
  /** The flow. */
  readonly flowId: string;
  /** When the unit 0 begins. */
  readonly origin: Timestamp;
  /** Units in a second: pictures, or samples of sound. */
  readonly rate: Rate;
}

/**
 * Gives exactly the grains of a range of counts: each picture whose place, to the nearest,
 * is among them, and sound from the first sample to the last.
 *
 * Source: mediatimestamp, `to_count` with rounding to the nearest, which alone undoes
 * `from_count`.
 *
 * @param open Loads the segments that overlap a range.
 * @throws {MissingMediaError} If one is not there.
 */
export async function readByCount(
  open: (timeRange: TimeRange) => Stream<LoadedSegment>,
  counts: CountRange,
  scale: CountScale,
): Promise<readonly Grain[]> {
  const { flowId, origin, rate } = scale;
  const covered = new CoveredCounts(counts);
  const grains = await open(toSearchRange(counts, scale))
    .flatMap((loaded) => cutToCounts(loaded, counts, scale))
    .tap((grain) => {
      const from = countOf(grain, scale);
      covered.add(from, from + countUnits(grain));
    })
    .toArray();
  const missing = covered.findMissing();
  if (missing.length === 0) return grains;
  throw new MissingMediaError(
    flowId,
    missing.map((range) => `${toTimeRange(range, rate, origin)}`),
  );
}

/** A picture may be half of one away from its place, and still be in it. */
function toSearchRange(counts: CountRange, scale: CountScale): TimeRange {
  const { start, end } = toTimeRange(counts, scale.rate, scale.origin);
  const half = Timestamp.intervalOf(scale.rate, 2);
  return TimeRange.of(start?.subtract(half), end?.add(half));
}

function cutToCounts(
  loaded: LoadedSegment,
  counts: CountRange,
  scale: CountScale,
): Grain[] {
  const range = toTimeRange(counts, scale.rate, scale.origin);
  const select = createSelector(loaded.segment, range);
  return selectGrains(loaded, undefined, "presentation").flatMap((grain) => {
    if (isSound(grain)) return select(grain) ?? [];
    return counts.contains(countOf(grain, scale)) ? grain : [];
  });
}

function countOf(grain: Grain, { origin, rate }: CountScale): number {
  const since = getGrainStart(grain) - origin.nanoseconds;
  return Number(rate.nanosecondsToCount(since));
}

function countUnits(grain: Grain): number {
  return isSound(grain) ? grain.samples : 1;
}

function isSound(
  grain: Grain,
): grain is Extract<Grain, { readonly kind: "audio" | "coded-audio" }> {
  return grain.kind === "audio" || grain.kind === "coded-audio";
}
