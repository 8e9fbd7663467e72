import type { Timestamp } from "@sluice/time";
import { FormatError } from "../error/format-error.ts";
import type { Grain } from "../grain/grain.ts";

/**
 * How many pictures can at most be decoded before one that is presented before them all.
 *
 * Source: ITU-T H.264 and H.265: a buffer of decoded pictures holds 16.
 */
const MOST_HELD = 16;

/**
 * Puts grains into the order of presentation.
 *
 * Nothing is presented before it is decoded: a picture is given as soon as one is decoded
 * that is not before it. Where no time of decoding is told, 16 are waited for. Holds 17.
 */
export class PresentationQueue {
  readonly #held: Grain[] = [];
  #last: Timestamp | undefined;

  /**
   * Takes the next in the order of decoding, and gives those that are next to be shown.
   *
   * @throws {FormatError} If it is presented before one that was given.
   */
  push(grain: Grain): Grain[] {
    const start = grain.originTimestamp;
    if (this.#last?.isAfter(start) === true) throw createOrderError(start);
    let place = this.#held.length;
    while (this.#held[place - 1]?.originTimestamp.isAfter(start) === true) {
      place -= 1;
    }
    this.#held.splice(place, 0, grain);
    const ready = this.#held.splice(0, this.#countReady(grain));
    this.#last = ready.at(-1)?.originTimestamp ?? this.#last;
    return ready;
  }

  /** Gives what is left: nothing more will come. */
  end(): Grain[] {
    return this.#held.splice(0);
  }

  #countReady(newest: Grain): number {
    const decode =
      newest.kind === "coded-video"
        ? newest.decodeTimestamp
        : newest.originTimestamp;
    const most = this.#held.length - MOST_HELD;
    if (decode === undefined) return Math.max(0, most);
    const later = this.#held.findIndex(({ originTimestamp }) =>
      originTimestamp.isAfter(decode),
    );
    return Math.max(later < 0 ? this.#held.length : later, most);
  }
}

function createOrderError(start: Timestamp): FormatError {
  return new FormatError({
    code: "MEDIA_MALFORMED",
    format: "pictures",
    problem: `the one presented at ${start} comes after more than ${MOST_HELD} that are presented later, or is decoded later than that`,
  });
}
