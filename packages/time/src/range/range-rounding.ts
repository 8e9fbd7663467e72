import type { PhaseOptions, Timestamp } from "../instant/timestamp.ts";
import type { Rounding } from "../number/rounding.ts";
import type { Rate } from "../rate/rate.ts";
import type { Bounds } from "./bounds.ts";

/**
 * How the ends of a range are moved to units of a rate: both `nearest`, `up` or
 * `down`; `in`, so that it gets no longer; `out`, so that it gets no shorter; `start`
 * or `end`, so that this one goes to the nearest and the other goes the same way.
 */
export type RangeRounding = Rounding | "in" | "out" | "start" | "end";

/** How a range is taken for a run of counts. */
export interface RangeCountOptions extends PhaseOptions {
  /** How its ends are moved; `nearest` unless said otherwise. */
  readonly rounding?: RangeRounding;
}

/** A first count, and the one after the last. */
export interface RoundedEnds {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/**
 * Finds the counts at both ends of a range: an end that is not within, or a last
 * instant that is, takes the next.
 */
export function roundEnds(
  { start, includesStart, end, includesEnd }: Bounds,
  rate: Rate,
  { rounding = "nearest", phase }: RangeCountOptions = {},
): RoundedEnds {
  const shift = phase === undefined ? {} : { phase };
  const count = (time: Timestamp, word: Rounding) =>
    time.toCount(rate, { ...shift, rounding: word });
  const direction = (time: Timestamp | undefined): Rounding => {
    const moved = time?.normalise(rate, shift);
    if (time === undefined || moved?.equals(time)) return "nearest";
    return moved?.isBefore(time) ? "down" : "up";
  };
  const words: Record<RangeRounding, readonly [Rounding, Rounding]> = {
    nearest: ["nearest", "nearest"],
    up: ["up", "up"],
    down: ["down", "down"],
    in: ["up", "down"],
    out: ["down", "up"],
    start: ["nearest", rounding === "start" ? direction(start) : "nearest"],
    end: [rounding === "end" ? direction(end) : "nearest", "nearest"],
  };
  const [startWord, endWord] = words[rounding];
  return {
    start: start && count(start, startWord) + (includesStart ? 0 : 1),
    end: end && count(end, endWord) + (includesEnd ? 1 : 0),
  };
}
