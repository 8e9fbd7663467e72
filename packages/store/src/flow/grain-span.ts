import { getPresentationTimestamp, type Grain } from "@sluice/media";
import { Rate, type Timestamp } from "@sluice/time";

/** Tells when a grain is presented, on its flow's timeline. */
export function getGrainTime(grain: Grain): Timestamp {
  return getPresentationTimestamp(grain) ?? grain.originTimestamp;
}

/** Tells when a grain is presented, in nanoseconds. */
export function getGrainStart(grain: Grain): bigint {
  return getGrainTime(grain).nanoseconds;
}

/** Tells how long a grain lasts, in nanoseconds; 0 if nothing tells it. */
export function getGrainLength(grain: Grain): bigint {
  if (grain.kind === "audio" || grain.kind === "coded-audio") {
    if (grain.sampleRate === 0) return 0n;
    return Rate.of(grain.sampleRate).countToNanoseconds(BigInt(grain.samples));
  }
  const { duration, rate } = grain;
  if (duration !== undefined) {
    const { numerator, denominator } = duration;
    return (BigInt(numerator) * 1_000_000_000n) / BigInt(denominator);
  }
  return rate?.countToNanoseconds(1n) ?? 0n;
}

/** Whether decoding can begin with a grain, as far as is known. */
export function isKeyGrain(grain: Grain): boolean {
  return grain.kind !== "coded-video" || grain.isKeyFrame === true;
}
