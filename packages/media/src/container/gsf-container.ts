import type { AsyncContextManager } from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import type { Grain } from "../grain/grain.ts";
import type { GsfGrain } from "../gsf/gsf-part.ts";
import { readGsf } from "../gsf/read-gsf.ts";
import type {
  Container,
  Track,
  TrackGrainsOptions,
  MediaSource,
} from "./container.ts";
import { describeGrain } from "./gsf/describe-grain.ts";
import { toNormalGrain } from "./gsf/normal-grain.ts";
import { readChunks } from "./media-bytes.ts";
import { openWithBytes } from "./open-with-bytes.ts";
import { selectGrains, toStreamOptions } from "./select-grains.ts";

/** How a GSF file is opened as a container. */
export interface GsfContainerOptions {
  /** The greatest size of a block that is held, in bytes; 1 GiB by default. */
  readonly maxBlockBytes?: number;
  /** Ends the search for tracks, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a GSF file as a container: a track for each flow that has a grain in it.
 *
 * The whole file is read to find its flows, one grain at a time, and again by each call of
 * `getGrains`: GSF has no index. Grains have their own ids, unless others are wanted. They
 * are put into the normal form of their codec: H.264 and HEVC in Annex B and AAC in ADTS,
 * as mediagrains has them, are recognised. A coded picture that is stored in another order
 * than it is presented in has its instant of presentation, as those of all containers.
 *
 * @param source The file: its bytes, a `Blob`, a URL, or a path.
 * @param options How large a block may be, and a signal.
 * @returns A manager; its block is given the container.
 * @throws {TypeError} If `source` is none; at once.
 * @throws {UnreadableMediaError} On entering, if the bytes cannot be had.
 * @throws {FormatError} On entering, if the bytes do not follow GSF.
 */
export function openGsfContainer(
  source: MediaSource,
  options: GsfContainerOptions = {},
): AsyncContextManager<Container, false> {
  return openWithBytes(source, options.signal, (bytes) =>
    readGsfContainer(bytes, options),
  );
}

/** Opens one of bytes that are open: see `openGsfContainer`. */
export async function readGsfContainer(
  bytes: SeekableBytes,
  options: GsfContainerOptions = {},
): Promise<Container> {
  const { signal, maxBlockBytes = 0x4000_0000 } = options;
  const read = (options: Parameters<typeof readGsf>[1]) =>
    readGsf(readChunks(bytes), { ...options, maxBlockBytes });
  const flows = new Map<string, GsfGrain>();
  await read({ signal }).forEach((item) => {
    const { grain } = item;
    const known = flows.get(grain.flowId);
    if (known === undefined || isBetter(grain, known.grain)) {
      flows.set(grain.flowId, item);
    }
  });
  return Object.freeze({
    contentType: "application/x-gsf",
    tracks: Object.freeze(
      [...flows.values()].map((first) => toTrack(first, read)),
    ),
  });
}

/** An empty grain tells nothing, and only a key frame has parameter sets. */
function isBetter(grain: Grain, known: Grain): boolean {
  if (known.kind === "empty") return grain.kind !== "empty";
  const isKey = grain.kind === "coded-video" && grain.isKeyFrame === true;
  return isKey && known.kind === "coded-video" && known.isKeyFrame !== true;
}

function toTrack(
  { grain: first, localId }: GsfGrain,
  read: (options: Parameters<typeof readGsf>[1]) => ReturnType<typeof readGsf>,
): Track {
  const { flowId } = first;
  return Object.freeze<Track>({
    number: localId,
    essence: describeGrain(first),
    timescale: 1_000_000_000,
    language: undefined,
    label: undefined,
    getGrains: (options: TrackGrainsOptions = {}) => {
      const grains = read(toStreamOptions(options))
        .map(({ grain }) => grain)
        .filter((grain) => grain.flowId === flowId)
        .map((grain) => toNormalGrain(grain, options.ids));
      return selectGrains(grains, options);
    },
  });
}
