import { Rate, Timestamp } from "@sluice/time";
import { FormatError } from "../error/format-error.ts";

/** Up to here a tick comes out of floating seconds as it went in. */
const highestTick = 2 ** 51;

/**
 * The clock of a track: what makes whole ticks out of mediabunny's floating seconds, and
 * instants out of ticks. Seconds are used nowhere else.
 *
 * Source: our decision record 0066.
 */
export class TickClock {
  /** Ticks in a second, exactly. */
  readonly rate: Rate;
  /** The same as a number. */
  readonly timescale: number;

  private constructor(rate: Rate) {
    this.rate = rate;
    this.timescale = rate.toNumber();
  }

  /**
   * Makes the clock of a track.
   *
   * @param unitsPerSecond Whole; or, as of Matroska, a whole number of nanoseconds is a
   * unit.
   * @throws {FormatError} If nothing can be counted in such units.
   */
  static of(unitsPerSecond: number): TickClock {
    if (!(unitsPerSecond > 0 && unitsPerSecond <= 1e9)) {
      throw new FormatError({
        code: "MEDIA_MALFORMED",
        format: "times",
        problem: `a second has ${unitsPerSecond} units`,
      });
    }
    if (Number.isInteger(unitsPerSecond)) {
      return new TickClock(Rate.of(unitsPerSecond));
    }
    return new TickClock(Rate.of(1e9, Math.round(1e9 / unitsPerSecond)));
  }

  /**
   * Makes ticks of seconds.
   *
   * @throws {FormatError} If they are too many to be told exactly.
   */
  toTicks(seconds: number): number {
    const ticks = Math.round(seconds * this.timescale);
    // No tick is below 0 by a sign only.
    if (Math.abs(ticks) <= highestTick) return ticks + 0;
    throw new FormatError({
      code: "MEDIA_MALFORMED",
      format: "times",
      problem: `${seconds} s in units of 1/${this.rate} s is out of bounds`,
    });
  }

  /** Makes an instant of ticks. */
  toTimestamp(ticks: number): Timestamp {
    return Timestamp.fromCount(ticks, this.rate);
  }

  /**
   * Makes seconds to look a packet up with: half a tick later than the instant, so that
   * no rounding finds the packet before.
   */
  toQuery(time: Timestamp): number {
    return (time.toCount(this.rate) + 0.5) / this.timescale;
  }
}
