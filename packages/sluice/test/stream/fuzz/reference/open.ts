import { isObject } from "./errors.ts";

/** A source that is open. */
export interface Opened {
  next(): unknown;
  return?(): unknown;
  /** Tells what runs in it that the stream is being left. */
  stop?(): void;
  /** Whether its items may be promises, which are waited for. */
  readonly hasPromises?: boolean;
}

/** Names the method of our own sources that opens them. */
export const open: unique symbol = Symbol("open");
/** Names the method of our own sources that closes them instead. */
export const discard: unique symbol = Symbol("discard");

/** A source of our own. */
export interface Own {
  [open](): Opened;
  [discard](): unknown;
}

type Candidate = Partial<
  Own & AsyncIterable<unknown> & Iterable<unknown> & Opened & ReadableStream
>;

/** Opens a source; only when it is to be read, and as what it is in this order. */
export function openSource(source: unknown): Opened {
  const candidate = Object(source) as Candidate;
  if (candidate[open] !== undefined) return candidate[open]();
  if (source instanceof ReadableStream) return openWeb(source);
  const asAsync = candidate[Symbol.asyncIterator];
  if (asAsync !== undefined) return check(asAsync.call(source));
  const asSync = candidate[Symbol.iterator];
  if (asSync !== undefined) return new Synchronous(check(asSync.call(source)));
  // An iterator by itself, whose results may be promises, or have promises as items.
  return new Synchronous(candidate as Opened);
}

/** Closes a source that was never opened, if it is open by itself. */
export function discardSource(source: unknown): unknown {
  const candidate = Object(source) as Candidate;
  if (candidate[discard] !== undefined) return candidate[discard]();
  if (source instanceof ReadableStream) return source.cancel();
  return typeof candidate.next === "function"
    ? candidate.return?.()
    : undefined;
}

export function isIterable(source: unknown): boolean {
  if (!isObject(source)) return false;
  const candidate = source as Candidate;
  return [
    candidate[open],
    candidate[Symbol.asyncIterator],
    candidate[Symbol.iterator],
    candidate.next,
  ].some((method) => typeof method === "function");
}

function check(iterator: unknown): Opened {
  if (!isObject(iterator)) throw new TypeError("It is no iterator");
  return iterator as Opened;
}

class Synchronous implements Opened {
  readonly hasPromises = true;
  readonly #iterator: Opened;

  constructor(iterator: Opened) {
    this.#iterator = iterator;
  }

  next(): unknown {
    return this.#iterator.next();
  }

  return(): unknown {
    return this.#iterator.return?.();
  }
}

function openWeb(stream: ReadableStream): Opened {
  const reader = stream.getReader();
  return { next: () => reader.read(), return: () => reader.cancel() };
}
