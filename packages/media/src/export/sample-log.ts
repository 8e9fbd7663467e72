import { Rate } from "@sluice/time";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import { findDecodeTicks } from "../object/decode-ticks.ts";
import type {
  SampleChunk,
  SampleEntry,
} from "../iso-base-media/sample-table.ts";

/** What is remembered of a grain that was written: some dozens of bytes. */
export interface LoggedSample {
  /** When it is presented, in nanoseconds. */
  readonly presentation: bigint;
  /** When it is decoded, in nanoseconds, if that is told. */
  readonly decode: bigint | undefined;
  /** When its presentation ends, in nanoseconds. */
  readonly end: bigint;
  /** Its bytes. */
  readonly size: number;
  /** Whether decoding can begin with it. */
  readonly isSync: boolean;
}

/** The samples of a track, in ticks of its media, whose first is decoded at 0. */
export interface TrackTiming {
  readonly timescale: number;
  readonly entries: readonly SampleEntry[];
  /** Gives the tick of an instant: the nearest; or the first at, or behind it. */
  toTick(nanoseconds: bigint, rounding?: "up"): bigint;
}

/** Timescales that files have, and at the end one that can tell all times. */
const timescales = [
  90_000, 1000, 600, 12_800, 15_360, 16_000, 19_200, 24_000, 30_000, 60_000,
  48_000, 1_000_000, 1_000_000_000,
] as const;

/** What is remembered of a track while its samples are written. */
export class SampleLog {
  readonly samples: LoggedSample[] = [];
  readonly chunks: SampleChunk[] = [];

  /**
   * Gives the samples' times in ticks: in the preferred timescale if it tells them all to
   * the nanosecond, and else in the first that does.
   *
   * @param preferred Ticks in a second, if they are known.
   * @param leastDelay How far pictures are decoded ahead at least, in seconds.
   */
  time(preferred: number | undefined, leastDelay: number): TrackTiming {
    const base = this.#findBase();
    const wanted =
      preferred === undefined ? timescales : [preferred, ...timescales];
    const timescale =
      wanted.find((candidate) => this.#isExact(base, candidate)) ??
      1_000_000_000;
    const rate = Rate.of(timescale);
    const toRelative = (nanoseconds: bigint, rounding?: "up"): bigint =>
      rate.nanosecondsToCount(nanoseconds - base, rounding);
    const ticks = this.samples.map(({ presentation, decode }) => ({
      presentation: toRelative(presentation),
      decode: decode === undefined ? undefined : toRelative(decode),
    }));
    const delay = BigInt(Math.round(leastDelay * timescale));
    const decoded = findDecodeTicks(ticks, delay).ticks;
    const first = decoded[0] ?? 0n;
    const entries = this.samples.map(({ size, isSync }, index): SampleEntry => {
      const time = decoded[index] ?? 0n;
      const next = decoded[index + 1] ?? time + this.#lastDuration(toRelative);
      checkSpan(next - time, timescale);
      const offset = Number((ticks[index]?.presentation ?? 0n) - time);
      return { size, isSync, offset, duration: Number(next - time) };
    });
    return {
      timescale,
      entries,
      toTick: (nanoseconds, rounding) =>
        toRelative(nanoseconds, rounding) - first,
    };
  }

  #findBase(): bigint {
    return this.samples.reduce(
      (least, { presentation }) =>
        presentation < least ? presentation : least,
      this.samples[0]?.presentation ?? 0n,
    );
  }

  #lastDuration(toTick: (nanoseconds: bigint) => bigint): bigint {
    const last = this.samples.at(-1);
    if (last === undefined) return 0n;
    const ticks = toTick(last.end) - toTick(last.presentation);
    return ticks > 0n ? ticks : 1n;
  }

  #isExact(base: bigint, timescale: number): boolean {
    const rate = Rate.of(timescale);
    return this.samples.every(({ presentation }) => {
      const distance = presentation - base;
      const tick = rate.nanosecondsToCount(distance);
      const found = rate.countToNanoseconds(tick);
      // Both it and the first were rounded down to the nanosecond.
      return found - distance <= 1n && distance - found <= 1n;
    });
  }
}

function checkSpan(ticks: bigint, timescale: number): void {
  if (ticks <= 0xffff_ffffn) return;
  throw new UnsupportedMediaError(
    "MP4",
    `between two grains are ${ticks} ticks of 1/${timescale} s, and 32 bits have to hold them`,
  );
}
