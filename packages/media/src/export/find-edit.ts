import { Rate } from "@sluice/time";
import type { Edit } from "../iso-base-media/edit-list.ts";
import type { ExportBounds } from "./export-bounds.ts";
import type { LoggedSample, TrackTiming } from "./sample-log.ts";

/** What an edit is found of. */
export interface EditFacts {
  readonly samples: readonly LoggedSample[];
  readonly timing: TrackTiming;
  /** Pictures are shown as a whole; of sound, each sample counts. */
  readonly isPicture: boolean;
  readonly bounds: ExportBounds;
  /** The instant at which the movie begins, in nanoseconds. */
  readonly zero: bigint;
  /** Ticks in a second of the movie. */
  readonly movieTimescale: number;
}

/** Which part of a track is presented, and where that ends in ticks of its media. */
export interface FoundEdit extends Edit {
  readonly mediaEnd: bigint;
}

/** Finds which part of a track is presented. */
export function findEdit(facts: EditFacts): FoundEdit {
  const { timing, zero, movieTimescale } = facts;
  const [from, to] = facts.isPicture ? findPictures(facts) : findSound(facts);
  const rate = Rate.of(movieTimescale);
  const first =
    findFirstShown(facts.samples, facts.bounds, facts.isPicture) ?? zero;
  const wait = first - zero;
  return {
    delay: wait > 1n ? rate.nanosecondsToCount(wait) : 0n,
    mediaTime: from,
    mediaEnd: to,
    duration: scale(to - from, timing.timescale, movieTimescale),
  };
}

/** Finds when the first of those within the bounds is presented, in nanoseconds. */
export function findFirstShown(
  samples: readonly LoggedSample[],
  bounds: ExportBounds,
  isPicture: boolean,
): bigint | undefined {
  let first: bigint | undefined;
  for (const sample of samples) {
    const { presentation } = sample;
    if (!isWithin(sample, bounds, isPicture)) continue;
    if (first === undefined || presentation < first) first = presentation;
  }
  return first;
}

/**
 * Tells whether something is within the bounds: pictures are by their start; of sound that
 * begins before, what is left is.
 */
function isWithin(
  { presentation, end }: LoggedSample,
  bounds: ExportBounds,
  isPicture: boolean,
): boolean {
  const [first, past] = [bounds.start?.nanoseconds, bounds.end?.nanoseconds];
  if (past !== undefined && presentation >= past) return false;
  if (first === undefined) return true;
  return isPicture ? presentation >= first : end > first;
}

function findPictures(facts: EditFacts): [from: bigint, to: bigint] {
  const { samples, timing, bounds } = facts;
  const first = findFirstShown(samples, bounds, true) ?? 0n;
  let last = first;
  for (const sample of samples) {
    if (!isWithin(sample, bounds, true)) continue;
    if (sample.end > last) last = sample.end;
  }
  const past = bounds.end?.nanoseconds;
  const end = past !== undefined && past < last ? past : last;
  return [timing.toTick(first), timing.toTick(end)];
}

function findSound(facts: EditFacts): [from: bigint, to: bigint] {
  const { samples, timing, bounds } = facts;
  const first = samples[0]?.presentation ?? 0n;
  const last = samples.at(-1)?.end ?? first;
  const { start, end } = bounds;
  const from =
    start === undefined || start.nanoseconds <= first
      ? timing.toTick(first)
      : toSample(timing, start.nanoseconds);
  const to =
    end === undefined || end.nanoseconds >= last
      ? timing.toTick(last)
      : toSample(timing, end.nanoseconds);
  return [from, to];
}

/** Gives the first sample at, or behind an instant, which may be a nanosecond off. */
function toSample(timing: TrackTiming, nanoseconds: bigint): bigint {
  return timing.toTick(nanoseconds - 1n, "up");
}

function scale(ticks: bigint, from: number, to: number): bigint {
  return (ticks * BigInt(to) + BigInt(from) / 2n) / BigInt(from);
}
