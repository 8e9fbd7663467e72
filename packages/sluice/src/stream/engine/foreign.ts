import type { Closing } from "./cursor.ts";
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
        () => readNode(candidate),
        () => destroy(candidate),
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
  once(event: "close" | "error", listener: () => void): unknown;
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

function createSource(open: () => AnyIterator, close: () => Closing): Source {
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

function readNode(stream: NodeStream): AnyIterator {
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
      return destroy(stream);
    },
  };
}

async function destroy(stream: NodeStream): Promise<void> {
  if (stream.closed !== true) {
    await new Promise<void>((resolve) => {
      // What it fails with is read below; without a listener it would be thrown.
      stream.once("error", ignore);
      stream.once("close", resolve);
      stream.destroy();
    });
  }
  if (stream.errored) throw stream.errored;
}

function ignore(): void {
  // It is asked for later.
}
