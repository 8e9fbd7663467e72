import type { AudioCodec, EncodedPacket } from "mediabunny";
import { decodeAacConfig } from "../coding/aac-config.ts";
import type { TickClock } from "./exact-time.ts";
import { readFrameSamples } from "./frame-samples.ts";

/** How many samples packets have. */
export interface SampleCounter {
  /** How many there are in each, if all have as many. */
  readonly frameSize: number | undefined;
  /** Tells how many a packet decodes to; it must have its data. */
  readonly count: (packet: EncodedPacket) => number;
  /** Tells how many of them are presented; nothing if the clock is too coarse for it. */
  readonly countPresented: (packet: EncodedPacket) => number | undefined;
}

/** What tells it. */
export interface CountedSound {
  readonly codec: AudioCodec;
  readonly sampleRate: number;
  readonly clock: TickClock;
  readonly decoderConfig: Uint8Array | undefined;
}

/**
 * Makes what counts the samples of a track.
 *
 * @param packets The first ones, with their data.
 * @throws {FormatError} If what a decoder is told cannot be read.
 */
export function createSampleCounter(
  sound: CountedSound,
  packets: readonly EncodedPacket[],
): SampleCounter {
  const { codec, sampleRate, clock } = sound;
  const isExact = clock.timescale % sampleRate === 0;
  const toDuration = ({ duration }: EncodedPacket): number =>
    Math.round(duration * sampleRate);
  const countPresented = (packet: EncodedPacket): number | undefined =>
    isExact ? toDuration(packet) : undefined;
  if (codec === "aac") {
    const frameSize = readAacFrameSize(sound);
    return { frameSize, count: () => frameSize, countPresented };
  }
  const count = (packet: EncodedPacket): number =>
    readFrameSamples(codec, packet.data) ?? toDuration(packet);
  return { frameSize: findFrameSize(packets, count), count, countPresented };
}

/** Tells how many samples come out of a frame of AAC, at the rate of the track. */
function readAacFrameSize({ decoderConfig, sampleRate }: CountedSound): number {
  if (decoderConfig === undefined) return 1024;
  const { frameSamples, coreFrameSamples, coreSampleRate } =
    decodeAacConfig(decoderConfig);
  // Whether a container tells the rate before or after SBR differs.
  return sampleRate === coreSampleRate ? coreFrameSamples : frameSamples;
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
