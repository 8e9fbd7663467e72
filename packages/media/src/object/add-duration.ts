import { Rate, Timestamp } from "@sluice/time";
import type { Rational } from "../grain/rational.ts";
import { ObjectClock } from "./object-clock.ts";

/**
 * Gives the instant that is so much later: of an instant on the grid of the duration's
 * units, one on the grid again.
 *
 * @param time The instant.
 * @param duration Seconds.
 */
export function addDuration(time: Timestamp, duration: Rational): Timestamp {
  const { numerator, denominator } = duration;
  if (denominator > 1_000_000_000) return time.add(toTimestamp(duration));
  const clock = new ObjectClock(denominator, Timestamp.zero);
  if (!clock.isExact(time)) return time.add(toTimestamp(duration));
  return clock.toFlowTime(clock.toTick(time) + BigInt(numerator));
}

/** Gives seconds as the distance of two instants, rounded down to the nanosecond. */
export function toTimestamp({ numerator, denominator }: Rational): Timestamp {
  const nanoseconds =
    (BigInt(numerator) * 1_000_000_000n) / BigInt(denominator);
  return Timestamp.fromNanoseconds(nanoseconds);
}

/** Gives how long a frame lasts. */
export function toFrameDuration({ numerator, denominator }: Rate): Rational {
  return { numerator: denominator, denominator: numerator };
}
