import type { Essence, Grain } from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";

const SECOND = 1_000_000_000;

/**
 * Tells in how many ticks a second a flow's times are whole, where nobody says it: the sample
 * rate, or what the rate of pictures is a rate of, fine enough that an offset can be rounded to
 * it.
 *
 * @returns The ticks; nothing, if times may be any.
 */
export function findTimescale(essence: Essence): number | undefined {
  if (essence.kind === "audio") return essence.sampleRate;
  if (essence.kind === "data" || essence.rate === undefined) return undefined;
  const { numerator } = essence.rate;
  const isCoarse = numerator < 1000 && SECOND % numerator !== 0;
  return isCoarse ? numerator * 1000 : numerator;
}

/**
 * Moves grains on their flow's timeline.
 *
 * Times are whole nanoseconds, which the ticks of many clocks are not: a sum of two that were
 * rounded may be one off. So what is on such a clock's ticks is moved by whole ticks, and
 * stays on them.
 *
 * Source: TAMS 8.2, application note 0008: counts and times are to be reversible.
 */
export class GrainMover {
  readonly #offset: Timestamp;
  readonly #clock: Rate | undefined;
  readonly #ticks: bigint;

  /**
   * @param offset What is added to all times.
   * @param timescale Ticks in a second; nothing, if times may be any.
   */
  constructor(offset: Timestamp, timescale: number | undefined) {
    const isWhole = timescale === undefined || SECOND % timescale === 0;
    this.#offset = offset;
    this.#clock = isWhole ? undefined : Rate.of(timescale);
    this.#ticks =
      this.#clock === undefined ? 0n : offset.toBigCount(this.#clock);
  }

  /**
   * Moves a grain.
   *
   * @throws {RangeError} If it goes beyond what a timestamp holds.
   */
  move(grain: Grain): Grain {
    if (this.#offset.nanoseconds === 0n) return grain;
    const moved = {
      originTimestamp: this.#moveTime(grain.originTimestamp),
      syncTimestamp: this.#moveTime(grain.syncTimestamp),
    };
    if (grain.kind !== "coded-video") {
      return Object.freeze({ ...grain, ...moved });
    }
    const { decodeTimestamp: decoded } = grain;
    const decodeTimestamp = decoded && this.#moveTime(decoded);
    return Object.freeze({ ...grain, ...moved, decodeTimestamp });
  }

  #moveTime(time: Timestamp): Timestamp {
    const clock = this.#clock;
    if (clock === undefined) return time.add(this.#offset);
    const tick = time.toBigCount(clock);
    return Timestamp.fromCount(tick, clock).equals(time)
      ? Timestamp.fromCount(tick + this.#ticks, clock)
      : time.add(this.#offset);
  }
}
