import { Rate } from "@sluice/time";
import type { TickClock } from "./exact-time.ts";
import { toInterval, toTolerance } from "./frame-grid.ts";

/** A picture's times. */
export interface PictureTimes {
  /** When it is presented, in ticks. */
  readonly tick: number;
  /** How long it lasts, in ticks, as far as is known; it need not be whole. */
  readonly duration: number;
}

/** Of how many steps one may be longer than a frame, where one is missing. */
const stepsToGap = 10;

/**
 * Finds at which rate pictures come, exactly: 30000/1001 in milliseconds too.
 *
 * A rate is taken only if each picture is where it says: to the tick and its rounding.
 *
 * @param pictures In the order of presentation.
 * @returns The rate; nothing if it varies, or cannot be told.
 */
export function findExactRate(
  pictures: readonly PictureTimes[],
  clock: TickClock,
): Rate | undefined {
  return listCandidates(pictures, clock).find((rate) =>
    isRateOf(rate, pictures, clock),
  );
}

/** Gives the rates that it may be, the likeliest first. */
function listCandidates(
  pictures: readonly PictureTimes[],
  clock: TickClock,
): Rate[] {
  const [first] = pictures;
  const last = pictures.at(-1);
  if (first === undefined || last === undefined) return [];
  // The rate that a Matroska file declares shows in a part of a tick.
  const declared = pictures.find(({ duration }) => duration % 1 !== 0);
  const intervals = declared === undefined ? [] : [declared.duration];
  if (first === last) intervals.push(first.duration);
  const steps = toSteps(pictures);
  const middle = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  if (middle > 0) {
    const count = steps.reduce((sum, s) => sum + Math.round(s / middle), 0);
    intervals.push((last.tick - first.tick) / count);
  }
  const span = Math.max(last.tick - first.tick, 1);
  return intervals
    .filter((interval) => interval > 0)
    .flatMap((interval) => nearRates(interval, span, clock));
}

/** Gives the rates near an interval, as near as the ticks of the whole can tell. */
function nearRates(interval: number, span: number, clock: TickClock): Rate[] {
  const perSecond = clock.timescale / interval;
  if (!(perSecond > 1e-3 && perSecond < 1e6)) return [];
  const tolerances = [1e-5, Math.min(1 / span, 1e-2)];
  return tolerances.map((tolerance) => Rate.near(perSecond, { tolerance }));
}

function isRateOf(
  rate: Rate,
  pictures: readonly PictureTimes[],
  clock: TickClock,
): boolean {
  const interval = toInterval(rate, clock);
  const tolerance = toTolerance(interval);
  const [first] = pictures;
  if (first === undefined) return false;
  let before = -1;
  let gaps = 0;
  for (const { tick } of pictures) {
    const count = Math.round((tick - first.tick) / interval);
    const expected = first.tick + count * interval;
    if (count <= before || Math.abs(tick - expected) > tolerance) return false;
    if (count > before + 1) gaps += 1;
    before = count;
  }
  return gaps * stepsToGap <= pictures.length - 1;
}

function toSteps(pictures: readonly PictureTimes[]): number[] {
  return pictures
    .slice(1)
    .map(({ tick }, index) => tick - (pictures[index]?.tick ?? tick));
}
