import {
  asyncContextManager,
  AsyncExitStack,
  ClosedError,
  guard,
  stream,
  type AsyncContextManager,
  type Stream,
  type StreamOptions,
} from "sluice";
import { toSeekable, type SeekableBytes } from "../bytes/seekable-bytes.ts";
import type { MediaSource } from "./container.ts";
import { openFileBytes } from "./file-bytes.ts";
import { openUrlBytes } from "./url-bytes.ts";

/** How many bytes a stream of them reads at a time. */
const chunkBytes = 2 ** 20;

/** A source whose text has been understood. */
type Place = Uint8Array | Blob | URL | { readonly path: string };

/**
 * Opens the bytes of a source, and closes what it opened. Nothing is read before it is
 * entered.
 *
 * A text is a path, unless it begins with `http:`, `https:`, `file:`, `blob:` or `data:`.
 *
 * @param source Where the bytes are.
 * @param signal Ends what is under way.
 * @throws {TypeError} If it is no such source; at once.
 * @throws {UnreadableMediaError} On entering or on reading, if they cannot be had.
 * @throws {ClosedError} On reading, if they are closed.
 * @throws The signal's reason, once it is aborted.
 */
export function openMediaBytes(
  source: MediaSource,
  signal?: AbortSignal,
): AsyncContextManager<SeekableBytes, false> {
  return open(toPlace(source), signal);
}

/** Gives bytes one chunk after the other, of a MiB each. */
export function readChunks(
  bytes: SeekableBytes,
  options?: StreamOptions,
): Stream<Uint8Array> {
  return stream(async function* ({ guard }) {
    for (let at = 0; at < bytes.sizeBytes; at += chunkBytes) {
      const end = Math.min(at + chunkBytes, bytes.sizeBytes);
      yield await guard(bytes.read(at, end));
    }
  }, options);
}

const open = asyncContextManager(
  async function* (place: Place, signal: AbortSignal | undefined) {
    const closing = new AbortController();
    const signals = [closing.signal, ...(signal === undefined ? [] : [signal])];
    const ended = AbortSignal.any(signals);
    ended.throwIfAborted();
    const stack = new AsyncExitStack();
    try {
      const bytes = await guard(find(place, stack, ended), ended);
      yield {
        ...bytes,
        read: (start: number, end: number) =>
          guard(bytes.read(start, end), ended),
      };
    } finally {
      // What is under way is not waited for.
      closing.abort(
        new ClosedError("Cannot read a file: its container is closed"),
      );
      await stack.aclose();
    }
  },
  { suppresses: false },
);

async function find(
  place: Place,
  stack: AsyncExitStack,
  signal: AbortSignal,
): Promise<SeekableBytes> {
  if (place instanceof Uint8Array) return toSeekable(place);
  if (place instanceof Blob) return toBlobBytes(place);
  if ("path" in place) return stack.enter(openFileBytes(place.path));
  if (place.protocol === "file:") {
    return stack.enter(openFileBytes(place));
  }
  if (/^https?:$/.test(place.protocol)) {
    return openUrlBytes(place, signal);
  }
  const response = await fetch(place, { signal });
  return toBlobBytes(await response.blob());
}

function toPlace(source: MediaSource): Place {
  if (source instanceof Uint8Array || source instanceof Blob) return source;
  if (source instanceof URL) return toUrl(source);
  if (typeof source !== "string") {
    throw new TypeError(
      `Cannot read media of a source of type ${typeof source}: give bytes, a Blob, a URL or a path`,
    );
  }
  const isUrl = /^(?:https?|file|blob|data):/i.test(source);
  return isUrl ? toUrl(new URL(source)) : { path: source };
}

function toUrl(url: URL): URL {
  if (/^(?:https?|file|blob|data):$/.test(url.protocol)) return url;
  throw new TypeError(
    `Cannot read media of ${url}: its scheme is none of http, https, file, blob, data`,
  );
}

function toBlobBytes(blob: Blob): SeekableBytes {
  const read = async (start: number, end: number): Promise<Uint8Array> =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer());
  return { sizeBytes: blob.size, whole: undefined, isRemote: false, read };
}
