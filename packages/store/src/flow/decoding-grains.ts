import type { Grain } from "@sluice/media";
import { TimeRange, Timestamp } from "@sluice/time";
import { stream, type Stream } from "sluice";
import { TOLERANCE, type FlowSegment } from "./flow-segment.ts";
import { getGrainStart, isKeyGrain } from "./grain-span.ts";
import type { LoadedSegment } from "./segment-loader.ts";
import { createSelector, selectGrains } from "./select-grains.ts";

/** A grain for a decoder. */
export interface GrainToDecode {
  /** The grain. */
  readonly grain: Grain;
  /** Whether it was asked for; if not, it is only there so that others can be decoded. */
  readonly isWanted: boolean;
}

/** Where a decoder's grains come from. */
export interface DecodingSource {
  /** Loads the segments that overlap a range. */
  readonly open: (timeRange: TimeRange) => Stream<LoadedSegment>;
  /** Finds the segment right before another, where there is no gap between them. */
  readonly findBefore: (
    segment: FlowSegment,
    signal: AbortSignal,
  ) => Promise<LoadedSegment | undefined>;
}

/** How many samples a decoder of sound needs to settle: ISO/IEC 14496-3, RFC 7845 (80 ms). */
const SETTLING: Partial<Record<string, number>> = {
  AAC: 1024,
  OPUS: 3840,
  MP3: 1152,
  VORBIS: 8192,
};

/**
 * Gives the grains of a range in the order of decoding, and those that a decoder needs besides:
 * pictures from the key frame on, and after the end those that wanted ones refer to; for
 * sound, the frames in which it settles.
 */
export function streamGrainsToDecode(
  source: DecodingSource,
  timeRange: TimeRange,
): Stream<GrainToDecode> {
  return stream<GrainToDecode>(async function* ({ signal }) {
    let isFirst = true;
    for await (const loaded of source.open(timeRange)) {
      const marked = mark(loaded, timeRange);
      const wanted = marked.findIndex(({ isWanted }) => isWanted);
      if (wanted === -1) continue;
      if (isFirst) {
        yield* await findPreRoll(source, { loaded, marked }, signal);
        isFirst = false;
      } else if (!loaded.segment.isWhole) {
        yield* marked.slice(findEntry(marked) ?? 0, wanted);
      }
      // What is before the first that is wanted, yet begins the object, is needed by it.
      const last = marked.findLastIndex(({ isWanted }) => isWanted);
      yield* marked.slice(wanted, last + 1);
    }
  });
}

interface Marked {
  readonly loaded: LoadedSegment;
  readonly marked: readonly GrainToDecode[];
}

/** Marks the grains of an object: wanted, as they were cut, or as they are. */
function mark(loaded: LoadedSegment, timeRange: TimeRange): GrainToDecode[] {
  const select = createSelector(loaded.segment, timeRange);
  return loaded.grains.map((grain) => {
    const wanted = select(grain);
    return wanted === undefined
      ? { grain, isWanted: false }
      : { grain: wanted, isWanted: true };
  });
}

async function findPreRoll(
  { findBefore }: DecodingSource,
  { loaded, marked }: Marked,
  signal: AbortSignal,
): Promise<readonly GrainToDecode[]> {
  const wanted = marked.findIndex(({ isWanted }) => isWanted);
  let grains: readonly GrainToDecode[] = marked;
  let { segment } = loaded;
  for (;;) {
    const entry = findEntry(grains);
    const offset = grains.length - marked.length;
    if (entry !== undefined) return grains.slice(entry, offset + wanted);
    const before = await findBefore(segment, signal);
    // Without one there is nothing that decoding could begin with: it begins where it can.
    if (before === undefined) return marked.slice(0, wanted);
    const unwanted = selectGrains(before, undefined, "decode").map((grain) => ({
      grain,
      isWanted: false,
    }));
    grains = [...unwanted, ...grains];
    ({ segment } = before);
  }
}

/** Finds the grain with which decoding has to begin, if it is among these. */
function findEntry(grains: readonly GrainToDecode[]): number | undefined {
  const wanted = grains.findIndex(({ isWanted }) => isWanted);
  const grain = grains[wanted]?.grain;
  if (grain === undefined) return undefined;
  if (grain.kind === "coded-audio") return findSettling(grains, wanted);
  const start = earliest(grains);
  // Pictures that lead a key frame are presented before it, and refer to what is before it.
  const entry = grains.findLastIndex(
    ({ grain: other }, index) =>
      index <= wanted && isKeyGrain(other) && getGrainStart(other) <= start,
  );
  return entry === -1 ? undefined : entry;
}

function findSettling(
  grains: readonly GrainToDecode[],
  wanted: number,
): number | undefined {
  const grain = grains[wanted]?.grain;
  let needed =
    grain?.kind === "coded-audio" ? (SETTLING[grain.format] ?? 0) : 0;
  let index = wanted;
  while (needed > 0) {
    const before = grains[--index]?.grain;
    if (before?.kind !== "coded-audio") return undefined;
    needed -= before.samples;
  }
  return index;
}

function earliest(grains: readonly GrainToDecode[]): bigint {
  const starts = grains
    .filter(({ isWanted }) => isWanted)
    .map(({ grain }) => getGrainStart(grain));
  return starts.reduce((a, b) => (b < a ? b : a));
}

/** The range in which the segment right before another ends. */
export function rightBefore({ start }: FlowSegment): TimeRange {
  return TimeRange.of(
    Timestamp.fromNanoseconds(start - TOLERANCE),
    Timestamp.fromNanoseconds(start),
  );
}
