import type { Grain } from "@sluice/media";
import { getUnitLength } from "./grain-order.ts";
import { getGrainLength, getGrainStart, isKeyGrain } from "./grain-span.ts";

/**
 * Says where a flow is cut into segments: at the grain that decoding can begin with and that
 * is nearest behind each multiple of the duration, from the first grain on; and where
 * something is missing.
 */
export class SegmentCutter {
  readonly #duration: bigint;
  #origin: bigint | undefined;
  #next = 0n;

  /** @param duration About how long a segment is, in nanoseconds. */
  constructor(duration: bigint) {
    this.#duration = duration;
  }

  /**
   * Tells whether a grain begins another segment.
   *
   * @param end When the presentation of what is before it ends; absent before the first.
   */
  isCut(grain: Grain, end: bigint | undefined): boolean {
    const start = getGrainStart(grain);
    if (this.#origin === undefined || end === undefined) {
      this.#origin = start;
      this.#next = start + this.#duration;
      return false;
    }
    if (!isKeyGrain(grain)) return false;
    // An event that lasts is not cut by the next.
    if (grain.kind === "data" && start < end) return false;
    const isDue = start + getGrainLength(grain) / 2n >= this.#next;
    if (isDue) this.#moveOn(start + getGrainLength(grain) / 2n, this.#origin);
    return isDue || (grain.kind !== "data" && isGap(grain, start - end));
  }

  #moveOn(start: bigint, origin: bigint): void {
    const passed = (start - origin) / this.#duration;
    this.#next = origin + (passed + 1n) * this.#duration;
  }
}

function isGap(grain: Grain, length: bigint): boolean {
  return 2n * length > getUnitLength(grain);
}
