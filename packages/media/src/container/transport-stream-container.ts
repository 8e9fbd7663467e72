import { concat, type AsyncContextManager } from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import {
  readTransportStream,
  type TransportStreamReaderOptions,
} from "../transport-stream/read-transport-stream.ts";
import type {
  Container,
  Track,
  TrackGrainsOptions,
  MediaSource,
} from "./container.ts";
import { checkPositive } from "./check-positive.ts";
import { createGrainIds } from "./grain-ids.ts";
import { readChunks } from "./media-bytes.ts";
import { openWithBytes } from "./open-with-bytes.ts";
import { endOf, selectGrains, toStreamOptions } from "./select-grains.ts";
import {
  GrainReader,
  type LossOptions,
} from "./transport-stream/grain-reader.ts";
import {
  probeTracks,
  type UnreadStream,
} from "./transport-stream/probe-tracks.ts";
import { transportStreamClock } from "./transport-stream/picture-clock.ts";
import type { TrackPlan } from "./transport-stream/track-plan.ts";

/** How a transport stream is opened as a container. */
export interface TransportStreamContainerOptions extends LossOptions {
  /** Up to how many bytes of its beginning are read to find tracks; 16 MiB by default. */
  readonly probeBytes?: number;
  /** Up to how many bytes a PES packet may have; 16 MiB by default. */
  readonly maxPacketBytes?: number;
  /** Ends the search for tracks, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A transport stream that has been opened. */
export interface TransportStreamContainer extends Container {
  /** Its streams that are no tracks. */
  readonly unread: readonly UnreadStream[];
}

/**
 * Opens a transport stream as a container: a track for each stream of pictures, of sound
 * and of timed metadata (ID3) that is known.
 *
 * Tracks are found by the beginning of the file, and described by their own parameter
 * sets and headers. Each call of `getGrains` reads the file from its beginning: there is
 * no index. A picture is a grain, both its fields together, however many packets it has;
 * a frame of sound is one. Sound is counted in samples from the time of a packet on, as
 * long as packets agree to a frame; pictures are counted where 1/90000 s cannot tell their
 * rate exactly.
 *
 * Source: ISO/IEC 13818-1 (H.222.0); our decision record 65.
 *
 * @param source The file: its bytes, a `Blob`, a URL, or a path.
 * @param options What becomes of losses, limits, and a signal.
 * @returns A manager; its block is given the container.
 * @throws {TypeError} If `source` is none; at once.
 * @throws {RangeError} If a limit is no positive integer; at once.
 * @throws {UnreadableMediaError} On entering, if the bytes cannot be had.
 * @throws {FormatError} On entering, if there are no packets in the first MiB.
 */
export function openTransportStreamContainer(
  source: MediaSource,
  options: TransportStreamContainerOptions = {},
): AsyncContextManager<TransportStreamContainer, false> {
  checkPositive("probeBytes", options.probeBytes);
  checkPositive("maxPacketBytes", options.maxPacketBytes);
  return openWithBytes(source, options.signal, (bytes) =>
    readTransportStreamContainer(bytes, options),
  );
}

/** Opens one of bytes that are open: see `openTransportStreamContainer`. */
export async function readTransportStreamContainer(
  bytes: SeekableBytes,
  options: TransportStreamContainerOptions = {},
): Promise<TransportStreamContainer> {
  const { probeBytes = 2 ** 24, maxPacketBytes = 2 ** 24, signal } = options;
  const read = (reader: TransportStreamReaderOptions) =>
    readTransportStream(readChunks(bytes), { ...reader, maxPacketBytes });
  const { plans, unread } = await probeTracks(read({ signal }), probeBytes);
  return Object.freeze({
    contentType: "video/mp2t",
    tracks: Object.freeze(plans.map((plan) => toTrack(plan, read, options))),
    unread: Object.freeze(unread),
  });
}

type ReadItems = (
  options: TransportStreamReaderOptions,
) => ReturnType<typeof readTransportStream>;

function toTrack(
  { stream, essence, createReading }: TrackPlan,
  read: ReadItems,
  losses: LossOptions,
): Track {
  const ids = createGrainIds();
  return Object.freeze<Track>({
    number: stream.pid,
    essence,
    timescale: transportStreamClock.timescale,
    language: stream.language,
    label: undefined,
    getGrains: (options: TrackGrainsOptions = {}) => {
      const reading = createReading(options.ids ?? ids);
      const reader = new GrainReader(stream.pid, reading, losses);
      const items = read(toStreamOptions(options));
      const grains = concat(
        items.flatMap((item) => reader.push(item)),
        endOf(() => reader.end()),
      );
      return selectGrains(grains, options);
    },
  });
}
