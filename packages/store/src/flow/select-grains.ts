import type { Grain, GrainOrder } from "@sluice/media";
import { Rate, type TimeRange } from "@sluice/time";
import { toleratedBounds, type FlowSegment } from "./flow-segment.ts";
import { getGrainStart } from "./grain-span.ts";
import type { LoadedSegment } from "./segment-loader.ts";
import { trimSound } from "./trim-sound.ts";

/** Whole nanoseconds from `start` on and before `end`; without bound, where one is absent. */
interface Bounds {
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
}

/**
 * Gives the grains of a segment that are within it, and within a range: pictures and events
 * that begin there, and sound to the sample.
 *
 * @throws {InvalidRequestError} If sound is to be cut of which nothing is known.
 */
export function selectGrains(
  loaded: LoadedSegment,
  range: TimeRange | undefined,
  order: GrainOrder,
): Grain[] {
  const { segment, grains } = loaded;
  const ordered = order === "decode" ? grains : sortByPresentation(grains);
  const select = createSelector(segment, range);
  return ordered.flatMap((grain) => select(grain) ?? []);
}

/**
 * Makes what gives a grain of a segment, or the part of it, that is within the segment and
 * within a range; nothing, if none of it is.
 */
export function createSelector(
  segment: FlowSegment,
  range: TimeRange | undefined,
): (grain: Grain) => Grain | undefined {
  const own = segment.isWhole ? undefined : toleratedBounds(segment);
  const wanted = range?.toNanosecondBounds();
  return (grain) => {
    const within = own === undefined ? grain : clipGrain(grain, own);
    if (within === undefined || wanted === undefined) return within;
    return clipGrain(within, wanted);
  };
}

/** Sorts grains by when they are presented. */
function sortByPresentation(grains: readonly Grain[]): Grain[] {
  return grains
    .map((grain) => ({ grain, start: getGrainStart(grain) }))
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
    .map(({ grain }) => grain);
}

/** Gives a grain, or the part of it, that is within bounds; nothing, if none of it is. */
function clipGrain(grain: Grain, { start, end }: Bounds): Grain | undefined {
  const at = getGrainStart(grain);
  if (grain.kind !== "audio" && grain.kind !== "coded-audio") {
    const isBefore = start !== undefined && at < start;
    return isBefore || (end !== undefined && at >= end) ? undefined : grain;
  }
  const { samples, sampleRate } = grain;
  if (sampleRate === 0) return grain;
  const rate = Rate.of(sampleRate);
  const count = (time: bigint | undefined, otherwise: number): number => {
    if (time === undefined) return otherwise;
    const index = Number(rate.nanosecondsToCount(time - at));
    return Math.min(Math.max(index, 0), samples);
  };
  const window = { first: count(start, 0), past: count(end, samples) };
  return window.first < window.past ? trimSound(grain, window) : undefined;
}
