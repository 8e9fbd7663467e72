import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import {
  UnreadableMediaError,
  type UnreadableReason,
} from "../error/unreadable-media-error.ts";

/** What a server said of a part. */
interface Part {
  readonly bytes: Uint8Array;
  /** How many bytes the file has. */
  readonly sizeBytes: number;
  /** The mark of this state of the file, if there is one. */
  readonly mark: string | null;
}

/** What is asked for first: enough to tell the format. */
const firstBytes = 2 ** 16;

/**
 * Finds a file of an HTTP server, of which parts can be read. Each is a request.
 *
 * Source: RFC 9110, section 14 (range requests).
 *
 * @param url Where it is.
 * @param signal Ends requests.
 * @throws {UnreadableMediaError} If the server does not answer, has no such file, or does
 * not give parts of it. On reading, if the file has become another.
 * @throws The signal's reason, once it is aborted.
 */
export async function openUrlBytes(
  url: URL,
  signal: AbortSignal,
): Promise<SeekableBytes> {
  const first = await request(url, [0, firstBytes], signal);
  const { sizeBytes, mark, bytes: head } = first;
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    if (end <= head.length) return head.subarray(start, end);
    const part = await request(url, [start, end], signal);
    const isSame = part.sizeBytes === sizeBytes && part.mark === mark;
    if (isSame && part.bytes.length === end - start) return part.bytes;
    const problem = isSame
      ? `${part.bytes.length} bytes came of ${end - start} from byte ${start} on`
      : "it has become another while it was read";
    throw fail(url, isSame ? "unreachable" : "changed", problem);
  };
  return { sizeBytes, whole: undefined, isRemote: true, read };
}

async function request(
  url: URL,
  [start, end]: readonly [number, number],
  signal: AbortSignal,
): Promise<Part> {
  const headers = { range: `bytes=${start}-${end - 1}` };
  try {
    const response = await fetch(url, { headers, signal });
    return await toPart(url, response);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UnreadableMediaError) throw error;
    throw fail(url, "unreachable", "the server does not answer", error);
  }
}

async function toPart(url: URL, response: Response): Promise<Part> {
  const range = response.headers.get("content-range") ?? "";
  const size = /^bytes (?:\d+-\d+|\*)\/(\d+)$/.exec(range)?.[1];
  const mark = response.headers.get("etag");
  if (response.status === 206 && size !== undefined) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { bytes, sizeBytes: Number(size), mark };
  }
  // What is not read would keep the connection.
  await response.body?.cancel();
  if (response.status === 416 && size === "0") {
    return { bytes: new Uint8Array(0), sizeBytes: 0, mark };
  }
  throw explain(url, response);
}

function explain(url: URL, { status, ok }: Response): UnreadableMediaError {
  if (ok) {
    const problem =
      "the server gives no parts of a file (it ignores Range); fetch it, and give the bytes";
    return fail(url, "no-ranges", problem);
  }
  const said = `the server answers with status ${status}`;
  if (status === 404 || status === 410) return fail(url, "not-found", said);
  const isForbidden = status === 401 || status === 403;
  return fail(url, isForbidden ? "forbidden" : "unreachable", said);
}

function fail(
  url: URL,
  reason: UnreadableReason,
  problem: string,
  cause?: unknown,
): UnreadableMediaError {
  const options = cause === undefined ? undefined : { cause };
  const source = url.href;
  return new UnreadableMediaError({ source, reason, problem }, options);
}
