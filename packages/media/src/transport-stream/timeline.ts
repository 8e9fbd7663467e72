/** Timestamps have 33 bits: they begin anew after 26 and a half hours. */
const WRAP = 2 ** 33;

/** 90000 to the second. */
const SECOND = 90_000;

/** What is further from the one before than this is believed when a second one agrees. */
const JUMP = 10 * SECOND;

/** A stream that begins as late as this before the wrap begins before zero. */
const BEFORE_ZERO = 60 * SECOND;

/**
 * Takes the wrap out of the timestamps of one program.
 *
 * Each timestamp is the one that is nearest to that before it, of whichever of the
 * program's streams, so that a picture which is presented out of order, or a stream that
 * is silent for a day, moves nothing. One timestamp that is far off, as damage makes
 * them, moves nothing either.
 *
 * A program that begins within a minute before the wrap is taken to begin before zero,
 * as ffmpeg has it.
 */
export class Timeline {
  #last: number | undefined;
  #suspect: number | undefined;

  /** @param before The timeline that it goes on from, if there is one. */
  constructor(before?: Timeline) {
    if (before !== undefined) this.#last = before.#last;
  }

  /** Gives the full time of one of 33 bits, in 1/90000 s. */
  unwrap(raw: number): number {
    if (this.#last === undefined) {
      this.#last = raw >= WRAP - BEFORE_ZERO ? raw - WRAP : raw;
      return this.#last;
    }
    const value = this.#last + signedDistance(raw, this.#last);
    const isNear =
      Math.abs(value - this.#last) <= JUMP ||
      (this.#suspect !== undefined && Math.abs(value - this.#suspect) <= JUMP);
    if (isNear) this.#last = value;
    this.#suspect = isNear ? undefined : value;
    return value;
  }
}

/** Gives the shortest way from one time to another of 33 bits, in either direction. */
export function signedDistance(raw: number, from: number): number {
  const distance = wrap(raw - from);
  return distance >= WRAP / 2 ? distance - WRAP : distance;
}

/** Gives the 33 bits of a time. */
export function wrap(time: number): number {
  const rest = time % WRAP;
  // A zero below zero is one all the same.
  return rest < 0 ? rest + WRAP : rest + 0;
}
