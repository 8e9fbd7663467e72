import type { Grain } from "@sluice/media";
import { TimeRange } from "@sluice/time";
import type { Stream } from "sluice";
import { MissingMediaError } from "../error/missing-media-error.ts";
import type { FlowSegment } from "./flow-segment.ts";
import type { LoadedSegment } from "./segment-loader.ts";
import { selectGrains } from "./select-grains.ts";

/** What grains are counted in that come at no constant rate. */
export interface OrdinalSource {
  /** The flow. */
  readonly flowId: string;
  /** Lists the segments that overlap a range. */
  readonly list: (timeRange: TimeRange) => Stream<FlowSegment>;
  /** Loads them. */
  readonly open: (timeRange: TimeRange) => Stream<LoadedSegment>;
}

/**
 * Gives exactly `count` grains, by their place in the order of presentation: from the grain
 * with the number `first`, counted from the beginning of a range.
 *
 * Segments before it are passed over without being read, as far as they tell how many
 * samples they have.
 *
 * @throws {MissingMediaError} If there are not so many.
 */
export async function readByOrdinal(
  source: OrdinalSource,
  timeRange: TimeRange,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<readonly Grain[]> {
  const place = await findPlace(source, timeRange, first);
  const grains = await source
    .open(place.timeRange)
    .flatMap((loaded) => selectGrains(loaded, place.timeRange, "presentation"))
    .drop(place.first)
    .take(count)
    .toArray();
  if (grains.length === count) return grains;
  const rest = await findRest(source, timeRange);
  throw new MissingMediaError(source.flowId, [`${rest}`]);
}

interface Place {
  readonly timeRange: TimeRange;
  readonly first: number;
}

/** Finds the last segment that may be begun with, and what is to be passed over in it. */
async function findPlace(
  { list }: OrdinalSource,
  timeRange: TimeRange,
  first: number,
): Promise<Place> {
  let passed = 0;
  let rest = timeRange;
  for await (const { start, timeRange: own, document } of list(timeRange)) {
    const { sample_count: samples } = document;
    // Of a segment that the range begins within, nobody knows which samples are before.
    const isPartial = (timeRange.toNanosecondBounds().start ?? start) > start;
    const isPassed =
      samples !== undefined && !isPartial && passed + samples <= first;
    if (!isPassed) {
      return { timeRange: from(own, timeRange), first: first - passed };
    }
    passed += samples;
    rest = own.after().intersect(timeRange);
  }
  return { timeRange: rest, first: first - passed };
}

function from({ start }: TimeRange, within: TimeRange): TimeRange {
  return TimeRange.of(start, undefined).intersect(within);
}

/** The range behind the last segment. */
async function findRest(
  { list }: OrdinalSource,
  timeRange: TimeRange,
): Promise<TimeRange> {
  const last = await list(timeRange).reduce<FlowSegment | undefined>(
    (_, segment) => segment,
    undefined,
  );
  return last?.timeRange.after() ?? timeRange;
}
