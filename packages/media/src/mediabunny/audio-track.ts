import type { Timestamp } from "@sluice/time";
import type { AudioCodec, EncodedPacket, InputAudioTrack } from "mediabunny";
import { decodeOpusHead } from "../coding/opus-head.ts";
import { FormatError } from "../error/format-error.ts";
import type { CodedAudioFormat } from "../grain/coded-audio-grain.ts";
import type { AudioEssence } from "../essence/essence.ts";
import { createAudioTimes, createRaisedTimes } from "./audio-times.ts";
import { nameAudioCodec, type CodecName } from "./codec-names.ts";
import { createCodedSound } from "./coded-sound.ts";
import { TickClock } from "./exact-time.ts";
import type { PacketWalk } from "./packet-walk.ts";
import { findPcmLayout, type PcmLayout } from "./pcm.ts";
import { createPcmSound } from "./pcm-sound.ts";
import { createTrackTimes } from "./track-times.ts";
import { createUnknownSound } from "./unknown-sound.ts";
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

/** What is known whatever the codec is. */
interface Sound {
  readonly clock: TickClock;
  readonly sampleRate: number;
  readonly channels: number;
  readonly packets: readonly EncodedPacket[];
  readonly facts: AudioTrackFacts;
}

/**
 * Finds out what there is to know of a track of sound.
 * Of one in a codec that has no name here, no grain can be read.
 *
 * @throws {FormatError} If what a decoder is told cannot be read.
 */
export async function openAudioTrack(
  track: InputAudioTrack,
  walk: PacketWalk,
  facts: AudioTrackFacts,
): Promise<TrackContent> {
  const codec = await track.getCodec();
  const sampleRate = await track.getSampleRate();
  const resolution = await track.getTimeResolution();
  const sound: Sound = {
    clock: TickClock.of(facts.countsFrames ? sampleRate : resolution),
    sampleRate,
    channels: await track.getNumberOfChannels(),
    packets: await probe(walk),
    facts,
  };
  const layout = codec === null ? undefined : findPcmLayout(codec);
  if (layout !== undefined) return openPcm(sound, layout);
  const name = codec === null ? undefined : nameAudioCodec(codec);
  if (codec === null || name === undefined) return openUnknown(sound, track);
  return openCoded(sound, track, { id: codec, ...name });
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

async function openUnknown(
  sound: Sound,
  track: InputAudioTrack,
): Promise<TrackContent> {
  const { clock, sampleRate, channels, facts } = sound;
  const id = await track.getInternalCodecId();
  const name = (await track.getCodec()) ?? (typeof id === "string" ? id : "");
  const times = createTrackTimes(clock);
  const { format } = facts;
  return createUnknownSound({ format, name, sampleRate, channels, times });
}

/** A codec, with mediabunny's name beside our own. */
interface NamedCodec extends CodecName<CodedAudioFormat> {
  readonly id: AudioCodec;
}

async function openCoded(
  sound: Sound,
  track: InputAudioTrack,
  { id, codec, format }: NamedCodec,
): Promise<TrackContent> {
  const { clock, sampleRate, channels, packets, facts } = sound;
  const config = await track.getDecoderConfig();
  const raw = toRawAac(id, toBytes(config?.description), packets[0]?.data);
  const { decoderConfig } = raw;
  const samples = createSampleCounter(
    { codec: id, sampleRate, clock, decoderConfig },
    packets,
  );
  const preSkip = id === "opus" ? readPreSkip(decoderConfig) : 0;
  const { frameSize, count } = samples;
  const essence: AudioEssence = {
    kind: "audio",
    codec,
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
  try {
    let packet = await walk.first({ metadataOnly: false });
    while (packet !== undefined && packets.length < probedPackets) {
      packets.push(packet);
      packet = await walk.next(packet, { metadataOnly: false });
    }
  } catch (error) {
    // Of a file that was cut off, that is told when its grains are read.
    if (!isTruncated(error)) throw error;
  }
  return packets;
}

function isTruncated(error: unknown): boolean {
  return error instanceof FormatError && error.code === "MEDIA_TRUNCATED";
}
