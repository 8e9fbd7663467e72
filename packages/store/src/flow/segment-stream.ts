import type { Stream } from "sluice";
import { MissingMediaError } from "../error/missing-media-error.ts";
import type { MediaPlace } from "./media-place.ts";
import type { ReadSettings } from "./reader-options.ts";
import { planReading, type ReadingStep } from "./reading-plan.ts";
import type { LoadedSegment, SegmentLoader } from "./segment-loader.ts";

/** What streams of segments are made with. */
export interface SegmentStreamInit {
  readonly place: MediaPlace;
  readonly loader: SegmentLoader;
  readonly flowId: string;
}

type Settings = Pick<
  ReadSettings,
  "timeRange" | "prefetch" | "gaps" | "signal"
>;

/**
 * Loads the segments of a range, in order, and the next ones in the background while one is
 * worked on.
 *
 * Holds at most `prefetch.segments` beside the one that is worked on, and begins no other
 * while those that are ready come to `prefetch.bytes`. Whoever leaves ends what is being
 * loaded.
 */
export function streamSegments(
  { place, loader, flowId }: SegmentStreamInit,
  { timeRange, prefetch, gaps, signal }: Settings,
): Stream<LoadedSegment> {
  const load = async (
    step: ReadingStep,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<LoadedSegment | undefined> => {
    if (step.kind === "segment") return loader.load(step.segment, signal);
    if (gaps === "skip") return undefined;
    throw new MissingMediaError(flowId, [`${step.timeRange}`]);
  };
  const loaded = planReading(place.store, { flowId, timeRange })
    .withOptions({ signal: place.lifetime.signal })
    .withOptions({ signal })
    .map(load);
  const ahead =
    prefetch.segments === 0
      ? loaded
      : loaded.buffered(prefetch.segments, {
          maxBytes: prefetch.bytes,
          sizeOf: (segment) => segment?.sizeBytes ?? 0,
        });
  return ahead.filter((segment) => segment !== undefined);
}
