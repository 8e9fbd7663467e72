import { Rate, Timestamp } from "@sluice/time";

/**
 * The clock of a media object: its ticks, and the instants of its flow that they stand for.
 *
 * Instants are whole nanoseconds, which few ticks are. So an offset that is itself a number
 * of ticks is added as ticks: what is on a flow's grid of samples comes back on it, below
 * zero too, where the same sum in nanoseconds may be one off.
 *
 * Source: TAMS 8.2, flow segments, `ts_offset`; application note 0008.
 */
export class ObjectClock {
  /** Ticks in a second. */
  readonly rate: Rate;
  /** A flow's instant less the object's. */
  readonly timestampOffset: Timestamp;
  /** The same in ticks, if it is a whole number of them. */
  readonly #offsetTicks: bigint | undefined;

  /** @param timescale Ticks in a second. */
  constructor(timescale: number, timestampOffset: Timestamp) {
    this.rate = Rate.of(timescale);
    this.timestampOffset = timestampOffset;
    const ticks = timestampOffset.toBigCount(this.rate);
    const isWhole = Timestamp.fromCount(ticks, this.rate).equals(
      timestampOffset,
    );
    this.#offsetTicks = isWhole ? ticks : undefined;
  }

  /** Gives the instant on the object's own timeline. */
  toObjectTime(tick: bigint): Timestamp {
    return Timestamp.fromCount(tick, this.rate);
  }

  /** Gives the instant on the flow's timeline. */
  toFlowTime(tick: bigint): Timestamp {
    if (this.#offsetTicks !== undefined) {
      return Timestamp.fromCount(tick + this.#offsetTicks, this.rate);
    }
    return Timestamp.fromCount(tick, this.rate).add(this.timestampOffset);
  }

  /** Gives the tick that is nearest to an instant of the flow. */
  toTick(time: Timestamp): bigint {
    if (this.#offsetTicks !== undefined) {
      return time.toBigCount(this.rate) - this.#offsetTicks;
    }
    return time.subtract(this.timestampOffset).toBigCount(this.rate);
  }

  /** Tells whether a tick stands for exactly this instant of the flow. */
  isExact(time: Timestamp): boolean {
    return this.toFlowTime(this.toTick(time)).equals(time);
  }
}
