import { Rate, Timestamp } from "@sluice/time";
import type { AudioFrameHeader } from "../../coding/audio-frame.ts";

/** Ticks in a second of the clock of MPEG-TS. */
const TICKS = 90_000;

/**
 * Tells when frames of sound are presented: counted in samples from a packet's time on,
 * which is exact where 1/90000 s is not, until a packet's time is off by more than a frame.
 */
export class SampleTimes {
  /** The packet's time, in 1/90000 s. */
  #origin: number | undefined;
  #samples = 0;
  #sampleRate = 1;

  /**
   * Gives the time of the next frame.
   *
   * @param pts The time of its packet, if it is the first in it.
   * @returns The time; nothing, if none was told yet.
   */
  next(
    pts: number | undefined,
    { samples, sampleRate }: AudioFrameHeader,
  ): Timestamp | undefined {
    // Samples of another length cannot be counted with those before.
    if (sampleRate !== this.#sampleRate) this.forget();
    this.#sampleRate = sampleRate;
    if (pts !== undefined && this.#isOff(pts, samples)) {
      this.#origin = pts;
      this.#samples = 0;
    }
    if (this.#origin === undefined) return undefined;
    const start = this.#toTimestamp(this.#origin);
    this.#samples += samples;
    return start;
  }

  /** Something is missing: the next packet's time counts. */
  forget(): void {
    this.#origin = undefined;
  }

  #isOff(pts: number, samples: number): boolean {
    if (this.#origin === undefined) return true;
    const ticks = TICKS / this.#sampleRate;
    const expected = this.#origin + this.#samples * ticks;
    return Math.abs(pts - expected) > samples * ticks;
  }

  /** Counts in units that are parts of both, so that nothing is rounded twice. */
  #toTimestamp(origin: number): Timestamp {
    const divisor = findDivisor(TICKS, this.#sampleRate);
    const unit = Rate.of((TICKS / divisor) * this.#sampleRate);
    const count =
      origin * (this.#sampleRate / divisor) + this.#samples * (TICKS / divisor);
    return Timestamp.fromCount(count, unit);
  }
}

function findDivisor(a: number, b: number): number {
  return b === 0 ? a : findDivisor(b, a % b);
}
