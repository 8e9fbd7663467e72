import type { Essence, ObjectFormat } from "@sluice/media";
import { Timestamp } from "@sluice/time";

/** When segments are on the timeline. */
export type Commit = "on-exit" | "as-you-go";

/** How a flow is written. */
export interface WriteOptions {
  /**
   * When what is written can be read: all of it at once, when the block has ended well, by
   * default; or each segment as soon as it is complete.
   */
  readonly commit?: Commit | undefined;
  /**
   * About how long a segment is; the flow's `segment_duration` by default, or else a second.
   * Coded pictures are cut at the next key frame, sound between its grains.
   */
  readonly segmentDuration?: Timestamp | undefined;
  /** What the objects are, for a flow that does not tell; chosen by the essence by default. */
  readonly objectFormat?: ObjectFormat | undefined;
  /**
   * What the grains have in common, where that is more than the flow's document tells: a
   * decoder's configuration has no place in TAMS.
   */
  readonly essence?: Essence | undefined;
  /**
   * What is added to the times of all grains, to the nearest tick where their clock's are no
   * whole nanoseconds; nothing by default.
   */
  readonly offset?: Timestamp | undefined;
  /**
   * Ticks in a second in which the times are whole, before the offset; by the essence's rate
   * by default.
   */
  readonly timescale?: number | undefined;
}

/** What was asked for, and the defaults for the rest. */
export interface WriteSettings extends WriteOptions {
  readonly commit: Commit;
  readonly offset: Timestamp;
}

/**
 * Fills in what was not asked for.
 *
 * @throws {RangeError} If the duration is not above 0, or `commit` is none of the words.
 */
export function toWriteSettings(options: WriteOptions = {}): WriteSettings {
  const { commit = "on-exit", segmentDuration } = options;
  const { offset = Timestamp.zero } = options;
  if (!["on-exit", "as-you-go"].includes(commit)) {
    throw new RangeError(
      `Cannot write with the commit '${commit}': it is on-exit or as-you-go`,
    );
  }
  if (segmentDuration !== undefined && segmentDuration.nanoseconds <= 0n) {
    throw new RangeError(
      `Cannot write segments of ${segmentDuration} s: it is not above 0`,
    );
  }
  return { ...options, commit, offset };
}
