import {
  encodeLanguage,
  findCodec,
  findStreamType,
  hasSections,
} from "./stream-type.ts";
import type {
  TransportStreamTrack,
  TransportStreamWriterOptions,
} from "./transport-stream-input.ts";

/** What is written of each stream. */
export interface PlannedTrack {
  readonly pid: number;
  readonly codec: string | undefined;
  readonly streamType: number;
  readonly streamId: number;
  readonly descriptors: Uint8Array;
  readonly isVideo: boolean;
}

/** The options of a writer, checked, with defaults for the others. */
export interface MuxerPlan {
  readonly tracks: ReadonlyMap<number, PlannedTrack>;
  readonly pcrPid: number;
  readonly mapPid: number;
  readonly programNumber: number;
  readonly transportStreamId: number;
  /** In 1/90000 s. */
  readonly tableInterval: number;
  /** In 1/90000 s. */
  readonly clockDelay: number;
  readonly beginsAnew: boolean;
  readonly addsDelimiters: boolean;
}

const VIDEO_TYPES: ReadonlySet<number> = new Set([
  0x01, 0x02, 0x10, 0x1b, 0x24,
]);
const AUDIO_TYPES: ReadonlySet<number> = new Set([0x03, 0x04, 0x0f, 0x11]);

/** The stream_id of video, of audio and of what is neither: ISO/IEC 13818-1, table 2-22. */
const FIRST_VIDEO_ID = 0xe0;
const FIRST_AUDIO_ID = 0xc0;
const PRIVATE_ID = 0xbd;

/**
 * Checks the options of a writer.
 *
 * @throws {TypeError} If a stream says neither its codec nor its type.
 * @throws {RangeError} If a number is out of bounds, or PIDs are the same.
 */
export function planMuxer(options: TransportStreamWriterOptions): MuxerPlan {
  const numbers = planNumbers(options);
  const tracks = planTracks(options.streams, numbers.mapPid);
  const all = [...tracks.values()];
  const pcrTrack = all.find(({ isVideo }) => isVideo) ?? all[0];
  const pcrPid = options.pcrPid ?? pcrTrack?.pid ?? 0;
  if (!tracks.has(pcrPid)) {
    throw new RangeError(
      `Cannot put the clock on PID ${pcrPid}: it is not among the streams`,
    );
  }
  const addsDelimiters = options.delimiters !== "keep";
  const beginsAnew = options.beginsAnew ?? true;
  return { tracks, pcrPid, ...numbers, beginsAnew, addsDelimiters };
}

function planNumbers({
  mapPid = 0x1000,
  programNumber = 1,
  transportStreamId = 1,
  tableIntervalMs = 500,
  clockDelay = 63_000,
}: TransportStreamWriterOptions): Pick<
  MuxerPlan,
  | "mapPid"
  | "programNumber"
  | "transportStreamId"
  | "tableInterval"
  | "clockDelay"
> {
  checkBounds("mapPid", mapPid, 32, 8190);
  checkBounds("programNumber", programNumber, 1, 0xffff);
  checkBounds("transportStreamId", transportStreamId, 0, 0xffff);
  checkBounds("tableIntervalMs", tableIntervalMs, 1, 2 ** 31);
  checkBounds("clockDelay", clockDelay, 0, 900_000);
  const tableInterval = tableIntervalMs * 90;
  return {
    mapPid,
    programNumber,
    transportStreamId,
    tableInterval,
    clockDelay,
  };
}

function planTracks(
  streams: readonly TransportStreamTrack[],
  mapPid: number,
): Map<number, PlannedTrack> {
  const tracks = new Map<number, PlannedTrack>();
  const counts = { video: 0, audio: 0 };
  for (const stream of streams) {
    const { pid } = stream;
    checkBounds("pid", pid, 32, 8190);
    if (tracks.has(pid) || pid === mapPid) {
      throw new RangeError(`Cannot write two things on PID ${pid}`);
    }
    const kind = planKind(stream);
    const streamId = stream.streamId ?? countStreamId(kind.streamType, counts);
    checkBounds("streamId", streamId, 0xbd, 0xfe);
    const isVideo = VIDEO_TYPES.has(kind.streamType);
    tracks.set(pid, { pid, ...kind, streamId, isVideo });
  }
  return tracks;
}

function planKind(
  stream: TransportStreamTrack,
): Pick<PlannedTrack, "codec" | "streamType" | "descriptors"> {
  const named =
    stream.codec === undefined ? undefined : findStreamType(stream.codec);
  const streamType = stream.streamType ?? named?.streamType;
  if (streamType === undefined) {
    throw new TypeError(
      `Cannot write the stream of PID ${stream.pid}: it has neither a codec nor a streamType`,
    );
  }
  checkBounds("streamType", streamType, 1, 0xff);
  if (hasSections(streamType)) {
    throw new RangeError(
      `Cannot write a stream of type ${streamType}: it is made of sections, and not of packets`,
    );
  }
  const descriptors = encodeDescriptors(stream, named?.descriptors);
  const codec = stream.codec ?? findCodec(streamType, descriptors);
  return { codec, streamType, descriptors };
}

function encodeDescriptors(
  { language, descriptors }: TransportStreamTrack,
  needed: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return Uint8Array.of(
    ...(descriptors ?? needed),
    ...(language === undefined ? [] : encodeLanguage(language)),
  );
}

function countStreamId(
  streamType: number,
  counts: { video: number; audio: number },
): number {
  if (VIDEO_TYPES.has(streamType)) {
    return FIRST_VIDEO_ID + (counts.video++ % 16);
  }
  if (AUDIO_TYPES.has(streamType)) {
    return FIRST_AUDIO_ID + (counts.audio++ % 32);
  }
  return PRIVATE_ID;
}

function checkBounds(
  name: string,
  value: number,
  least: number,
  most: number,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `Cannot take ${value} as ${name}: it is no integer from ${least} to ${most}`,
  );
}
