import { concat, from, type Stream, type StreamOptions } from "sluice";
import type { TimeRange, Timestamp } from "@sluice/time";
import type { Grain } from "../grain/grain.ts";
import type { TrackGrainsOptions } from "./container.ts";
import { PresentationQueue } from "./presentation-queue.ts";

/**
 * Gives those of a track's grains that are wanted, in the order that is wanted.
 *
 * Reading ends with the first grain that is decoded after the end of the range: nothing
 * is presented before it is decoded.
 *
 * @param grains In the order of decoding.
 */
export function selectGrains(
  grains: Stream<Grain>,
  options: TrackGrainsOptions,
): Stream<Grain> {
  const { timeRange, order = "decode" } = options;
  const within =
    timeRange === undefined
      ? grains
      : grains
          .takeWhile((grain) => !isBehind(grain, timeRange))
          .filter(({ originTimestamp }) => timeRange.contains(originTimestamp));
  if (order === "decode") return within;
  const queue = new PresentationQueue();
  return concat(
    within
      .flatMap((grain) => queue.push(grain))
      .catch((error) => failBehind(queue.end(), error)),
    endOf(() => queue.end()),
  );
}

/** Gives the options that are those of a stream. */
export function toStreamOptions(options: TrackGrainsOptions): StreamOptions {
  const { ids: _ids, order: _order, timeRange: _range, ...rest } = options;
  return rest;
}

/** Asks for the last items when all others were given. */
export function endOf<T>(give: () => Iterable<T>): Stream<T> {
  return from(
    (function* () {
      yield* give();
    })(),
  );
}

/** Those before a fault are right. */
function* failBehind(
  grains: readonly Grain[],
  error: unknown,
): Generator<Grain, void, undefined> {
  yield* grains;
  throw error;
}

function isBehind(grain: Grain, { end }: TimeRange): boolean {
  if (end === undefined) return false;
  const decode: Timestamp | undefined =
    grain.kind === "coded-video"
      ? grain.decodeTimestamp
      : grain.originTimestamp;
  return decode?.isAfter(end) === true;
}
