import type { Timestamp, TimeRange } from "@sluice/time";
import {
  ADTS,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WEBM,
  type InputFormat,
  type InputTrack,
} from "mediabunny";
import {
  asyncContextManager,
  stream,
  type Stream,
  type StreamOptions,
} from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";
import type { Rational } from "../grain/rational.ts";
import { openAudioTrack } from "./audio-track.ts";
import { readFileFacts, type FileFacts } from "./file-facts.ts";
import { InputCalls } from "./input-calls.ts";
import { toInputSource } from "./input-source.ts";
import { PacketWalk } from "./packet-walk.ts";
import { inPresentationOrder } from "./presentation-order.ts";
import { selectPackets } from "./select-packets.ts";
import type { GrainOwner, TrackContent } from "./track-content.ts";
import { openVideoTrack } from "./video-track.ts";

/** Which grains of a track are read, and how. */
interface GrainReading extends StreamOptions {
  /** Whose they are. */
  readonly owner: GrainOwner;
  /** Whether they come as they are presented; as they are decoded otherwise. */
  readonly isPresentationOrder: boolean;
  /** Only those that are presented within it, by their start; all if there is none. */
  readonly timeRange: TimeRange | undefined;
}

/** What is known of a grain without its payload. */
interface PacketFacts {
  readonly start: Timestamp;
  readonly duration: Rational | undefined;
  readonly sizeBytes: number;
  readonly isKey: boolean;
}

/** A track that mediabunny reads. */
export interface OpenTrack {
  readonly number: number;
  readonly essence: Essence;
  readonly timescale: number;
  readonly language: string | undefined;
  readonly label: string | undefined;
  /** Gives its grains. */
  readGrains(reading: GrainReading): Stream<Grain>;
  /** Tells of its grains without their payloads. */
  readFacts(): Stream<PacketFacts>;
}

/** A file that mediabunny reads. */
export interface OpenInput {
  readonly contentType: string;
  readonly tracks: readonly OpenTrack[];
}

// Transport streams and WAV are read by our own readers; a playlist is no file of media.
const formats = [MP4, QTFF, MATROSKA, WEBM, OGG, FLAC, MP3, ADTS];

/**
 * Opens a file with mediabunny, and closes it.
 *
 * @param bytes The file.
 * @param init Its initialisation, if that is apart.
 */
export const openInput = asyncContextManager(
  async function* (bytes: SeekableBytes, init: SeekableBytes | undefined) {
    const source = toInputSource(bytes);
    const initSource = init === undefined ? undefined : toInputSource(init);
    const sources = initSource === undefined ? [source] : [source, initSource];
    const calls = new InputCalls(sources);
    const initInput =
      initSource && new Input({ formats, source: initSource.source });
    const input = new Input({
      formats,
      source: source.source,
      ...(initInput && { initInput }),
    });
    try {
      yield await openTracks(input, calls, bytes);
    } finally {
      calls.close();
      input.dispose();
      initInput?.dispose();
    }
  },
  { suppresses: false },
);

async function openTracks(
  input: Input,
  calls: InputCalls,
  bytes: SeekableBytes,
): Promise<OpenInput> {
  const format = await calls.run(() => input.getFormat());
  calls.name(format);
  const mimeType = await calls.run(() => input.getMimeType());
  const facts = await calls.run(() => readFileFacts(bytes, format));
  const found = await calls.run(() => input.getTracks());
  const tracks: OpenTrack[] = [];
  for (const track of found) {
    const walk = new PacketWalk(track, calls, facts.checkEnd);
    const open = () => openTrack(track, walk, { format, facts });
    const content = await calls.run(open);
    if (content !== undefined) {
      tracks.push(await calls.run(() => toOpenTrack(track, walk, content)));
    }
  }
  if (tracks.length === 0) {
    await calls.run(facts.checkEnd);
    throw calls.malformed("there is no track of pictures or of sound in it");
  }
  const [contentType = mimeType] = mimeType.split(";");
  return { contentType, tracks };
}

interface OpenFile {
  readonly format: InputFormat;
  readonly facts: FileFacts;
}

async function openTrack(
  track: InputTrack,
  walk: PacketWalk,
  { format, facts }: OpenFile,
): Promise<TrackContent | undefined> {
  const delay = facts.delayOf(track.id);
  if (track.isVideoTrack()) return openVideoTrack(track, walk, delay);
  if (!track.isAudioTrack()) return undefined;
  return openAudioTrack(track, walk, {
    format: format.name,
    countsFrames: format === ADTS || format === MP3 || format === FLAC,
    raisesTimes: format === OGG,
    delay,
  });
}

async function toOpenTrack(
  track: InputTrack,
  walk: PacketWalk,
  content: TrackContent,
): Promise<OpenTrack> {
  const language = await track.getLanguageCode();
  return {
    number: track.id,
    essence: Object.freeze(content.essence),
    timescale: content.times.clock.timescale,
    language: language === "und" ? undefined : language,
    label: (await track.getName()) ?? undefined,
    readGrains: (reading) => readGrains(walk, content, reading),
    readFacts: () => readFacts(walk, content),
  };
}

function readGrains(
  walk: PacketWalk,
  content: TrackContent,
  reading: GrainReading,
): Stream<Grain> {
  const { owner, isPresentationOrder, timeRange, ...options } = reading;
  const { isReordered, times } = content;
  const selection = { metadataOnly: false, timeRange, isReordered };
  async function* read(): AsyncGenerator<Grain, void, undefined> {
    const toGrain = content.createGrains();
    for await (const timed of selectPackets(walk, times, selection)) {
      yield toGrain(timed, owner);
    }
  }
  const mustSort = isPresentationOrder && isReordered;
  return stream(
    () => (mustSort ? inPresentationOrder(read()) : read()),
    options,
  );
}

function readFacts(
  walk: PacketWalk,
  content: TrackContent,
): Stream<PacketFacts> {
  const { times, isReordered } = content;
  const metadataOnly = !times.needsData;
  const selection = { metadataOnly, timeRange: undefined, isReordered };
  return stream(() => selectPackets(walk, times, selection)).map((timed) => ({
    start: timed.start,
    duration: content.measure(timed),
    sizeBytes: timed.packet.byteLength,
    isKey: timed.packet.type === "key",
  }));
}
