import type { GrainOrder } from "@sluice/media";
import { TimeRange } from "@sluice/time";

/** How far ahead a reader loads. */
export interface Prefetch {
  /**
   * How many segments are loaded, or being loaded, while grains before them are worked on;
   * 3 by default, 0 for none.
   */
  readonly segments?: number | undefined;
  /**
   * No other is begun while those that are ready come to so many bytes; 64 MiB by default.
   */
  readonly bytes?: number | undefined;
}

/** How grains are read. */
export interface ReadOptions {
  /** Which part of the flow's timeline; all of it by default. */
  readonly timerange?: TimeRange | undefined;
  /** Coded pictures as they are presented, by default, or as they are decoded. */
  readonly order?: GrainOrder | undefined;
  /** How far ahead is loaded. */
  readonly prefetch?: Prefetch | undefined;
  /**
   * Whether what is missing is passed over, by default, or ends the reading with a
   * `MissingMediaError` where it is met.
   */
  readonly gaps?: "skip" | "fail" | undefined;
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What was asked for, and the defaults for the rest. */
export interface ReadSettings {
  readonly timeRange: TimeRange;
  readonly order: GrainOrder;
  readonly prefetch: Required<{ readonly [K in keyof Prefetch]: number }>;
  readonly gaps: "skip" | "fail";
  readonly signal: AbortSignal | undefined;
}

const DEFAULTS: ReadSettings = {
  timeRange: TimeRange.eternity,
  order: "presentation",
  prefetch: { segments: 3, bytes: 64 * 1024 * 1024 },
  gaps: "skip",
  signal: undefined,
};

/**
 * Fills in what was not asked for.
 *
 * @param options What was.
 * @param before What it is filled in with.
 * @throws {RangeError} If a number is out of bounds, or a word is none of those known.
 * @throws {TypeError} If the range is none.
 */
export function toReadSettings(
  options: ReadOptions | undefined,
  before: ReadSettings = DEFAULTS,
): ReadSettings {
  if (options === undefined) return before;
  const { timerange = before.timeRange, order = before.order } = options;
  const { gaps = before.gaps } = options;
  checkWord("order", order, ["presentation", "decode"]);
  checkWord("gaps", gaps, ["skip", "fail"]);
  if (!(timerange instanceof TimeRange)) {
    throw new TypeError("Cannot read with a 'timerange' that is no TimeRange");
  }
  return {
    timeRange: timerange,
    order,
    gaps,
    prefetch: toPrefetch(options.prefetch, before.prefetch),
    signal: eitherOf(options.signal, before.signal),
  };
}

function toPrefetch(
  given: Prefetch | undefined,
  before: ReadSettings["prefetch"],
): ReadSettings["prefetch"] {
  const { segments = before.segments, bytes = before.bytes } = given ?? {};
  if (!Number.isInteger(segments) || segments < 0) {
    throw new RangeError(
      `Cannot load ${segments} segments ahead: it is no whole number of 0 or more`,
    );
  }
  if (!(bytes > 0)) {
    throw new RangeError(`Cannot load ${bytes} bytes ahead: it is not above 0`);
  }
  return { segments, bytes };
}

function checkWord(
  name: string,
  value: string,
  known: readonly string[],
): void {
  if (known.includes(value)) return;
  throw new RangeError(
    `Cannot read with the ${name} '${value}': it is one of ${known.join(", ")}`,
  );
}

/** Gives a signal that aborts with either of two; none, if there is none. */
export function eitherOf(
  a: AbortSignal | undefined,
  b: AbortSignal | undefined,
): AbortSignal | undefined {
  return a !== undefined && b !== undefined
    ? AbortSignal.any([a, b])
    : (a ?? b);
}
