import { from, stream, type Stream } from "sluice";
import { ResponseError, type FailedRequest } from "./response-error.ts";
import { ServiceUnreachableError } from "./service-unreachable-error.ts";
import type { HttpRequest } from "../wire/storage-request.ts";
import { gather } from "./gather.ts";
import type { CallOptions } from "./page.ts";
import { discard, type Call, type Transport } from "./transport.ts";

/** Which bytes are read: from `start` up to, and without, `end`. */
export interface MediaRange {
  /** The first byte; 0 by default. */
  readonly start?: number;
  /** The first byte that is no longer read; the end of the object by default. */
  readonly end?: number;
}

/** How often a reading that is cut off goes on where it ended, without any byte between. */
const mostResumes = 5;

/** Up to so many bytes, what comes in pieces is sent as a whole. */
const wholeBytes = 32 * 1024 * 1024;

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

  /** The origin that the service's credentials go to. */
  get origin(): string {
    return this.#transport.url.origin;
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
        const response = await requestPart(
          transport,
          { method: "GET", path, headers, signal },
          position,
        );
        if (response === undefined) return;
        tag ??= response.headers.get("ETag") ?? undefined;
        try {
          for await (const chunk of cut(response, end, position)) {
            position += chunk.length;
            resumes = 0;
            yield chunk;
          }
          return;
        } catch (cause) {
          signal.throwIfAborted();
          resumes += 1;
          if (resumes <= mostResumes) continue;
          throw new ServiceUnreachableError(toRequest(path), resumes, {
            cause,
          });
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
    return concat(await this.stream(url, range, options).toArray());
  }

  /**
   * Writes the bytes of an object to the place that was made for it.
   *
   * Bytes in one piece, or in pieces that come to no more than 32 MiB, are sent with their
   * length, and again if there is no answer. More than that goes piece by piece, once, and
   * without its length, which not every storage takes.
   *
   * @throws {ResponseError} If it is refused.
   * @throws {ServiceUnreachableError} If there is no answer.
   * @throws What the pieces fail with.
   */
  async put(
    place: HttpRequest,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options: CallOptions = {},
  ): Promise<void> {
    const type = place["content-type"];
    const headers = {
      ...place.headers,
      ...(type !== undefined && { "Content-Type": type }),
    };
    const path = new URL(place.url, this.#transport.url);
    const call = { method: "PUT", path, headers, ...options } as const;
    if (bytes instanceof Uint8Array) {
      await this.#send({ ...call, body: bytes });
      return;
    }
    const { signal } = options;
    await using source = from(bytes).withOptions({ signal });
    const { pieces, isAll } = await gather(source, wholeBytes);
    if (isAll) await this.#send({ ...call, body: concat(pieces) });
    else await this.#sendPieces(call, pieces, source);
  }

  async #sendPieces(
    call: Call,
    pieces: readonly Uint8Array[],
    source: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    const all = stream<Uint8Array>(async function* () {
      yield* pieces;
      try {
        yield* source;
      } catch (error) {
        failure = { error };
        throw error;
      }
    });
    try {
      await this.#send({ ...call, stream: all.toWeb() });
    } catch (error) {
      // What ends a request from within is told as if nobody had answered.
      throw failure === undefined ? error : failure.error;
    }
  }

  async #send(call: Call): Promise<void> {
    await this.#transport.requestNothing(call);
  }
}

/** Asks for what is left of an object; gives nothing, if nothing is. */
async function requestPart(
  transport: Transport,
  call: Call & { readonly path: URL },
  position: number,
): Promise<Response | undefined> {
  const response = await transport.request({ ...call, accepts: [416] });
  if (response.status !== 416) return response;
  await discard(response);
  if (isAtEnd(response, position)) return undefined;
  throw new ResponseError(toRequest(call.path), 416, undefined);
}

/** What was asked, without what gives access. */
function toRequest({ origin, pathname }: URL): FailedRequest {
  return { method: "GET", url: `${origin}${pathname}` };
}

/** Whether there are so many bytes, and no more. */
function isAtEnd({ headers }: Response, position: number): boolean {
  const size = /^bytes \*\/(\d+)$/.exec(
    headers.get("Content-Range") ?? "",
  )?.[1];
  return size !== undefined && Number(size) === position;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const bytes = new Uint8Array(
    pieces.reduce((size, each) => size + each.length, 0),
  );
  let position = 0;
  for (const piece of pieces) {
    bytes.set(piece, position);
    position += piece.length;
  }
  return bytes;
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
  end: number | undefined,
  start: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let toSkip = response.status === 206 ? 0 : start;
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
