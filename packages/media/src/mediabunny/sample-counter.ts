import type { AudioCodec, EncodedPacket } from "mediabunny";
import type { TickClock } from "./exact-time.ts";
import { readFrameSamples } from "./frame-samples.ts";

/** How many samples packets have. */
export interface SampleCounter {
  /** How many there are in each, if all have as many. */
  readonly frameSize: number | undefined;
  /** Tells how many a packet decodes to; that of Opus only of one that has its data. */
  count(packet: EncodedPacket): number;
  /** Tells how many of them are presented; nothing if the clock is too coarse for it. */
  countPresented(packet: EncodedPacket): number | undefined;
}

/** Frames of AAC, without and with bands that are made twice as many. */
const aacSizes = [1024, 2048, 960, 1920, 512, 480];

/**
 * Makes what counts the samples of a track.
 *
 * @param packets The first ones, with their data.
 */
export function createSampleCounter(
  codec: AudioCodec,
  sampleRate: number,
  clock: TickClock,
  packets: readonly EncodedPacket[],
): SampleCounter {
  const isExact = clock.timescale % sampleRate === 0;
  const toDuration = ({ duration }: EncodedPacket): number =>
    Math.round(duration * sampleRate);
  const countPresented = (packet: EncodedPacket): number | undefined =>
    isExact ? toDuration(packet) : undefined;
  if (codec === "aac") {
    const [first] = packets;
    const told = first === undefined ? undefined : countPresented(first);
    const frameSize =
      told !== undefined && aacSizes.includes(told) ? told : 1024;
    return { frameSize, count: () => frameSize, countPresented };
  }
  const count = (packet: EncodedPacket): number =>
    readFrameSamples(codec, packet.data) ?? toDuration(packet);
  return { frameSize: findFrameSize(packets, count), count, countPresented };
}

/** Tells how many samples the first packets have, if all have as many. */
export function findFrameSize(
  packets: readonly EncodedPacket[],
  count: (packet: EncodedPacket) => number,
): number | undefined {
  const sizes = packets.map(count);
  // The last of a file may be shorter.
  if (sizes.length > 1) sizes.pop();
  const [first] = sizes;
  const isConstant = sizes.every((size) => size === first);
  return isConstant && first !== 0 ? first : undefined;
}
