import { Timestamp, type Rate } from "@sluice/time";

/**
 * Moves an instant by ticks of a clock.
 *
 * Times are whole nanoseconds, which the ticks of many clocks are not: a sum of two that were
 * rounded may be one off. So an instant that is on a tick is moved to another one.
 *
 * Source: TAMS 8.2, application note 0008: counts and times are to be reversible.
 */
export function addTicks(
  time: Timestamp,
  ticks: bigint,
  clock: Rate,
): Timestamp {
  const tick = time.toBigCount(clock);
  return Timestamp.fromCount(tick, clock).equals(time)
    ? Timestamp.fromCount(tick + ticks, clock)
    : time.add(Timestamp.fromCount(ticks, clock));
}
