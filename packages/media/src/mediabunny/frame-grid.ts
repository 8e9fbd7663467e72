import { Rate, Timestamp } from "@sluice/time";
import type { TickClock } from "./exact-time.ts";

/**
 * Instants at which the frames of a track start, one as far from the next as the other,
 * where its clock can tell them only roughly: the milliseconds of Matroska, and 23.976
 * pictures in 1/90000 s.
 *
 * Frames are counted from the first, not from the clock's zero: the phase would be lost.
 *
 * Source: TAMS application note 0008, which wants times of a constant rate regularised.
 */
export class FrameGrid {
  /** Frames in a second. */
  readonly rate: Rate;
  readonly #clock: TickClock;
  readonly #firstTick: number;
  readonly #first: Timestamp;
  readonly #interval: number;
  readonly #tolerance: number;

  /** @param firstTick When the first frame is presented. */
  constructor(rate: Rate, clock: TickClock, firstTick: number) {
    this.rate = rate;
    this.#clock = clock;
    this.#firstTick = firstTick;
    this.#first = clock.toTimestamp(firstTick);
    this.#interval = toInterval(rate, clock);
    this.#tolerance = toTolerance(this.#interval);
  }

  /** Gives the exact instant of a frame; that of its tick, if it is not on the grid. */
  toTimestamp(tick: number): Timestamp {
    const count = Math.round((tick - this.#firstTick) / this.#interval);
    const expected = this.#firstTick + count * this.#interval;
    if (Math.abs(tick - expected) > this.#tolerance) {
      return this.#clock.toTimestamp(tick);
    }
    return this.#first.add(Timestamp.fromCount(count, this.rate));
  }
}

/** Gives the ticks from a frame to the next, which need not be whole. */
export function toInterval(rate: Rate, clock: TickClock): number {
  return clock.timescale / rate.toNumber();
}

/**
 * Gives how many ticks a frame may be off: half of one by its own rounding, and half by
 * that of the first; but never so many that it could be another frame.
 */
export function toTolerance(interval: number): number {
  return Math.min(1 + 1e-6, interval / 4);
}
