import { Timestamp } from "@sluice/time";
import { ObjectClock } from "./object-clock.ts";

/** What a clock is wanted for. */
export interface ClockNeeds {
  /** Ticks in a second. */
  readonly timescale: number;
  /** The instants of the flow that have to be told exactly, the earliest first. */
  readonly times: readonly Timestamp[];
  /** By how many ticks times are moved where they would be too low: whole frames. */
  readonly shift: bigint;
  /** An offset that will do, if one is known: that of the object before. */
  readonly timestampOffset: Timestamp | undefined;
}

/** An object's own times begin here, or later. */
const secondsAtStart = 1;

/** Beyond that many shifts something else is wrong. */
const mostShifts = 8n;

/**
 * Lists the clocks with which all times are told exactly, the best first: that of the
 * object before; that of the flow itself, if it is beyond the first second; and else one
 * that begins whole frames later.
 *
 * Instants are ticks rounded down to nanoseconds, and ticks that are a third of a
 * nanosecond apart are rounded each in its own way: so the places are tried that differ.
 */
export function* listClocks(
  needs: ClockNeeds,
): Generator<ObjectClock, void, undefined> {
  const { timescale, times } = needs;
  for (const offset of listOffsets(needs)) {
    const clock = new ObjectClock(timescale, offset);
    if (times.every((time) => clock.isExact(time))) yield clock;
  }
}

function* listOffsets(
  needs: ClockNeeds,
): Generator<Timestamp, void, undefined> {
  const { timescale, times, shift, timestampOffset } = needs;
  const [first] = times;
  if (first === undefined) return;
  if (timestampOffset !== undefined) yield timestampOffset;
  const { rate, ...flow } = new ObjectClock(timescale, Timestamp.zero);
  const isLate = first.nanoseconds >= BigInt(secondsAtStart) * 1_000_000_000n;
  if (isLate) yield flow.timestampOffset;
  const nearest = first.toBigCount(rate);
  const least = isLate ? 0n : countShifts(nearest, shift);
  for (let shifts = least; shifts <= least + mostShifts; shifts++) {
    for (let place = 0n; place < countPlaces(timescale); place++) {
      const tick = nearest + shifts * shift + place;
      yield first.subtract(Timestamp.fromCount(tick, rate));
    }
  }
}

/** Gives how many shifts bring a tick to the middle of the first one, or beyond. */
function countShifts(tick: bigint, shift: bigint): bigint {
  const missing = shift - 2n * tick;
  if (missing <= 0n) return 1n;
  return (missing + 2n * shift - 1n) / (2n * shift);
}

/** Gives after how many ticks their fractions of a nanosecond begin anew. */
function countPlaces(timescale: number): bigint {
  let [a, b] = [BigInt(timescale), 1_000_000_000n];
  while (b > 0n) [a, b] = [b, a % b];
  return BigInt(timescale) / a;
}
