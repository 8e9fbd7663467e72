import type { Timestamp } from "@sluice/time";
import type { AudioCodec, EncodedPacket, InputAudioTrack } from "mediabunny";
import { decodeOpusHead } from "../coding/opus-head.ts";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { AudioEssence } from "../essence/essence.ts";
import { createAudioTimes, createRaisedTimes } from "./audio-times.ts";
import { nameAudioCodec } from "./codec-names.ts";
import { createCodedSound } from "./coded-sound.ts";
import { TickClock } from "./exact-time.ts";
import type { PacketWalk } from "./packet-walk.ts";
import { findPcmLayout, type PcmLayout } from "./pcm.ts";
import { createPcmSound } from "./pcm-sound.ts";
import { toRawAac } from "./raw-aac.ts";
import { createSampleCounter, findFrameSize } from "./sample-counter.ts";
import { toBytes } from "./to-bytes.ts";
import type { TrackContent } from "./track-content.ts";

/** Of how many packets the sizes are looked at, to find whether all are the same. */
const probedPackets = 8;

/** What mediabunny does not tell of a container. */
export interface AudioTrackFacts {
  /** What messages call the format. */
  readonly format: string;
  /** Whether its times are counted in frames of the codec, so that a sample is a tick. */
  readonly countsFrames: boolean;
  /** Whether times below zero were raised to it. */
  readonly raisesTimes: boolean;
  /** By how much all its times are late. */
  readonly delay: Timestamp | undefined;
}

/** What is known before a packet was looked at. */
interface Sound {
  readonly codec: AudioCodec;
  readonly clock: TickClock;
  readonly sampleRate: number;
  readonly channels: number;
  readonly packets: readonly EncodedPacket[];
  readonly facts: AudioTrackFacts;
}

/**
 * Finds out what there is to know of a track of sound.
 *
 * @throws {UnsupportedMediaError} If its codec has no name here.
 */
export async function openAudioTrack(
  track: InputAudioTrack,
  walk: PacketWalk,
  facts: AudioTrackFacts,
): Promise<TrackContent> {
  const codec = await track.getCodec();
  if (codec === null) {
    const id = await track.getInternalCodecId();
    throw createUnsupported(facts, typeof id === "string" ? id : undefined);
  }
  const sampleRate = await track.getSampleRate();
  const resolution = await track.getTimeResolution();
  const sound: Sound = {
    codec,
    clock: TickClock.of(facts.countsFrames ? sampleRate : resolution),
    sampleRate,
    channels: await track.getNumberOfChannels(),
    packets: await probe(walk),
    facts,
  };
  const layout = findPcmLayout(codec);
  if (layout !== undefined) return openPcm(sound, layout);
  return await openCoded(sound, track);
}

function openPcm(sound: Sound, layout: PcmLayout): TrackContent {
  const { sampleRate, channels, packets } = sound;
  const frameBytes = layout.storedBytes * channels;
  const frameSize = findFrameSize(
    packets,
    ({ byteLength }) => byteLength / frameBytes,
  );
  const essence: AudioEssence = {
    kind: "audio",
    codec: layout.codec,
    sampleRate,
    channels,
    format: layout.format,
    bitDepth: layout.bitDepth,
  };
  return createPcmSound(essence, layout, createTimes(sound, frameSize));
}

async function openCoded(
  sound: Sound,
  track: InputAudioTrack,
): Promise<TrackContent> {
  const { codec, clock, sampleRate, channels, packets, facts } = sound;
  const name = nameAudioCodec(codec);
  if (name === undefined) throw createUnsupported(facts, codec);
  const config = await track.getDecoderConfig();
  const raw = toRawAac(codec, toBytes(config?.description), packets[0]?.data);
  const { decoderConfig } = raw;
  const samples = createSampleCounter(
    { codec, sampleRate, clock, decoderConfig },
    packets,
  );
  const preSkip = codec === "opus" ? readPreSkip(decoderConfig) : 0;
  const { frameSize, count } = samples;
  const essence: AudioEssence = {
    kind: "audio",
    codec: name.codec,
    codecParameter: (await track.getCodecParameterString()) ?? undefined,
    decoderConfig,
    sampleRate,
    channels,
    codedFrameSize: frameSize,
  };
  const times =
    facts.raisesTimes && preSkip > 0
      ? createRaisedTimes({ clock, preSkip, count })
      : createTimes(sound, frameSize);
  const { format } = name;
  const { convert } = raw;
  return createCodedSound({
    essence,
    format,
    times,
    samples,
    preSkip,
    convert,
  });
}

function createTimes(
  { clock, sampleRate, packets, facts }: Sound,
  frameSize: number | undefined,
): ReturnType<typeof createAudioTimes> {
  const [first] = packets;
  const firstTick = first === undefined ? 0 : clock.toTicks(first.timestamp);
  const { delay } = facts;
  return createAudioTimes({ clock, sampleRate, frameSize, firstTick, delay });
}

/** Tells how many samples a decoder drops, if that is told. */
function readPreSkip(header: Uint8Array | undefined): number {
  return header === undefined ? 0 : decodeOpusHead(header).preSkip;
}

async function probe(walk: PacketWalk): Promise<EncodedPacket[]> {
  const packets: EncodedPacket[] = [];
  let packet = await walk.first({ metadataOnly: false });
  while (packet !== undefined && packets.length < probedPackets) {
    packets.push(packet);
    packet = await walk.next(packet, { metadataOnly: false });
  }
  return packets;
}

function createUnsupported(
  { format }: AudioTrackFacts,
  codec: string | undefined,
): UnsupportedMediaError {
  const name = codec === undefined ? "an unknown codec" : `the codec ${codec}`;
  return new UnsupportedMediaError(
    format,
    `it has sound in ${name}: convert it to AAC, Opus, FLAC or PCM first`,
    { act: "read" },
  );
}
