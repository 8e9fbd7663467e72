import type { Closing } from "./cursor.ts";
import { reportLate, type Settings } from "./settings.ts";
import {
  closeSource,
  openSource,
  type AnyIterator,
  type Source,
} from "./source.ts";

/**
 * Finds how to read what the platforms call streams: their own iterators cannot be
 * left while a read is pending, but a web reader can be cancelled, and a Node
 * stream destroyed.
 */
export function adaptForeign(source: unknown): Source | undefined {
  const candidate = Object(source) as Partial<WebStream & NodeStream>;
  if (isWebStream(candidate)) {
    return createSource(
      () => readWeb(candidate.getReader()),
      () => candidate.cancel(),
    );
  }
  return isNodeStream(candidate)
    ? createSource(
        (settings) => readNode(candidate, settings),
        (settings) => watchNode(candidate, settings)(),
      )
    : undefined;
}

/** As much of a `ReadableStream` as is used. */
interface WebStream {
  getReader(): WebReader;
  cancel(): Promise<void>;
}

interface WebReader {
  read(): Promise<{ readonly done: boolean }>;
  cancel(): Promise<void>;
  releaseLock(): void;
}

/** As much of a Node `Readable` as is used. */
interface NodeStream {
  readonly closed?: boolean;
  readonly errored?: Error | null;
  read(): unknown;
  on(event: "error", listener: (error: unknown) => void): unknown;
  once(event: "close", listener: () => void): unknown;
  destroy(): unknown;
  [Symbol.asyncIterator](): AnyIterator;
}

function isWebStream(source: Partial<WebStream>): source is WebStream {
  return typeof source.getReader === "function";
}

function isNodeStream(source: Partial<NodeStream>): source is NodeStream {
  return (
    typeof source.destroy === "function" &&
    typeof source.read === "function" &&
    typeof source.once === "function"
  );
}

function createSource(
  open: (settings: Settings) => AnyIterator,
  close: (settings: Settings) => Closing,
): Source {
  return { [openSource]: open, [closeSource]: close };
}

function readWeb(reader: WebReader): AnyIterator {
  let hasEnded = false;
  return {
    async next() {
      const result = await reader.read();
      if (result.done && !hasEnded) reader.releaseLock();
      hasEnded ||= result.done;
      return result;
    },
    async return() {
      if (hasEnded) return;
      hasEnded = true;
      await reader.cancel();
      reader.releaseLock();
    },
  };
}

function readNode(stream: NodeStream, settings: Settings): AnyIterator {
  const destroy = watchNode(stream, settings);
  const iterator = stream[Symbol.asyncIterator]();
  let left = false;
  return {
    async next() {
      try {
        return await iterator.next();
      } catch (error) {
        // A read that was pending fails when the stream is destroyed.
        if (left) return { done: true };
        throw error;
      }
    },
    return() {
      left = true;
      return destroy();
    },
  };
}

/**
 * Listens to what a Node stream fails with: unheard, that would end the process.
 *
 * @returns What destroys it, and fails with what it has failed with, or fails with then.
 */
function watchNode(stream: NodeStream, settings: Settings): () => Closing {
  let failure: { readonly error: unknown } | undefined;
  let isClosed = false;
  stream.on("error", (error) => {
    if (isClosed) reportLate(settings, error);
    else failure ??= { error };
  });
  return async () => {
    if (stream.closed !== true) {
      await new Promise<void>((resolve) => {
        stream.once("close", resolve);
        stream.destroy();
      });
    }
    isClosed = true;
    // It may have failed before anybody listened.
    if (stream.errored) throw stream.errored;
    if (failure !== undefined) throw failure.error;
  };
}
