import { stream, type Stream } from "sluice";
import { ServiceUnreachableError } from "./service-unreachable-error.ts";
import type { HttpRequest } from "../wire/storage-request.ts";
import type { CallOptions } from "./page.ts";
import type { Transport } from "./transport.ts";

/** Which bytes are read: from `start` up to, and without, `end`. */
export interface MediaRange {
  /** The first byte; 0 by default. */
  readonly start?: number;
  /** The first byte that is no longer read; the end of the object by default. */
  readonly end?: number;
}

/** How often a reading that is cut off goes on where it ended, without any byte between. */
const mostResumes = 5;

/**
 * Calls that move bytes, straight from where they are. The credentials of the service go to
 * its own origin only.
 */
export class MediaCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Reads bytes of a URL, in chunks. A reading that is cut off goes on where it ended.
   *
   * @throws {ResponseError} On reading, if it is refused.
   * @throws {ServiceUnreachableError} On reading, if it is cut off again and again, or the
   * object is another one meanwhile.
   */
  stream(
    url: string,
    range: MediaRange = {},
    options: CallOptions = {},
  ): Stream<Uint8Array> {
    const transport = this.#transport;
    return stream<Uint8Array>(async function* ({ signal }) {
      const { end } = range;
      let position = range.start ?? 0;
      let tag: string | undefined;
      for (let resumes = 0; end === undefined || position < end;) {
        const path = new URL(url, transport.url);
        const headers = toHeaders(position, end, tag);
        const response = await transport.request({
          method: "GET",
          path,
          headers,
          signal,
        });
        tag ??= response.headers.get("ETag") ?? undefined;
        const skipped = response.status === 206 ? 0 : position;
        try {
          for await (const chunk of cut(response, skipped, end, position)) {
            position += chunk.length;
            resumes = 0;
            yield chunk;
          }
          return;
        } catch (cause) {
          signal.throwIfAborted();
          resumes += 1;
          if (resumes <= mostResumes) continue;
          const request = {
            method: "GET",
            url: `${path.origin}${path.pathname}`,
          };
          throw new ServiceUnreachableError(request, resumes, { cause });
        }
      }
    }, options);
  }

  /** Reads bytes of a URL, all at once; as `stream` does. */
  async get(
    url: string,
    range: MediaRange = {},
    options: CallOptions = {},
  ): Promise<Uint8Array> {
    const chunks = await this.stream(url, range, options).toArray();
    if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
    const bytes = new Uint8Array(
      chunks.reduce((size, each) => size + each.length, 0),
    );
    let position = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, position);
      position += chunk.length;
    }
    return bytes;
  }

  /**
   * Writes the bytes of an object to the place that was made for it.
   *
   * @throws {ResponseError} If it is refused.
   */
  async put(
    place: HttpRequest,
    bytes: Uint8Array,
    options: CallOptions = {},
  ): Promise<void> {
    const type = place["content-type"];
    const headers = {
      ...place.headers,
      ...(type !== undefined && { "Content-Type": type }),
    };
    const path = new URL(place.url, this.#transport.url);
    const response = await this.#transport.request({
      method: "PUT",
      path,
      headers,
      body: bytes,
      ...options,
    });
    await response.body?.cancel();
  }
}

function toHeaders(
  start: number,
  end: number | undefined,
  tag: string | undefined,
): Record<string, string> {
  if (start === 0 && end === undefined) return {};
  const last = end === undefined ? "" : String(end - 1);
  return {
    Range: `bytes=${start}-${last}`,
    // So that no half of one object is followed by half of another.
    ...(tag !== undefined && { "If-Match": tag }),
  };
}

/** Gives an answer's body, without what was not asked for where ranges are not known. */
async function* cut(
  response: Response,
  skipped: number,
  end: number | undefined,
  start: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let toSkip = skipped;
  let left = end === undefined ? Infinity : end - start;
  for await (const chunk of response.body ?? []) {
    const first = Math.min(toSkip, chunk.length);
    toSkip -= first;
    const part = chunk.subarray(first, Math.min(chunk.length, first + left));
    left -= part.length;
    if (part.length > 0) yield part;
    if (left === 0) return;
  }
}
