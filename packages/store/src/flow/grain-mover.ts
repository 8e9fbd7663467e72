import type { Essence, Grain } from "@sluice/media";
import { Rate, type Timestamp } from "@sluice/time";
import { addTicks } from "./add-ticks.ts";

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
 * Moves grains on their flow's timeline: by whole ticks of its clock, where those are no whole
 * nanoseconds.
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
    return addTicks(time, this.#ticks, clock);
  }
}
