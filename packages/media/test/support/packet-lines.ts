import { createHash } from "node:crypto";
import type { Grain, Rational } from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";

/** What is compared of a packet, beside its place among the others. */
export interface PacketLines {
  /** When each is presented, in ticks. */
  readonly pts: readonly string[];
  /** When each is decoded, in ticks; `undefined` where that is not told. */
  readonly dts: readonly string[];
  /** How long each lasts, in ticks. */
  readonly durations: readonly string[];
  /** `K` of a key frame, and of sound; `_` of others. */
  readonly keys: readonly string[];
  /** The MD5 of each payload. */
  readonly payloads: readonly string[];
}

/**
 * Says of grains what ffprobe says of packets.
 *
 * @param grains A track's, in the order of the file.
 * @param timescale Ticks in a second.
 * @param isRounded Whether times may lie between ticks.
 * @throws {RangeError} If a time is not that of a whole tick, and may not be between.
 */
export function toPacketLines(
  grains: readonly Grain[],
  timescale: number,
  isRounded = false,
): PacketLines {
  const rate = Rate.of(timescale);
  const count = (time: Timestamp) =>
    `${isRounded ? time.toCount(rate) : countTicks(time, rate)}`;
  return {
    pts: grains.map(({ originTimestamp }) => count(originTimestamp)),
    dts: grains.map((grain) => {
      const time =
        "decodeTimestamp" in grain ? grain.decodeTimestamp : undefined;
      return time === undefined ? "undefined" : count(time);
    }),
    durations: grains.map(({ duration }) => toTicks(duration, timescale)),
    keys: grains.map((grain) =>
      grain.kind !== "coded-video" || grain.isKeyFrame === true ? "K" : "_",
    ),
    payloads: grains.map(({ data }) => md5(data)),
  };
}

/** Gives the checksum of lines, as `samples/facts.json` has it. */
export function digest(lines: readonly string[]): string {
  return md5(lines.join("\n"));
}

/** Gives the checksum of all payloads as one. */
export function digestPayloads(grains: readonly Grain[]): string {
  const hash = createHash("md5");
  for (const { data } of grains) hash.update(data);
  return hash.digest("hex");
}

function md5(data: Uint8Array | string): string {
  return createHash("md5").update(data).digest("hex");
}

function countTicks(time: Timestamp, rate: Rate): number {
  const ticks = time.toCount(rate);
  if (Timestamp.fromCount(ticks, rate).equals(time)) return ticks;
  throw new RangeError(`Cannot count ${time} at ${rate}: it is no whole tick`);
}

function toTicks(duration: Rational | undefined, timescale: number): string {
  if (duration === undefined) return "undefined";
  const { numerator, denominator } = duration;
  const ticks = (numerator * timescale) / denominator;
  if (Number.isInteger(ticks)) return ticks.toString();
  throw new RangeError(
    `Cannot count ${numerator}/${denominator} s at ${timescale}: it is no whole number of ticks`,
  );
}
