import {
  ResponseError,
  ServiceUnreachableError,
  type GetUrl,
} from "@sluice/tams";
import { from, Semaphore } from "sluice";
import { ObjectNotFoundError } from "../../error/object-not-found-error.ts";
import { checkByteRange } from "../../port/byte-range.ts";
import type { ByteRange } from "../../port/object-bucket.ts";
import { toStoreError, type Subject } from "./refusals.ts";
import { isUnnamable, type RemoteCalls } from "./remote-calls.ts";

/** An object: its id, or what has it, with the URLs that are known of it. */
export type RemoteObject =
  | string
  | {
      readonly object_id: string;
      readonly get_urls?: readonly GetUrl[] | undefined;
    };

/** The bytes of objects, from wherever the service says that they are. */
export class RemoteBytes {
  readonly #calls: RemoteCalls;
  readonly #reading: Semaphore;

  /** @throws {RangeError} If `transfers` is no whole number of 1 or more. */
  constructor(calls: RemoteCalls, transfers: number) {
    this.#calls = calls;
    this.#reading = new Semaphore(transfers);
  }

  /** Reads an object, or a range of it, as a whole. */
  read(
    object: RemoteObject,
    range: ByteRange,
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    return this.#calls.open.run(async (either) => {
      using _permit = await this.#reading.acquire(either);
      const chunks = await from(this.fetch(object, range, either)).toArray();
      return concat(chunks);
    }, signal);
  }

  /**
   * Reads an object, or a range of it, in chunks. URLs that are known are tried first, the
   * best before the others; where none of them serves, the service is asked for new ones, and
   * the reading goes on where it was.
   */
  async *fetch(
    object: RemoteObject,
    range: ByteRange,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    checkByteRange(range);
    const id = typeof object === "string" ? object : object.object_id;
    const known = typeof object === "string" ? [] : (object.get_urls ?? []);
    const { media } = this.#calls.client;
    const { start = 0, end } = range;
    const tried = new Attempts(id, rankUrls(known, media.origin));
    let position = start;
    for (;;) {
      const url = tried.next() ?? (await this.#renew(tried, signal));
      const rest = { start: position, ...(end !== undefined && { end }) };
      try {
        for await (const chunk of media.stream(url, rest, { signal })) {
          position += chunk.byteLength;
          tried.goesOn();
          yield chunk;
        }
      } catch (error) {
        signal.throwIfAborted();
        tried.fail(error, range);
        continue;
      }
      checkEnd(id, range, position);
      return;
    }
  }

  /** Asks the service where an object is now. */
  async #renew(tried: Attempts, signal: AbortSignal): Promise<string> {
    const { id } = tried;
    tried.checkFresh();
    // There is no URL of it, so that there is no such object.
    if (isUnnamable(id)) throw new ObjectNotFoundError(id);
    const { objects, media } = this.#calls.client;
    try {
      const { object } = await objects.get(id, {}, { signal });
      tried.renew(rankUrls(object.get_urls ?? [], media.origin));
    } catch (error) {
      throw toStoreError(error, { kind: "object", id });
    }
    const url = tried.next();
    if (url === undefined) throw new ObjectNotFoundError(id);
    return url;
  }
}

/** Which URLs of an object are left to be tried, and how it went with the others. */
class Attempts {
  readonly id: string;
  #urls: readonly string[];
  #at = 0;
  #isFresh = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(id: string, urls: readonly string[]) {
    this.id = id;
    this.#urls = urls;
  }

  /** Gives the next URL, if there is one. */
  next(): string | undefined {
    return this.#urls[this.#at];
  }

  /** Takes down that bytes have come: that the URL ends later is another story. */
  goesOn(): void {
    this.#isFresh = false;
    this.#failure = undefined;
  }

  /** @throws What has nothing to do with the URL. */
  fail(error: unknown, range: ByteRange): void {
    const isOfUrl =
      error instanceof ResponseError ||
      error instanceof ServiceUnreachableError;
    if (!isOfUrl) throw error;
    if (error instanceof ResponseError && error.status === 416) {
      throw createRangeError(this.id, range);
    }
    // The best URL's is the one that tells most.
    this.#failure ??= { error };
    this.#at += 1;
  }

  /** @throws What the URLs failed with, if the service gave them just now. */
  checkFresh(): void {
    if (!this.#isFresh || this.#failure === undefined) return;
    const subject: Subject = { kind: "object", id: this.id };
    throw toStoreError(this.#failure.error, subject);
  }

  /** Goes on with other URLs. */
  renew(urls: readonly string[]): void {
    this.#urls = urls;
    this.#at = 0;
    this.#isFresh = true;
    this.#failure = undefined;
  }
}

/** Puts what needs no credentials first, then what takes ours, then the rest. */
function rankUrls(urls: readonly GetUrl[], origin: string): readonly string[] {
  const rank = ({ url, presigned = false }: GetUrl): number => {
    if (presigned) return 0;
    return new URL(url, origin).origin === origin ? 1 : 2;
  };
  return urls
    .filter(({ url }) => isReadable(url, origin))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ url }) => url);
}

function isReadable(url: string, origin: string): boolean {
  return (
    URL.canParse(url, origin) && /^https?:/.test(new URL(url, origin).protocol)
  );
}

function checkEnd(id: string, range: ByteRange, position: number): void {
  if (range.end === undefined || position >= range.end) return;
  throw createRangeError(id, range, position);
}

function createRangeError(
  id: string,
  { start = 0, end }: ByteRange,
  size?: number,
): RangeError {
  const known = size === undefined ? "less" : String(size);
  return new RangeError(
    `Cannot read bytes ${start} to ${end ?? "the end"} of object '${id}': it has ${known}`,
  );
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
