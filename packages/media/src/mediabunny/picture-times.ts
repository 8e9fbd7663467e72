import type { Rate } from "@sluice/time";
import type { EncodedPacket } from "mediabunny";
import { FormatError } from "../error/format-error.ts";
import type { Rational } from "../grain/rational.ts";
import type { PictureTimes } from "./exact-rate.ts";
import type { TickClock } from "./exact-time.ts";
import { toInterval } from "./frame-grid.ts";
import type { PacketWalk } from "./packet-walk.ts";
import { mostReordered } from "./presentation-order.ts";

/** Of how many pictures the times are looked at to find the rate. */
const probedPictures = 256;

/** What the parts of a fraction hold. */
const highestNumber = 0xffff_ffff;

/** Gives the times of the first pictures of a track, in the order of presentation. */
export async function probePictures(
  walk: PacketWalk,
  clock: TickClock,
): Promise<PictureTimes[]> {
  const pictures: PictureTimes[] = [];
  let packet = await walk.first({ metadataOnly: true });
  while (packet !== undefined && pictures.length < probedPictures) {
    const tick = clock.toTicks(packet.timestamp);
    pictures.push({ tick, duration: toTickDuration(packet, clock) });
    packet = await walk.next(packet, { metadataOnly: true });
  }
  pictures.sort((a, b) => a.tick - b.tick);
  // Others may come between the last ones.
  return packet === undefined ? pictures : pictures.slice(0, -mostReordered);
}

/** Gives a duration in ticks, whole unless it is clearly not. */
function toTickDuration(packet: EncodedPacket, clock: TickClock): number {
  const ticks = packet.duration * clock.timescale;
  const whole = Math.round(ticks);
  return Math.abs(ticks - whole) < 1e-3 ? whole : ticks;
}

/**
 * Tells how long a picture lasts, in seconds: of a constant rate so many frames; else as
 * many ticks as the container says, and nothing if it says none.
 *
 * @throws {FormatError} If it lasts longer than a fraction can tell.
 */
export function toPictureDuration(
  packet: EncodedPacket,
  clock: TickClock,
  rate: Rate | undefined,
): Rational | undefined {
  const ticks = packet.duration * clock.timescale;
  const unit = rate ?? clock.rate;
  const count = Math.round(rate ? ticks / toInterval(rate, clock) : ticks);
  // The last picture of a file or a cluster often has none.
  if (count <= 0 && rate === undefined) return undefined;
  const numerator = Math.max(1, count) * unit.denominator;
  if (numerator <= highestNumber) {
    return { numerator, denominator: unit.numerator };
  }
  throw new FormatError({
    code: "MEDIA_MALFORMED",
    format: "times",
    problem: `a picture should last ${count} units of 1/${unit} s`,
  });
}
