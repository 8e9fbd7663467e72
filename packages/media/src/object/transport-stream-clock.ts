import { Rate, Timestamp } from "@sluice/time";
import { ObjectClock } from "./object-clock.ts";

/** Ticks in a second of MPEG-TS. */
export const ticksPerSecond = 90_000;

/** Times of MPEG-TS have 33 bits. */
const wrap = 1n << 33n;

/** Decoding begins at this tick or later: the clock of a stream is 0.7 s behind it. */
const firstDecode = 63_000n;

/**
 * Finds the clock of an object of MPEG-TS: its offset is the instant at which the 33 bits of
 * its times last began anew before the first is presented.
 *
 * Where the first is not at a whole tick, the offset makes good for that, and it is exact.
 * Where decoding would begin below zero, the object's times are whole seconds later.
 *
 * Source: TAMS 8.2, application note 0002; its pseudo-code is not followed, which takes a
 * picture out of order for a new beginning, and a period of 2^33 - 1 ticks: our decision
 * record 0068.
 *
 * @param first When the earliest is presented.
 * @param lead By how many ticks the first is decoded before that.
 * @param known The offset of the object before, which is taken if it will do.
 */
export function findTransportStreamClock(
  first: Timestamp,
  lead: bigint,
  known: Timestamp | undefined,
): ObjectClock {
  const before = known && new ObjectClock(ticksPerSecond, known);
  if (before?.isExact(first) === true) {
    const at = before.toTick(first);
    if (at - lead >= firstDecode && at < wrap) return before;
  }
  const rate = Rate.of(ticksPerSecond);
  const tick = first.toBigCount(rate);
  const offset = findOffset(tick, lead);
  const whole = new ObjectClock(
    ticksPerSecond,
    Timestamp.fromCount(offset, rate),
  );
  if (whole.toFlowTime(tick - offset).equals(first)) return whole;
  const exact = first.subtract(Timestamp.fromCount(tick - offset, rate));
  return new ObjectClock(ticksPerSecond, exact);
}

function findOffset(tick: bigint, lead: bigint): bigint {
  const second = BigInt(ticksPerSecond);
  // What begins before zero is to be in one piece, whole seconds later.
  if (tick < 0n) return (tick / second - 2n) * second;
  const rest = tick % wrap;
  return tick - rest - (rest - lead < firstDecode ? second : 0n);
}

/** Gives by how many ticks times have to be moved so that the earliest is within 33 bits. */
export function findWrapShift(earliest: bigint): bigint {
  return (((earliest % wrap) + wrap) % wrap) - earliest;
}

/**
 * Makes what gives a tick's instant on the flow's timeline: the exact one, if it is on the
 * grid that begins with the first and has a unit of so many seconds; else that of the tick.
 *
 * @param clock The clock of the object.
 * @param first The tick of the first.
 * @param grid Units in a second; nothing if there is no grid.
 */
export function createGridReader(
  clock: ObjectClock,
  first: bigint,
  grid: Rate | undefined,
): (tick: bigint) => Timestamp {
  if (grid === undefined) return (tick) => clock.toFlowTime(tick);
  const start = clock.toFlowTime(first);
  const { numerator, denominator } = grid;
  const units = new ObjectClock(numerator, start);
  const interval = (ticksPerSecond * denominator) / numerator;
  return (tick) => {
    const distance = Number(tick - first);
    const count = Math.round(distance / interval);
    // Both it and the first may be half a tick off.
    if (Math.abs(distance - count * interval) > 1.001) {
      return clock.toFlowTime(tick);
    }
    return units.toFlowTime(BigInt(count) * BigInt(denominator));
  };
}
