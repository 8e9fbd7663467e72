import { asyncContextManager, AsyncExitStack } from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import { openInput } from "../mediabunny/open-input.ts";
import type { Container, ContainerManager, MediaSource } from "./container.ts";
import { openMediaBytes } from "./media-bytes.ts";
import { readGsfContainer } from "./gsf-container.ts";
import { toContainer } from "./mediabunny-container.ts";
import { findOwnFormat, signatureBytes, type OwnFormat } from "./signature.ts";
import { readTransportStreamContainer } from "./transport-stream-container.ts";
import { readWaveContainer } from "./wave-container.ts";

/** How a container is opened. */
export interface OpenContainerOptions {
  /** Its initialisation, where that is apart, as of a CMAF segment. */
  readonly init?: MediaSource | undefined;
  /** Ends what is under way, and each later read, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a file of media: finds out its format, by its first bytes, and what tracks it has.
 *
 * Nothing is read before the block is entered, and all is closed when it is left: to read
 * on fails then. See `docs/guides/containers.md` for what can be read.
 *
 * Holds what tells of the tracks, and about 8 MiB of the file. The first 256 pictures of a
 * track are looked at for their rate, without their payloads.
 *
 * Source: ours; the formats are named where they are read.
 *
 * @param source The file: its bytes, a `Blob`, a URL (`http:`, `https:`, `file:`, `blob:`,
 * `data:`), or a path. A server must give parts of a file (RFC 9110, Range).
 * @param options An initialisation that is apart, and a signal.
 * @returns A manager; its block is given the container.
 * @throws {TypeError} If the source is none; at once.
 * @throws {UnreadableMediaError} On entering or on reading, if the bytes cannot be had.
 * @throws {FormatError} On entering or on reading, if they follow no format, or do not
 * follow it to the end.
 * @throws The signal's reason, once it is aborted.
 *
 * @example The tracks of a file
 * ```ts
 * import { openContainer, writeWave } from "@sluice/media";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const format = {
 *   sampleFormat: "s16",
 *   numberOfChannels: 2,
 *   sampleRate: 48_000,
 * } as const;
 * const chunks = await writeWave([new Uint8Array(192_000)], format).toArray();
 *
 * await asyncWith(openContainer(Buffer.concat(chunks)), async ({ tracks }) => {
 *   assert.equal(tracks[0]?.essence.codec, "audio/x-raw-int");
 * });
 * ```
 */
export function openContainer(
  source: MediaSource,
  options: OpenContainerOptions = {},
): ContainerManager {
  return open(openAll(source, options));
}

/** A container that has been opened, and how long its file is. */
export interface SizedContainer {
  readonly container: Container;
  readonly sizeBytes: number;
}

/**
 * Opens a container within a stack, which closes it.
 *
 * @throws As `openContainer`.
 */
export async function enterContainer(
  stack: AsyncExitStack,
  source: MediaSource,
  options: OpenContainerOptions = {},
): Promise<SizedContainer> {
  return enter(stack, openAll(source, options));
}

/** What is to be opened. */
interface Opening {
  readonly file: ReturnType<typeof openMediaBytes>;
  readonly init: ReturnType<typeof openMediaBytes> | undefined;
  readonly signal: AbortSignal | undefined;
}

function openAll(source: MediaSource, options: OpenContainerOptions): Opening {
  const { init, signal } = options;
  return {
    file: openMediaBytes(source, signal),
    init: init === undefined ? undefined : openMediaBytes(init, signal),
    signal,
  };
}

const open = asyncContextManager(
  async function* (opening: Opening) {
    const stack = new AsyncExitStack();
    try {
      const { container } = await enter(stack, opening);
      yield container;
    } finally {
      await stack.aclose();
    }
  },
  { suppresses: false },
);

async function enter(
  stack: AsyncExitStack,
  opening: Opening,
): Promise<SizedContainer> {
  const bytes = await stack.enter(opening.file);
  const init = opening.init && (await stack.enter(opening.init));
  const { sizeBytes } = bytes;
  const head = await bytes.read(0, Math.min(signatureBytes, sizeBytes));
  const format = findOwnFormat(head);
  const container =
    format === undefined
      ? toContainer(await stack.enter(openInput(bytes, init)))
      : await readers[format](bytes, { signal: opening.signal });
  return { container, sizeBytes };
}

const readers: Record<
  OwnFormat,
  (
    bytes: SeekableBytes,
    options: Pick<OpenContainerOptions, "signal">,
  ) => Promise<Container>
> = {
  gsf: readGsfContainer,
  "transport-stream": readTransportStreamContainer,
  wave: readWaveContainer,
};
