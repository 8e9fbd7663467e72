import { Timestamp, type Rate } from "@sluice/time";
import { FormatError } from "../../error/format-error.ts";
import { TickClock } from "../../mediabunny/exact-time.ts";
import { FrameGrid, toInterval } from "../../mediabunny/frame-grid.ts";
import type { CodedPicture } from "./picture-assembler.ts";

/** The clock of MPEG-TS. */
export const transportStreamClock: TickClock = TickClock.of(90_000);

/** When a picture is presented, and decoded. */
export interface PictureTimes {
  readonly start: Timestamp;
  readonly decode: Timestamp;
}

/**
 * Tells when pictures are presented and decoded, in the order of decoding.
 *
 * Where 1/90000 s cannot tell the times of a rate exactly, as of 23.976 pictures in a
 * second, they are counted in pictures from the first. A picture without a time of its own
 * follows the one before it, if no picture is presented in another order.
 */
export class PictureClock {
  readonly #rate: Rate | undefined;
  readonly #grid: FrameGrid | undefined;
  #isReordered = false;
  #last: PictureTimes | undefined;

  /** @param firstTick When the first picture is presented, in 1/90000 s. */
  constructor(rate: Rate | undefined, firstTick: number) {
    this.#rate = rate;
    const isCoarse =
      rate !== undefined && toInterval(rate, transportStreamClock) % 1 !== 0;
    if (isCoarse) {
      this.#grid = new FrameGrid(rate, transportStreamClock, firstTick);
    }
  }

  /**
   * Gives the times of the next picture.
   *
   * @throws {FormatError} If it has none, and they cannot be counted.
   */
  next(picture: CodedPicture): PictureTimes {
    const { pts, dts = pts } = picture;
    const times =
      pts === undefined || dts === undefined
        ? this.#count(picture)
        : { start: this.#toTimestamp(pts), decode: this.#toTimestamp(dts) };
    if (pts !== dts) this.#isReordered = true;
    this.#last = times;
    return times;
  }

  #toTimestamp(tick: number): Timestamp {
    return (
      this.#grid?.toTimestamp(tick) ?? transportStreamClock.toTimestamp(tick)
    );
  }

  #count({ offset }: CodedPicture): PictureTimes {
    const last = this.#last;
    if (last === undefined || this.#rate === undefined || this.#isReordered) {
      throw new FormatError({
        code: "MEDIA_MALFORMED",
        format: "MPEG-TS",
        offset,
        problem: "a picture has no time, and none can be counted",
      });
    }
    const start = last.start.add(Timestamp.intervalOf(this.#rate));
    return { start, decode: start };
  }
}
