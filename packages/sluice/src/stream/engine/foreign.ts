import { attempt } from "./closing.ts";
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
  if (typeof candidate.getReader === "function") {
    return new ForeignSource(
      () => readWeb(candidate as WebStream),
      () => (candidate as WebStream).cancel(),
    );
  }
  if (
    typeof candidate.destroy === "function" &&
    typeof candidate.read === "function" &&
    typeof candidate.once === "function"
  ) {
    const stream = candidate as NodeStream;
    return new ForeignSource(
      () => readNode(stream),
      () => destroy(stream),
    );
  }
  return undefined;
}

/** As much of a `ReadableStream` as is used. */
interface WebStream {
  getReader(): WebReader;
  cancel(reason?: unknown): Promise<void>;
}

interface WebReader {
  read(): Promise<{ readonly done: boolean }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
}

/** As much of a Node `Readable` as is used. */
interface NodeStream {
  readonly closed?: boolean;
  read(): unknown;
  once(event: "close", listener: () => void): unknown;
  destroy(): unknown;
  [Symbol.asyncIterator](): AnyIterator;
}

class ForeignSource implements Source {
  readonly #open: () => AnyIterator;
  readonly #discard: () => unknown;

  constructor(open: () => AnyIterator, discard: () => unknown) {
    this.#open = open;
    this.#discard = discard;
  }

  [openSource](): AnyIterator {
    return this.#open();
  }

  [closeSource](): Promise<void> | undefined {
    return attempt(this.#discard);
  }
}

function readWeb(stream: WebStream): AnyIterator {
  const reader = stream.getReader();
  return {
    async next() {
      const result = await reader.read();
      if (result.done) reader.releaseLock();
      return result;
    },
    async return() {
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

function destroy(stream: NodeStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed === true) {
      resolve();
      return;
    }
    stream.once("close", resolve);
    stream.destroy();
  });
}
